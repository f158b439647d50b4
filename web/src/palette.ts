import { available, type Command, commandsOf, does, label } from "./commands";
import { go } from "./sending";
import { keep, kept } from "./storage";

/** One thing that can be chosen. */
type Choice = { id: string; words: string; hint?: string; group: string; keys?: string[][]; run: () => unknown };
/** What the server found for some words. */
type Found = { kind: string; id: string; words: string; hint: string; href: string };

const recentKey = "heliotrope-recent";
const mostRecent = 8;
const mostShown = 40;
const pause = 120;

const dialog = (): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>("#palette");
const input = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>("#palette-input");
const list = (): HTMLElement | null => document.querySelector<HTMLElement>("#palette-list");
const said = (name: string): string => dialog()?.dataset[name] ?? "";

/** The menu whose choices are asked for; undefined while everything can be chosen. */
/** What had the focus before: what is for writing means something only from there. */
let from: Element | null = null;
let asked: { command: Command; choices: Choice[] } | undefined;
let found: Choice[] = [];
let shown: Choice[] = [];
let at = 0;
let timer: number | undefined;
let search: AbortController | undefined;

/** Letters without their marks, so that "grosse" finds "Größe". */
export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").toLowerCase();

/**
 * How well letters fit words, higher is better; undefined when they do not stand there in this order. Beginnings of words and letters in a
 * row count most, so that "asl" finds "Assign to Lena" before "Has lapsed".
 */
export function fit(letters: string, words: string): number | undefined {
  const wanted = plain(letters).replace(/\s+/g, "");
  const text = plain(words);
  if (wanted === "") return 0;
  const whole = text.indexOf(plain(letters).trim());
  if (whole >= 0) return 1000 - whole - text.length / 100 + (whole === 0 || /\W/.test(text[whole - 1] ?? " ") ? 200 : 0);
  let score = 0;
  let from = 0;
  let before = -2;
  for (const letter of wanted) {
    // The next beginning of a word, where there is one, is what whoever abbreviates means.
    let place = -1;
    for (let i = text.indexOf(letter, from); i >= 0; i = text.indexOf(letter, i + 1)) {
      if (place < 0) place = i;
      if (i === before + 1 || i === 0 || /[^\p{L}\p{N}]/u.test(text[i - 1] ?? "")) {
        place = i;
        break;
      }
    }
    if (place < 0) return undefined;
    score += place === before + 1 ? 12 : place === 0 || /[^\p{L}\p{N}]/u.test(text[place - 1] ?? "") ? 10 : 1;
    before = place;
    from = place + 1;
  }
  return score >= wanted.length * 5 ? score - text.length / 100 : undefined;
}

const recent = (): string[] => (kept(recentKey) ?? "").split("\n").filter(Boolean);
const remember = (id: string): void => keep(recentKey, [id, ...recent().filter((each) => each !== id)].slice(0, mostRecent).join("\n"));

function choiceOf(command: Command): Choice {
  return {
    id: `command:${command.name}`,
    words: label(command),
    group: command.goes ? said("groupGo") : said("here"),
    keys: command.strokes,
    run: () => (command.asks ? ask(command) : does(command)),
  };
}

/** What a button says, without its picture and its key. */
function title(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const each of copy.querySelectorAll("[aria-hidden=true], kbd")) each.remove();
  return (element.getAttribute("aria-label") ?? [...copy.childNodes].map((node) => node.textContent?.trim()).filter(Boolean).join(" · ")).replace(/\s+/g, " ").trim();
}

/** The choices of a command's menu: its buttons, and for a field the values that it offers. Pressing one does what it does there. */
function choicesOf(command: Command): Choice[] {
  const menu = document.querySelector<HTMLElement>(`details[data-${command.name}]`);
  const buttons = [...(menu?.querySelectorAll<HTMLButtonElement | HTMLAnchorElement>("form button[name], form button[formaction], a[href], form:not(.menu-form) button:not([name])") ?? [])]
    .filter((button) => !(button instanceof HTMLButtonElement && button.disabled) && title(button))
    .map((button) => ({ words: title(button), group: groupOf(button) || label(command), run: () => button.click() }));
  const fields = [...(menu?.querySelectorAll<HTMLInputElement>(".menu-form input:not([type=hidden])") ?? [])].flatMap((field) =>
    [...(field.list?.options ?? [])].map((option) => ({
      words: option.value,
      group: label(command),
      run: () => {
        field.value = option.value;
        field.form?.requestSubmit();
      },
    })));
  return [...buttons, ...fields].map((choice) => ({ id: `${command.name}:${choice.words}`, ...choice }));
}

