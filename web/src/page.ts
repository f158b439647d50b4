/** Whether a change of the renewed page would open or close something that a person opened or closed. */
const isFolded = (element: EventTarget | null): boolean => element instanceof HTMLDetailsElement || element instanceof HTMLDialogElement;

/** Closes the menus outside of an element. */
function closeMenus(except: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]"))
    if (!except || !menu.contains(except)) menu.open = false;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const isField = (element: unknown): element is Field => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
const isChoice = (field: Field): boolean => field.type === "checkbox" || field.type === "radio";

/** Whether the renewed page has the same field in this place. */
const isSame = (field: Field, other: unknown): boolean =>
  isField(other) && other.type === field.type && other.id === field.id && other.name === field.name && (!isChoice(field) || other.getAttribute("value") === field.getAttribute("value"));

/** Keeps what somebody writes into a field while the page around it is renewed, until it is sent. Drafts do so by themselves, and know when other words are to come. */
function keepWritten(): void {
  const written = new WeakSet<Element>();
  addEventListener("input", ({ target }) => {
    if (!isField(target) || target.closest("form.writing")) return;
    written.add(target);
    // The one that was chosen before is written as well: renewed alone, it would take the choice back.
    if (target.type === "radio") for (const other of target.form?.elements ?? []) if (isField(other) && other.type === "radio" && other.name === target.name) written.add(other);
  });
  addEventListener("turbo:submit-start", (event) => [...(event.target as HTMLFormElement).elements].forEach((field) => written.delete(field)));
  addEventListener("turbo:before-morph-element", (event) => {
    const { target } = event;
    if (isField(target) && written.has(target) && isSame(target, (event as CustomEvent<{ newElement?: Element }>).detail.newElement)) event.preventDefault();
  });
}

/** Keeps what is open open while a page is renewed, and closes menus when attention has moved on. */
export function page(): void {
  keepWritten();
  addEventListener("turbo:before-morph-attribute", (event) => {
    const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
    if (attributeName === "open" && isFolded(event.target)) event.preventDefault();
  });
  // A visit that a newer one overtook while its page was being read is no error; that the server is away is said in words.
  let away: unknown;
  addEventListener("turbo:fetch-request-error", (event) => (away = (event as CustomEvent<{ error: unknown }>).detail.error));
  addEventListener("unhandledrejection", (event) => {
    if ((event.reason instanceof DOMException && event.reason.name === "AbortError") || (away && event.reason === away)) event.preventDefault();
  });
  addEventListener("click", (event) => closeMenus(event.target as Node));
  // A form that fills a frame of its own menu, such as a search, is not the end of it.
  addEventListener("turbo:submit-start", (event) => closeMenus((event.target as HTMLElement).dataset["turboFrame"] ? (event.target as Node) : null));
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
