import { type Command, commandsOf, does, label, teach } from "./commands";
import { openAt, openPalette } from "./palette";
import { keep, kept } from "./storage";

const off = "heliotrope-single-keys-off";
/** Whoever has to look for the second key still finds it; whoever forgot the first is not surprised later. */
const patience = 3000;

/** The keys pressed so far of one that is several, such as "g". */
let begun = "";
let ends: number | undefined;

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

/** Says which keys may follow the one that was pressed. */
function hint(commands: Command[]): void {
  const place = document.querySelector<HTMLElement>("#sequence");
  if (!place) return;
  place.hidden = commands.length === 0;
  place.replaceChildren(...commands.flatMap((command) => {
    const key = document.createElement("kbd");
    key.textContent = command.key.split(" ")[1]?.toUpperCase() ?? "";
    const words = document.createElement("span");
    words.append(key, ` ${label(command)}`);
    return [words];
  }));
}

function forget(): void {
  window.clearTimeout(ends);
  begun = "";
  hint([]);
}

/** The command for what was pressed now, with what was pressed before. Undefined for none, or while more has to come. */
function commandFor(name: string, event: KeyboardEvent): Command | undefined {
  const commands = commandsOf();
  if (begun) {
    const whole = `${begun} ${name}`;
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return undefined;
    forget();
    const command = commands.find((each) => each.key === whole);
    if (command || name === "Escape") event.preventDefault();
    return command;
  }
  const longer = commands.filter((each) => each.key.startsWith(`${name} `));
  if (longer.length > 0 && !isTaken(event.target) && !kept(off)) {
    begun = name;
    hint(longer);
    ends = window.setTimeout(forget, patience);
    event.preventDefault();
    return undefined;
  }
  return commands.find((each) => each.key === name);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const name = pressed(event);
  const command = commandFor(name, event);
  if (!command) return;
  const single = !/^(Mod|Alt)\+/.test(command.key);
  if (isTaken(event.target) && !command.whileWriting) return;
  if (name === "Escape" && !(event.target as Element).closest("[data-composer] textarea")) return; // menus and searches have their own
  if (single && kept(off)) return;
  if (event.repeat && name.endsWith("Enter")) return event.preventDefault(); // held a moment too long it means once
  // Enter on a link, a button or a fold is theirs already.
  if (name === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary, input")) return;
  if (does(command) !== false) event.preventDefault();
}

/** Shows a switch as it stands. */
function showSwitches(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("[data-single-keys]")) box.checked = !kept(off);
}

/** Runs commands from keys and from buttons, and lets single keys be switched off. */
export function keys(): void {
  teach("palette", openPalette);
  teach("search", () => {
    const field = document.querySelector<HTMLInputElement>("input[data-search]");
    if (field) return field.focus();
    openPalette();
  });
  addEventListener("keydown", onKey);
  addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("a[data-command], button[data-command]");
    if (!button) return;
    event.preventDefault();
    const command = commandsOf().find((each) => each.name === button.dataset["command"]);
    if (command) does(command);
  });
  addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.dataset["singleKeys"] === undefined) return;
    keep(off, box.checked ? null : "yes");
    showSwitches();
  });
  addEventListener("turbo:load", showSwitches);
  addEventListener("turbo:before-visit", forget);
}

export { openAt };
