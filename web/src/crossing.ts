import { teach } from "./commands";
import { write } from "./composer";
import { isUnsaved, settle } from "./draft";

const reply = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("form.writing-reply[data-draft]");
const hidden = (form: HTMLFormElement, name: string): HTMLInputElement | null => form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`);

/**
 * Whoever writes has seen what the page showed when they began: the form stays as it is while the page around it is renewed. What came
 * since is told beside the words, and is seen once the server has said so, or once nothing is being written.
 */
function look(): void {
  const page = document.querySelector<HTMLElement>("[data-newest]");
  const form = reply();
  const seen = form && hidden(form, "seen");
  const knows = form && hidden(form, "knows");
  if (!page || !form || !seen || !knows) return;
  const written = form.querySelector<HTMLTextAreaElement>("textarea[name=text]")?.value.trim();
  if (!written || document.querySelector("[data-crossed]")) {
    seen.value = page.dataset["newest"] ?? "0";
    knows.value = page.dataset["leaving"] ?? "";
  }
  // What can be chosen to be shown is as new as the page while nothing has been chosen.
  const asked = document.querySelector<HTMLFormElement>("form.writing-forward");
  if (asked && !asked.contains(document.activeElement) && !isUnsaved(asked) && !asked.querySelector<HTMLInputElement>("[data-whom]")?.value && !asked.querySelector("textarea")?.value) asked.removeAttribute("data-turbo-permanent");
  const note = document.querySelector<HTMLElement>("[data-crossing]");
  if (note) note.hidden = Number(page.dataset["newest"]) <= Number(seen.value);
}

/** Words that nobody has yet are kept before others take their place. */
const settled = new WeakSet<HTMLFormElement>();

/** Keeps two replies from crossing, and what waits from pushing aside what is being written. */
export function crossing(): void {
  teach("forward", () => write("forward"));
  for (const shown of ["turbo:load", "turbo:render"]) addEventListener(shown, look);
  addEventListener("submit", (event) => {
    const { target, submitter } = event;
    const form = submitter instanceof HTMLElement && submitter.dataset["writeAgain"] === "forward" ? document.querySelector<HTMLFormElement>("form.writing-forward") : reply();
    if (!(target instanceof HTMLFormElement) || !(submitter instanceof HTMLElement) || !submitter.hasAttribute("data-write-again")) return;
    if (!form || !isUnsaved(form) || settled.has(target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    settled.add(target);
    void settle(form).then(() => target.requestSubmit(submitter));
  }, true);
}
