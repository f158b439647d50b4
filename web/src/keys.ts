import { chooseArticle } from "./articles";
import { coachDo, coachStep } from "./coach";
import { leave, send, write } from "./composer";
import { chooseMacro } from "./macros";
import { togglePreview } from "./preview";
import { go } from "./sending";
import { keep, kept } from "./storage";

const off = "heliotrope-single-keys-off";

/** What each command does, false when there was nothing to do: then the key is left to the browser. Their names and keys stand in the map that the server renders. */
const commands: Record<string, () => unknown> = {
  next: () => step(1),
  previous: () => step(-1),
  open: () => go(row()?.href),
  back: () => go(document.querySelector<HTMLAnchorElement>("a[data-back]")?.href),
  reply: () => write("reply"),
  note: () => write("note"),
  forward: () => write("forward"),
  resolve: () => document.querySelector<HTMLFormElement>("form[data-resolve]")?.requestSubmit(),
  assign: () => unfold("assign"),
  later: () => unfold("later"),
  tag: () => unfold("tag"),
  article: chooseArticle,
  macro: chooseMacro,
  preview: togglePreview,
  leave,
  send: () => send(false),
  "send-resolve": () => send(true),
  "coach-next": () => coachStep(1),
  "coach-previous": () => coachStep(-1),
  "coach-take": () => coachDo("take"),
  "coach-date": () => coachDo("date"),
  "coach-not-here": () => coachDo("not-here"),
  "send-later": () => unfold("send-later"),
  undo: () => document.querySelector<HTMLFormElement>("form[data-undo]")?.requestSubmit(),
  new: () => go("/conversations/new"),
  keys: () => dialog()?.showModal(),
};

const dialog = () => document.querySelector<HTMLDialogElement>("#keys");
const rows = () => [...document.querySelectorAll<HTMLAnchorElement>("a[data-row]")];

/** Opens a menu of the conversation, at the first thing to choose or to write. */
function unfold(menu: string): void {
  const details = document.querySelector<HTMLDetailsElement>(`details[data-${menu}]`);
  if (!details) return;
  details.open = true;
  details.querySelector<HTMLElement>("button, input:not([type=hidden])")?.focus();
}

/** The row that the keys are at: the one in focus, else the open one. */
function row(): HTMLAnchorElement | undefined {
  return rows().find((each) => each === document.activeElement) ?? rows().find((each) => each.ariaCurrent === "true");
}

function step(by: number): void {
  const all = rows();
  const at = row();
  const next = at ? all[all.indexOf(at) + by] : all[by > 0 ? 0 : all.length - 1];
  next?.focus();
}

/** Whether keys belong to what is in focus: somebody writes, or chooses. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["radio", "checkbox", "button", "submit"].includes(target.type);
  return target.isContentEditable || target.matches("textarea, select, iframe");
}

/** The name of what was pressed, as the map writes it. */
function pressed(event: KeyboardEvent): string {
  // With Alt some keyboards write another letter; the key is the one that has the letter on it.
  const key = event.altKey && !/^[a-z]$/i.test(event.key) ? event.code.replace(/^Key(?=[A-Z]$)/, "") : event.key;
  const shift = event.shiftKey && key.length > 1 ? "Shift+" : "";
  return (event.ctrlKey || event.metaKey ? "Mod+" : "") + (event.altKey ? "Alt+" : "") + shift + (key.length === 1 ? key.toLowerCase() : key);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const name = pressed(event);
  const entry = [...document.querySelectorAll<HTMLElement>("#keys [data-key]")].find((each) => each.dataset["key"] === name);
  if (!entry) return;
  const single = !/^(Mod|Alt)\+/.test(name);
  if (isTaken(event.target) && entry.dataset["whileWriting"] === undefined) return;
  if (name === "Escape" && !(event.target as Element).closest("[data-composer] textarea")) return; // menus and searches have their own
  if (single && kept(off)) return;
  if (event.repeat && name.endsWith("Enter")) return event.preventDefault(); // held a moment too long it means once
  // Enter on a link, a button or a fold is theirs already.
  if (name === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary, input")) return;
  if (commands[entry.dataset["command"] ?? ""]?.() !== false) event.preventDefault();
}

/** Runs commands from keys and from buttons, and lets single keys be switched off. */
export function keys(): void {
  addEventListener("keydown", onKey);
  addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("a[data-command], button[data-command]");
    if (!button) return;
    event.preventDefault();
    commands[button.dataset["command"] ?? ""]?.();
  });
  addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.id === "single-keys") keep(off, box.checked ? null : "yes");
  });
  addEventListener("turbo:load", () => {
    const box = document.querySelector<HTMLInputElement>("#single-keys");
    if (box) box.checked = !kept(off);
  });
}
