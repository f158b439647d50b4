import * as Turbo from "@hotwired/turbo";
import { underWayFor } from "./draft";

/** A form is on its way; what its buttons said, to be put back. */
type Sent = { form: HTMLFormElement; buttons: { button: HTMLButtonElement; was: Node[] | undefined }[]; timer: number };

/** Below this nobody notices that it takes time, and words that come and go would only flicker. */
const unnoticed = 300;
let sent: Sent | undefined;
/** From the press on: Turbo begins a moment later, and a second press in between would call back the first. */
let underWay = false;
/** Where somebody wants to go once the form has arrived. */
let after: string | undefined;

function start(form: HTMLFormElement, submitter: HTMLElement | undefined): void {
  const buttons = [...form.querySelectorAll("button")].filter((button) => !button.disabled || button === submitter).map((button) => ({ button, was: undefined as Node[] | undefined }));
  for (const { button } of buttons) button.disabled = true;
  const timer = window.setTimeout(() => {
    const pressed = buttons.find(({ button }) => button === submitter);
    if (!pressed) return;
    pressed.was = [...pressed.button.childNodes];
    pressed.button.replaceChildren(document.querySelector<HTMLElement>("#phrases")?.dataset["sending"] ?? "");
  }, unnoticed);
  sent = { form, buttons, timer };
}

function end(success: boolean): void {
  if (!sent) return;
  window.clearTimeout(sent.timer);
  for (const { button, was } of sent.buttons) {
    button.disabled = false;
    if (was) button.replaceChildren(...was);
  }
  sent = undefined;
  if (!success) after = undefined;
}

/** A link that Turbo would follow, and in doing so call back the form. */
function followed(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
  if (!link || link.target || link.origin !== location.origin || link.dataset["turbo"] === "false" || link.dataset["command"]) return undefined;
  return link;
}

/** Goes to another page, once what is being sent has arrived. */
export function go(address: string | undefined): void {
  if (!address) return;
  if (underWay) after = address;
  else Turbo.visit(address);
}

/** A form whose answer is a page; one that fills a frame, such as a search, calls nothing back. */
const isWhole = (form: EventTarget | null): form is HTMLFormElement => form instanceof HTMLFormElement && form.method !== "dialog" && !form.dataset["turboFrame"];

/** What is being sent is sent once and arrives, whatever is pressed meanwhile; its buttons say that it is on its way. */
export function sending(): void {
  addEventListener("turbo:submit-start", (event) => {
    const { formSubmission } = (event as CustomEvent<{ formSubmission: { formElement: HTMLFormElement; submitter?: HTMLElement } }>).detail;
    if (isWhole(event.target)) start(formSubmission.formElement, formSubmission.submitter);
  });
  addEventListener("turbo:submit-end", (event) => {
    if (!isWhole(event.target)) return;
    underWay = false;
    end((event as CustomEvent<{ success?: boolean }>).detail.success === true);
  });
  // Where the answer leads gives way to where somebody wants to go.
  addEventListener("turbo:before-visit", (event) => {
    const next = after;
    if (next === undefined) return;
    after = undefined;
    event.preventDefault();
    window.setTimeout(() => Turbo.visit(next));
  });
  // A second form would call back the first one.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (!isWhole(form)) return;
    const before = underWayFor(form);
    if (underWay || before) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (underWay) return;
    underWay = true;
    if (before) {
      // A file that is being uploaded goes along, and one that cannot be is not left behind without a word.
      const submitter = event.submitter instanceof HTMLElement ? event.submitter : undefined;
      start(form, submitter);
      return void before.then((well) => {
        end(well);
        underWay = false;
        if (well && form.isConnected) form.requestSubmit(submitter);
      });
    }
    // What Turbo does not take is sent by the browser, and ends with the page.
    window.setTimeout(() => (underWay &&= event.defaultPrevented));
  }, true);
  addEventListener("click", (event) => {
    const link = underWay && followed(event);
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    go(link.href);
  }, true);
}
