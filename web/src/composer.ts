import { done } from "./draft";

const small = matchMedia("(width < 48rem)");

const reply = () => document.querySelector<HTMLTextAreaElement>("form.writing-reply textarea");

let opened = "";

/** Brings the newest entry into sight. In panes the styles do it; on a phone the page itself scrolls. */
function showNewest(): void {
  const scroll = document.querySelector(".from-end");
  if (!scroll || location.hash) return;
  if (small.matches) scroll.querySelector(".entries > li:last-child")?.scrollIntoView({ block: "end" });
  else scroll.scrollTop = 0;
}

/** The next page brings this form anew, instead of leaving it as it is. */
const renewed = (form: Element | null | undefined): void => form?.removeAttribute("data-turbo-permanent");

/** Empties a field once its words have arrived, brings back what was not sent after all, and opens a conversation at its newest entry. */
export function composer(): void {
  let sent = false;
  let undone = false;
  let again = false;
  let begun = "";
  addEventListener("turbo:submit-end", (event) => {
    const form = event.target as HTMLFormElement;
    const { success, formSubmission } = (event as CustomEvent<{ success: boolean; formSubmission?: { submitter?: HTMLElement } }>).detail;
    if (!success) return;
    if (form.matches("[data-undo]")) {
      undone = true;
      renewed(document.querySelector("form.writing-reply"));
    }
    if (formSubmission?.submitter?.hasAttribute("data-write-again")) {
      again = true;
      renewed(document.querySelector("form.writing-reply"));
    }
    if (!form.closest("[data-composer]")) return;
    if (formSubmission?.submitter?.hasAttribute("formaction")) return renewed(form);
    // Emptied here and not by the next page: one that was on its way already would bring the words back.
    const goesOn = done(form);
    form.querySelector("[data-file-list]")?.replaceChildren();
    for (const field of form.querySelectorAll<HTMLInputElement>("input[name=cc]")) field.value = field.defaultValue;
    for (const field of form.querySelectorAll<HTMLInputElement>("input[name=bcc]")) field.value = ""; // nobody gets the next one unseen by accident
    if (!goesOn) leave();
    sent = true;
  });
  addEventListener("turbo:load", () => {
    // A renewal loads, too: whoever reads or writes stays where they are.
    if (opened !== location.pathname) showNewest();
    opened = location.pathname;
  });
  // After the browser has brought the field into sight; a hidden page draws no frame to wait for.
  addEventListener("focusin", () => window.setTimeout(inSight));
  addEventListener("turbo:before-render", () => (begun = undone ? reply()?.value ?? "" : ""));
  addEventListener("turbo:render", () => {
    if (sent) showNewest();
    sent = false;
    if (again) write("reply");
    again = false;
    const field = undone && reply();
    if (!field) return;
    undone = false;
    // What was begun meanwhile stands below what came back.
    if (begun.trim()) {
      field.value += `\n\n${begun}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    write("reply");
  });
}

/** Takes the cursor out of the composer, so that single keys act again. */
export function leave(): void {
  if (document.activeElement?.closest("[data-composer]")) document.querySelector<HTMLElement>(".scroll.from-end")?.focus({ preventScroll: true });
}

/** On a phone the page itself scrolls, and must bring the composer along. */
function inSight(): void {
  const box = small.matches && document.activeElement?.closest("[data-composer]");
  if (box) box.scrollIntoView({ block: "end" });
}

/** Turns the composer to a reply or a note and puts the cursor there. */
export function write(kind: "reply" | "note"): void {
  const box = document.querySelector("[data-composer]");
  const tab = box?.querySelector<HTMLInputElement>(`input[type=radio][value="${kind}"]`);
  if (tab) tab.checked = true;
  box?.querySelector<HTMLTextAreaElement>(`[data-write="${kind}"]`)?.focus();
  if (small.matches) box?.scrollIntoView({ block: "end" });
}

/** Sends what is being written, and resolves on the way when asked to. */
export function send(resolve: boolean): void {
  const form = document.activeElement?.closest<HTMLFormElement>("[data-composer] form");
  const button = form?.querySelector<HTMLButtonElement>(resolve ? "[data-send-resolve]" : "[data-send]");
  if (button && !button.disabled) form?.requestSubmit(button);
}