/** What the choices of a form are called together. */
const groupOf = (button: Element): string => {
  const by = button.closest("form")?.getAttribute("aria-labelledby");
  return (by && document.getElementById(by)?.textContent.trim()) || "";
};

/** Asks for the value that a command needs. A menu with nothing to choose is opened instead, so that it can be written. */
function ask(command: Command): false | void {
  const choices = choicesOf(command);
  if (choices.length === 0) {
    close();
    return void does(command);
  }
  asked = { command, choices };
  const field = input();
  if (field) field.value = "";
  show();
  return false;
}

/** Commands worth a choice: none that only moves the focus, and of those for writing only while somebody writes. */
function commands(): Command[] {
  const moves = ["palette", "next", "previous", "open", "select", "leave", "coach-next", "coach-previous"];
  const all = available().filter((command) => !moves.includes(command.name) && (command.place !== "composer" || from?.closest("[data-composer]")));
  return [...all.filter((command) => !command.goes), ...all.filter((command) => command.goes)];
}

/** All that can be chosen for what was typed, the best first; what was used lately before all while nothing was typed. */
function choices(typed: string): Choice[] {
  const all = asked ? [...asked.choices, ...written(asked.command)] : [...commands().map(choiceOf), ...found];
  if (typed.trim() === "") {
    if (asked) return all;
    const used = recent().map((id) => all.find((choice) => choice.id === id)).filter((choice) => choice !== undefined).map((choice) => ({ ...choice, group: said("recent") }));
    return [...used, ...all.filter((choice) => !used.some((each) => each.id === choice.id))];
  }
  return all
    // What the server found fits already, in its own way: by number or by words of the text.
    .map((choice) => ({ choice, score: fit(typed, choice.words) ?? (found.includes(choice) ? 0 : undefined) }))
    .filter((each): each is { choice: Choice; score: number } => each.score !== undefined)
    .sort((a, b) => b.score - a.score)
    .map((each) => each.choice);
}

/** Where a menu also takes what is written, the last choice opens it. */
function written(command: Command): Choice[] {
  const field = document.querySelector(`details[data-${command.name}] .menu-form input:not([type=hidden])`);
  return field ? [{ id: `${command.name}:`, words: said("write"), group: label(command), run: () => void does(command) }] : [];
}

function show(): void {
  const box = list();
  const field = input();
  if (!box || !field) return;
  shown = choices(field.value).slice(0, mostShown);
  at = Math.min(at, Math.max(0, shown.length - 1));
  // Groups stay together while nothing is typed; then the best comes first, whatever its group.
  let group = "";
  box.replaceChildren(...shown.flatMap((choice, i) => {
    const row = option(choice, i, field.value.trim() !== "");
    if (field.value.trim() !== "" || choice.group === group) return [row];
    group = choice.group;
    const heading = document.createElement("li");
    heading.className = "palette-group";
    heading.setAttribute("role", "presentation");
    heading.textContent = group;
    return [heading, row];
  }));
  const status = document.querySelector("#palette-said");
  if (status) status.textContent = shown.length === 0 ? said("none") : said("some").replace("{0}", String(shown.length));
  const back = dialog()?.querySelector<HTMLElement>("[data-palette-back]");
  if (back) back.hidden = !asked;
  field.placeholder = asked ? label(asked.command) : field.dataset["label"] ?? "";
  field.setAttribute("aria-description", asked ? label(asked.command) : "");
  mark();
}

