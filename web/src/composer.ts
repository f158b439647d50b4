import { done } from "./draft";

const small = matchMedia("(width < 48rem)");

type Kind = "reply" | "note" | "forward";

const words = (kind: Kind) => document.querySelector<HTMLTextAreaElement>(`form.writing-${kind} textarea`);

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
  let undone: Kind | undefined;
  let again: Kind | undefined;
  let begun = "";
  addEventListener("turbo:submit-end", (event) => {
    const form = event.target as HTMLFormElement;
    const { success, formSubmission } = (event as CustomEvent<{ success: boolean; formSubmission?: { submitter?: HTMLElement } }>).detail;
    if (!success) return;
    if (form.matches("[data-undo]")) {
      undone = (form.dataset["undo"] || "reply") as Kind;
      renewed(words(undone)?.form);
    }
    again = formSubmission?.submitter?.dataset["writeAgain"] as Kind | undefined;
    if (again) renewed(words(again)?.form);
    if (!form.closest("[data-composer]")) return;
    if (formSubmission?.submitter?.hasAttribute("formaction")) return renewed(form);
    // Emptied here and not by the next page: one that was on its way already would bring the words back.
    const goesOn = done(form);
    if (form.matches(".writing-forward") && !goesOn) {
      // Whom it went to and what they were shown is chosen anew the next time; the customer is in front again.
      renewed(form);
      const tab = form.closest("[data-composer]")?.querySelector<HTMLInputElement>("input[type=radio][value=reply]");
      if (tab) tab.checked = true;
    }
    for (const list of form.querySelectorAll("[data-file-list], [data-macro-list], [data-put-list]")) list.replaceChildren();
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
  addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-answer]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    answer(link.dataset["answer"] ?? "");
  });
  // After the browser has brought the field into sight; a hidden page draws no frame to wait for.
  addEventListener("focusin", () => window.setTimeout(inSight));
  addEventListener("turbo:before-render", () => (begun = (undone && words(undone)?.value) ?? ""));
  addEventListener("turbo:render", () => {
    if (sent) showNewest();
    sent = false;
    if (again) write(again);
    again = undefined;
    const kind = undone;
    const field = kind && words(kind);
    if (!kind || !field) return;
    undone = undefined;
    // What was begun meanwhile stands below what came back.
    if (begun.trim()) {
      field.value += `\n\n${begun}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    write(kind);
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

/** Turns the composer to a reply, a note or a question to somebody else, and puts the cursor there. */
export function write(kind: Kind): void {
  const box = document.querySelector("[data-composer]");
  const tab = box?.querySelector<HTMLInputElement>(`input[type=radio][value="${kind}"]`);
  if (tab) tab.checked = true;
  const to = box?.querySelector<HTMLInputElement>(`.writing-${kind} [data-whom]`);
  (to?.value === "" ? to : box?.querySelector<HTMLTextAreaElement>(`[data-write="${kind}"]`))?.focus();
  if (small.matches) box?.scrollIntoView({ block: "end" });
}

/** Turns the composer to a question to somebody, and puts the cursor there. What is being written to somebody else stays. */
export function answer(address: string): void {
  const to = document.querySelector<HTMLInputElement>(".writing-forward [data-whom]");
  const words = document.querySelector<HTMLTextAreaElement>("[data-write=forward]");
  if (to && words && (to.value === "" || words.value.trim() === "")) {
    to.value = address;
    for (const box of document.querySelectorAll<HTMLInputElement>(".writing-forward input[type=checkbox]")) box.checked = false; // they know what they wrote
    to.dispatchEvent(new Event("input", { bubbles: true }));
  }
  write("forward");
}

/** Sends what is being written, and resolves on the way when asked to. */
export function send(resolve: boolean): void {
  const form = document.activeElement?.closest<HTMLFormElement>("[data-composer] form");
  const button = form?.querySelector<HTMLButtonElement>(resolve ? "[data-send-resolve]" : "[data-send]");
  if (button && !button.disabled) form?.requestSubmit(button);
}
