// The box of the search: completes operators and values, remembers what was looked for in this browser alone, and shows what is found while one types.
import { keep, kept } from "./storage";

const past = "heliotrope-searches";
const mostPast = 6;
const pause = 130; // long enough that a word typed in one go is asked for once

interface Suggestion { text: string; says: string; more: boolean }
interface Suggestions { start: number; length: number; items: Suggestion[] }

let asking: AbortController | undefined;
let timer = 0;
let place: Suggestions = { start: 0, length: 0, items: [] };

const box = (target: EventTarget | null): HTMLInputElement | null => (target instanceof HTMLInputElement && target.matches("input[data-search][role=combobox]") ? target : null);
const list = (input: HTMLInputElement): HTMLElement | null => document.getElementById(input.getAttribute("aria-controls") ?? "");
const options = (input: HTMLInputElement): HTMLElement[] => [...(list(input)?.querySelectorAll<HTMLElement>("[role=option]") ?? [])];
const before = (): string[] => {
  try {
    const all: unknown = JSON.parse(kept(past) ?? "[]");
    return Array.isArray(all) ? all.filter((each): each is string => typeof each === "string").slice(0, mostPast) : [];
  } catch {
    return [];
  }
};

function close(input: HTMLInputElement): void {
  const all = list(input);
  if (all) all.hidden = true;
  input.ariaExpanded = "false";
  input.removeAttribute("aria-activedescendant");
}

function show(input: HTMLInputElement, rows: { text: string; says: string }[], heading = ""): void {
  const all = list(input);
  if (!all || rows.length === 0 || document.activeElement !== input) return close(input);
  all.replaceChildren(...rows.map(({ text, says }, at) => {
    const row = document.createElement("li");
    row.role = "option";
    row.id = `${all.id}-${at}`;
    row.ariaSelected = "false";
    row.dataset["at"] = String(at);
    const name = document.createElement("b");
    name.textContent = text;
    row.append(name);
    if (says || heading) {
      const more = document.createElement("span");
      more.textContent = says || heading;
      row.append(more);
    }
    return row;
  }));
  all.hidden = false;
  input.ariaExpanded = "true";
  input.removeAttribute("aria-activedescendant");
}

function mark(input: HTMLInputElement, by: number): void {
  const all = options(input);
  if (all.length === 0) return;
  const now = all.findIndex((each) => each.id === input.getAttribute("aria-activedescendant"));
  const next = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : (now + by + all.length) % all.length];
  for (const each of all) each.ariaSelected = String(each === next);
  if (!next) return;
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

/** Puts a suggestion where it belongs; a search of before is looked for at once. */
function take(input: HTMLInputElement, at: number): void {
  const item = place.items[at];
  if (!item) return;
  if (place.length < 0) {
    input.value = item.text;
    close(input);
    return input.form?.requestSubmit();
  }
  const after = item.more ? "" : " ";
  input.setRangeText(item.text + after, place.start, place.start + place.length, "end");
  close(input);
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function remember(input: HTMLInputElement): void {
  const text = input.value.trim();
  if (text) keep(past, JSON.stringify([text, ...before().filter((each) => each !== text)].slice(0, mostPast)));
}

function showPast(input: HTMLInputElement): void {
  const rows = before().map((text) => ({ text, says: "", more: false }));
  place = { start: 0, length: -1, items: rows };
  show(input, rows, list(input)?.dataset["before"]);
}

async function ask(input: HTMLInputElement): Promise<void> {
  asking?.abort();
  asking = new AbortController();
  const [text, at] = [input.value, input.selectionStart ?? input.value.length];
  try {
    const answer = await fetch(`/search/suggestions?${new URLSearchParams({ q: text, at: String(at) })}`, { headers: { Accept: "application/json" }, signal: asking.signal });
    if (!answer.ok || answer.redirected || input.value !== text) return;
    place = (await answer.json()) as Suggestions;
    show(input, place.items);
  } catch {
    close(input); // the server is away, or somebody has typed on: a search needs no suggestions
  }
}

/** Only the page of the search has the frame. A newer address of a frame ends the request for the older one. */
function find(input: HTMLInputElement): void {
  const frame = document.querySelector<HTMLElement>("turbo-frame[data-search-found]");
  if (!frame || input.form?.classList.contains("bar-search")) return;
  const asked = new URLSearchParams({ q: input.value }).toString();
  frame.setAttribute("src", `/search/found?${asked}`);
  history.replaceState(history.state, "", input.value ? `/search?${asked}` : "/search");
}

function typed(input: HTMLInputElement): void {
  clearTimeout(timer);
  if (!input.value.trim()) showPast(input);
  timer = window.setTimeout(() => {
    find(input);
    if (input.value.trim()) void ask(input);
  }, pause);
}

function pressed(event: KeyboardEvent): void {
  const input = box(event.target);
  if (!input || event.isComposing) return;
  const open = list(input)?.hidden === false;
  const active = input.getAttribute("aria-activedescendant");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (open) mark(input, event.key === "ArrowDown" ? 1 : -1);
    else if (input.value.trim()) void ask(input);
    else showPast(input);
  } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && open && active) {
    take(input, Number(document.getElementById(active)?.dataset["at"]));
  } else if (event.key === "Escape" && open) close(input);
  else return;
  event.preventDefault();
}

export function search(): void {
  addEventListener("input", (event) => {
    const input = box(event.target);
    if (input) typed(input);
  });
  addEventListener("keydown", pressed, { capture: true });
  addEventListener("focusin", (event) => {
    const input = box(event.target);
    if (input && !input.value.trim()) showPast(input);
  });
  addEventListener("focusout", (event) => {
    const input = box(event.target);
    if (input) close(input);
  });
  // Before the box loses the focus to what is pressed.
  addEventListener("pointerdown", (event) => {
    const row = (event.target as Element).closest<HTMLElement>(".search-list [role=option]");
    const input = row?.closest("form")?.querySelector<HTMLInputElement>("input[data-search]");
    if (!row || !input) return;
    event.preventDefault();
    take(input, Number(row.dataset["at"]));
  });
  addEventListener("submit", (event) => {
    const input = (event.target as HTMLElement).querySelector<HTMLInputElement>("input[data-search]");
    if (!input) return;
    clearTimeout(timer);
    asking?.abort();
    remember(input);
    close(input);
  });
}