function option(choice: Choice, i: number, withGroup: boolean): HTMLElement {
  const row = document.createElement("li");
  row.id = `palette-${i}`;
  row.setAttribute("role", "option");
  row.dataset["at"] = String(i);
  const words = document.createElement("span");
  words.className = "palette-words";
  words.textContent = choice.words;
  row.append(words);
  const hint = [withGroup ? choice.group : "", choice.hint ?? ""].filter(Boolean).join(" · ");
  if (hint) {
    const small = document.createElement("span");
    small.className = "palette-hint";
    small.textContent = hint;
    row.append(small);
  }
  if (choice.keys?.length) {
    const keys = document.createElement("span");
    keys.className = "palette-keys";
    keys.ariaHidden = "true";
    keys.append(...choice.keys.flat().map((cap) => {
      const key = document.createElement("kbd");
      key.textContent = cap;
      return key;
    }));
    row.append(keys);
  }
  return row;
}

/** Marks where the arrows are; the cursor stays in the field. */
function mark(): void {
  for (const row of list()?.querySelectorAll("[role=option]") ?? []) row.setAttribute("aria-selected", String(row.id === `palette-${at}`));
  const row = document.getElementById(`palette-${at}`);
  input()?.setAttribute("aria-activedescendant", row ? row.id : "");
  row?.scrollIntoView({ block: "nearest" });
}

function choose(choice: Choice | undefined): void {
  if (!choice) return;
  remember(asked ? `command:${asked.command.name}` : choice.id);
  const before = asked;
  if (choice.id.startsWith("command:") && !before) {
    // What it does needs the page, without the palette before it; what asks for a value goes on here.
    const command = available().find((each) => `command:${each.name}` === choice.id);
    if (command?.asks) return void choice.run();
  }
  close();
  choice.run();
}

function close(): void {
  dialog()?.close();
}

/** Opens the palette, ready for a word. */
export function openPalette(): void {
  const box = dialog();
  const field = input();
  if (!box || !field || box.open) return;
  from = document.activeElement;
  asked = undefined;
  found = [];
  at = 0;
  field.value = "";
  box.showModal();
  show();
  field.focus();
  look();
}

/** Opens the palette at the choices of a command. */
export function openAt(command: Command): void {
  openPalette();
  ask(command);
}

/** Asks the server for people, teams, views and conversations, once whoever types pauses. */
function look(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    search?.abort();
    search = new AbortController();
    const typed = input()?.value.trim() ?? "";
    fetch(`/palette?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" }, signal: search.signal, redirect: "manual" })
      .then(async (answer) => {
        if (!answer.ok) return;
        const names: Record<string, string> = { person: said("groupPeople"), team: said("groupTeams"), view: said("groupViews"), customer: said("groupCustomers"), conversation: said("groupConversations") };
        found = ((await answer.json()) as Found[]).map((each) => ({ id: `${each.kind}:${each.id}`, words: each.words, hint: each.hint, group: names[each.kind] ?? each.kind, run: () => go(each.href) }));
        show();
      })
      .catch(() => undefined); // the next letter asks again; what the page knows is there meanwhile
  }, pause);
}

function onKey(event: KeyboardEvent): void {
  const steps: Record<string, () => void> = {
    ArrowDown: () => (at = (at + 1) % Math.max(1, shown.length)),
    ArrowUp: () => (at = (at - 1 + shown.length) % Math.max(1, shown.length)),
    PageDown: () => (at = Math.min(shown.length - 1, at + 8)),
    PageUp: () => (at = Math.max(0, at - 8)),
  };
  const step = steps[event.key];
  if (step) {
    event.preventDefault();
    step();
    return mark();
  }
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    return choose(shown[at]);
  }
  if (event.key === "Backspace" && asked && input()?.value === "") back();
}

function back(): void {
  asked = undefined;
  at = 0;
  show();
  input()?.focus();
}

/** Lets everything be done, and every place be reached, by a few letters. */
export function palette(): void {
  addEventListener("input", (event) => {
    if (event.target !== input()) return;
    at = 0;
    show();
    if (!asked) look();
  });
  addEventListener("keydown", (event) => {
    if (event.target === input()) onKey(event);
  });
  addEventListener("click", (event) => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>("#palette-list [role=option]");
    if (row) choose(shown[Number(row.dataset["at"])]);
    else if (target.closest("[data-palette-back]")) back();
    else if (target === dialog()) close(); // beside it
  });
  // A page that is left leaves no palette before the next one.
  addEventListener("turbo:before-visit", close);
}

export { commandsOf };
