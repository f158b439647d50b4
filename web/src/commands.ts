import { chooseArticle } from "./articles";
import { coachDo, coachStep } from "./coach";
import { leave, send, write } from "./composer";
import { go } from "./sending";

/** Something that can be done: as the map of keys says it, which the server renders from its one list. */
export type Command = { name: string; key: string; place: string; goes: string | undefined; asks: boolean; whileWriting: boolean; strokes: string[][] };

/** What needs more than its place on the page; false when there was nothing to do, and then the key is left to the browser. */
const functions: Record<string, () => unknown> = {
  next: () => step(1),
  previous: () => step(-1),
  open: () => go(row()?.href),
  select: () => row()?.closest("li")?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click() ?? false,
  back: () => go(document.querySelector<HTMLAnchorElement>("a[data-back]")?.href),
  "previous-conversation": () => beside(-1),
  "next-conversation": () => beside(1),
  reply: () => write("reply"),
  note: () => write("note"),
  take: () => document.querySelector<HTMLButtonElement>("[data-assign] [data-me]")?.click() ?? false,
  article: chooseArticle,
  leave,
  send: () => send(false),
  "send-resolve": () => send(true),
  "coach-next": () => coachStep(1),
  "coach-previous": () => coachStep(-1),
  "coach-take": () => coachDo("take"),
  "coach-date": () => coachDo("date"),
  "coach-not-here": () => coachDo("not-here"),
  print: () => (document.querySelector("[data-print]") ? press("print") : window.print()),
  keys: () => document.querySelector<HTMLDialogElement>("#keys")?.showModal(),
};

/** What stands for a command that has a function on a page where it means something. */
const marks: Record<string, string> = {
  next: "a[data-row]", previous: "a[data-row]", open: "a[data-row]", select: "a[data-row] ~ input[type=checkbox], li:has(a[data-row]) input[type=checkbox]", back: "a[data-back]",
  "previous-conversation": "a[data-row][aria-current]", "next-conversation": "a[data-row][aria-current]", reply: "form.writing-reply", note: "form.writing-note", take: "[data-assign] [data-me]:not([aria-pressed=true])",
  article: "details[data-insert-menu]", send: "[data-composer]", "send-resolve": "[data-send-resolve]", leave: "[data-composer] :focus", print: "[data-composer]",
  "coach-next": ".advice", "coach-previous": ".advice", "coach-take": ".advice", "coach-date": ".advice", "coach-not-here": ".advice",
};

const rows = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>("a[data-row]")];

/** The row that the keys are at: the one in focus, else the open one. */
function row(): HTMLAnchorElement | undefined {
  return rows().find((each) => each === document.activeElement) ?? open();
}

const open = (): HTMLAnchorElement | undefined => rows().find((each) => each.ariaCurrent === "true");

function step(by: number): void {
  const all = rows();
  const from = row();
  const next = from ? all[all.indexOf(from) + by] : all[by > 0 ? 0 : all.length - 1];
  next?.focus();
}

/** Opens the conversation beside the open one in its list. */
function beside(by: number): unknown {
  const all = rows();
  const here = open();
  const next = here && all[all.indexOf(here) + by];
  return next ? go(next.href) : false;
}

/** Opens a menu, at the first thing to choose or to write. */
export function unfold(details: HTMLDetailsElement): void {
  details.open = true;
  details.querySelector<HTMLElement>("button:not(summary button), input:not([type=hidden]), select, a[href]")?.focus();
}

/** Does what the element of a command is for: unfolds, sends, goes to, presses. */
function press(name: string): unknown {
  const element = document.querySelector<HTMLElement>(`[data-${name}]`);
  if (!element) return false;
  if (element instanceof HTMLDetailsElement) return unfold(element);
  if (element instanceof HTMLDialogElement) return element.showModal();
  if (element instanceof HTMLFormElement) return element.requestSubmit();
  if (element instanceof HTMLInputElement && !["button", "submit", "file", "checkbox", "radio"].includes(element.type)) return element.focus();
  return element.click();
}

/** The commands that the server lists, in their order. */
export function commandsOf(): Command[] {
  return [...document.querySelectorAll<HTMLElement>("#keys [data-command-name]")].map((each) => ({
    name: each.dataset["commandName"] ?? "",
    key: each.dataset["key"] ?? "",
    place: each.dataset["place"] ?? "",
    goes: each.dataset["goes"],
    asks: each.dataset["asks"] !== undefined,
    whileWriting: each.dataset["whileWriting"] !== undefined,
    strokes: [[...each.querySelectorAll("kbd")].map((cap) => cap.textContent)],
  }));
}

/** What a command is called. */
export const label = (command: Command): string => document.querySelector(`#keys [data-command-name="${command.name}"] dt`)?.textContent ?? command.name;

/** Whether a command means something on this page. */
function isHere(command: Command): boolean {
  if (command.goes || command.name === "keys" || command.name === "palette") return true;
  return document.querySelector(marks[command.name] ?? `[data-${command.name}]`) !== null;
}

/** The commands that mean something on this page: those of a conversation before those of every page. */
export function available(): Command[] {
  const order = ["composer", "conversation", "list", "everywhere"];
  return commandsOf().filter(isHere).sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place));
}

/** Does it; false when there was nothing to do. */
export function does(command: Command): unknown {
  if (command.goes) return go(command.goes);
  return functions[command.name] ? functions[command.name]?.() : press(command.name);
}

/** More that needs a function, where another file has it. */
export function teach(name: string, does: () => unknown): void {
  functions[name] = does;
}
