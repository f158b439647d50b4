import { go } from "./sending";

/** More would not fit into an address; for more there is the whole list. */
const most = 500;
/** Which row is to be in focus on the page that comes. */
let land: "first" | "last" | undefined;
/** The row from which the next press with Shift reaches. */
let anchor: string | undefined;
let shown = "";

const queue = () => document.querySelector<HTMLElement>("#queue[data-list]");
const rows = () => [...document.querySelectorAll<HTMLAnchorElement>("a[data-row]")];
const boxes = () => [...document.querySelectorAll<HTMLInputElement>("input[data-choose]")];

/** The row that the keys are at: the one in focus, else the open one. */
export function row(): HTMLAnchorElement | undefined {
  const focus = document.activeElement;
  return rows().find((each) => each === focus || each.parentElement?.contains(focus)) ?? rows().find((each) => each.ariaCurrent === "true");
}

/** To the next row or the one before; at the end of a page to the page that follows. */
export function step(by: number): void {
  const all = rows();
  const at = row();
  // A conversation that has left the list is followed by the one that stands at its place now.
  const left = at ? undefined : document.querySelector<HTMLElement>("[data-left]");
  const behind = left ? all.findIndex((each) => left.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) : -1;
  const next = at ? all[all.indexOf(at) + by] : behind >= 0 ? all[by > 0 ? behind : behind - 1] : all[by > 0 ? 0 : all.length - 1];
  if (next) return next.focus();
  const page = document.querySelector<HTMLAnchorElement>(`a[data-page="${by > 0 ? "next" : "previous"}"]`);
  if (!page) return;
  land = by > 0 ? "first" : "last";
  go(page.href);
}

/** The conversation before or behind the open one, by its place in the list. */
export const walk = (to: "next" | "previous"): void => go(document.querySelector<HTMLAnchorElement>(`a[data-walk="${to}"]`)?.href);

/** What is chosen in a list, on whatever page of it. Kept while the tab lives. */
function chosen(): Set<string> {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(`heliotrope-chosen ${queue()?.dataset["list"]}`) ?? "[]") as string[]);
  } catch {
    return new Set();
  }
}

function choose(numbers: Set<string>): void {
  try {
    sessionStorage.setItem(`heliotrope-chosen ${queue()?.dataset["list"]}`, JSON.stringify([...numbers].slice(0, most)));
  } catch {
    // What stands on this page is chosen by its boxes.
  }
  paint(numbers);
}

/** Shows what is chosen: the boxes, how many there are, and those on other pages along with the form. */
function paint(numbers = chosen()): void {
  const bar = document.querySelector<HTMLFormElement>("form[data-choose-bar]");
  if (!bar) return;
  const here = new Set(boxes().map((box) => box.value));
  for (const box of boxes()) box.checked = numbers.has(box.value);
  bar.dataset["any"] = String(numbers.size > 0);
  const count = bar.querySelector<HTMLElement>("[data-choose-count]");
  const words = count?.dataset["count"]?.replace("{0}", String(numbers.size)) ?? "";
  if (count && count.textContent !== words) count.textContent = words;
  bar.querySelector("[data-choose-elsewhere]")?.replaceChildren(...[...numbers].filter((number) => !here.has(number)).map((number) => {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", "n", number];
    return field;
  }));
}

/** Chooses a row, or lets go of it; with a range, everything from the row before. */
function toggle(box: HTMLInputElement, checked: boolean, range: boolean): void {
  const numbers = chosen();
  const all = boxes();
  const from = range ? all.findIndex((each) => each.value === anchor) : -1;
  const to = all.indexOf(box);
  const some = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const each of some) checked ? numbers.add(each.value) : numbers.delete(each.value);
  anchor = box.value;
  choose(numbers);
}

/** The row that the keys are at is chosen, or no more. */
export function select(): boolean {
  const box = row()?.parentElement?.querySelector<HTMLInputElement>("input[data-choose]");
  if (!box) return false;
  toggle(box, !box.checked, false);
  return true;
}

/** To what can be done with everything that is chosen. */
export function bulk(): boolean {
  const bar = document.querySelector<HTMLFormElement>("form[data-choose-bar]");
  if (!bar || chosen().size === 0) return false;
  bar.requestSubmit();
  return true;
}

/** After a page was made: where somebody comes back to, or goes on from. */
function arrive(): void {
  paint();
  const to = land === "first" ? rows()[0] : land === "last" ? rows().at(-1) : undefined;
  land = undefined;
  if (to) return to.focus();
  const isNew = shown !== location.href;
  shown = location.href;
  if (isNew && (document.activeElement === document.body || document.activeElement === null)) document.querySelector<HTMLElement>("a[data-here]")?.focus();
}

/** Lists: what is chosen in them, and the place where somebody is. */
export function lists(): void {
  addEventListener("turbo:load", arrive);
  addEventListener("turbo:render", () => paint());
  addEventListener("click", (event) => {
    const target = event.target as Element;
    const box = target.closest<HTMLInputElement>("input[data-choose]");
    if (box) return toggle(box, box.checked, event.shiftKey);
    if (target.closest("[data-choose-none]")) return choose(new Set());
    const link = event.shiftKey && target.closest<HTMLElement>("a[data-row]");
    const beside = link ? link.parentElement?.querySelector<HTMLInputElement>("input[data-choose]") : null;
    if (!beside) return;
    event.preventDefault(); // a press with Shift would open a window
    toggle(beside, true, true);
  });
  // What was done to what is chosen is done: nothing is left to be done twice.
  addEventListener("turbo:submit-end", (event) => {
    const form = event.target as HTMLFormElement;
    const list = form.dataset["choseIn"];
    if (list !== undefined && (event as CustomEvent<{ success?: boolean }>).detail.success) sessionStorage.removeItem(`heliotrope-chosen ${list}`);
  });
  // A form of a conversation is answered by its page: with the list beside it from which it was opened.
  addEventListener("turbo:before-fetch-request", (event) => {
    const { fetchOptions } = (event as CustomEvent<{ fetchOptions: { method?: string; headers: Record<string, string> } }>).detail;
    if (fetchOptions.method?.toLowerCase() !== "get" && location.pathname.startsWith("/conversations/") && location.search) fetchOptions.headers["Heliotrope-List"] = location.search;
  });
  // The menu that was pressed in closes; the focus stays where it was opened.
  addEventListener("turbo:submit-start", (event) => {
    const { submitter } = (event as CustomEvent<{ formSubmission: { submitter?: HTMLElement } }>).detail.formSubmission;
    submitter?.closest("details[data-field]")?.querySelector("summary")?.focus();
  });
}
