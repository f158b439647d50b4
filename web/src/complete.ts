import { replace } from "./marks";

/** Something to choose. */
export type Choice = { id: string; name: string };
/** Where completing happens, when, and what comes of it. */
type Completing = {
  fields: string;
  /** Matches the words before the cursor; its first group is what gives way, and `words` what is looked for. */
  trigger: RegExp;
  choices: (field: HTMLTextAreaElement) => Promise<Choice[]>;
  /** The words that are put there; null when whoever takes it puts them there. */
  take: (field: HTMLTextAreaElement, choice: Choice, at: { at: number; length: number }) => string | null;
};
type Open = { field: HTMLTextAreaElement; list: HTMLElement; found: Choice[]; current: number; at: number; length: number; by: Completing };

const most = 8;
const fold = (words: string): string => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let open: Open | undefined;
let asked = 0;

function close(): void {
  asked++;
  if (!open) return;
  open.list.remove();
  open.field.removeAttribute("aria-controls");
  open.field.removeAttribute("aria-activedescendant");
  open = undefined;
}

/** What begins with the words comes first, then what has a word that does. */
function find(all: Choice[], words: string): Choice[] {
  const wanted = fold(words);
  const rank = (name: string): number => (fold(name).startsWith(wanted) ? 0 : fold(name).split(/[\s-]+/).some((each) => each.startsWith(wanted)) ? 1 : 2);
  return all.filter(({ name }) => rank(name) < 2).sort((a, b) => rank(a.name) - rank(b.name)).slice(0, most);
}

function show(): void {
  if (!open) return;
  const { field, list, found, current } = open;
  list.replaceChildren(...found.map(({ name }, i) => {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `choice-${i}`;
    option.ariaSelected = String(i === current);
    option.textContent = name;
    option.dataset["choice"] = String(i);
    return option;
  }));
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-activedescendant", `choice-${current}`);
  list.children[current]?.scrollIntoView({ block: "nearest" });
}

async function look(by: Completing, field: HTMLTextAreaElement): Promise<void> {
  const cursor = field.selectionStart;
  const match = cursor === field.selectionEnd ? by.trigger.exec(field.value.slice(Math.max(0, cursor - 100), cursor)) : null;
  if (!match) return close();
  const turn = ++asked;
  const all = await by.choices(field);
  if (turn !== asked || document.activeElement !== field || field.selectionStart !== cursor) return;
  const found = find(all, match.groups?.["words"] ?? "");
  if (found.length === 0) return close();
  const length = (match[1] ?? "").length;
  if (open?.field !== field) {
    close();
    asked = turn;
    const list = document.createElement("ul");
    list.id = "offered";
    list.role = "listbox";
    list.className = "offered";
    list.ariaLabel = field.dataset["wordsChoose"] ?? "";
    field.closest("form")?.append(list);
    field.setAttribute("aria-autocomplete", "list");
    open = { field, list, found, current: 0, at: cursor - length, length, by };
  } else open = { ...open, found, current: 0, at: cursor - length, length, by };
  show();
}

function take(choice: Choice | undefined): void {
  if (!open || !choice) return;
  const { field, by, at, length } = open;
  close();
  const words = by.take(field, choice, { at, length });
  if (words === null) return;
  replace(field, { at, length }, words);
  field.setSelectionRange(at + words.length, at + words.length);
}

function onKey(event: KeyboardEvent): void {
  if (!open || event.target !== open.field || event.isComposing) return;
  const { found, current } = open;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    open.current = (current + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
    show();
  } else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(found[current]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

let listening = false;

/** Completes words in fields: a list comes up under them, and what is chosen takes their place. */
export function complete(by: Completing): void {
  addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement && event.target.matches(by.fields)) void look(by, event.target);
  });
  if (listening) return;
  listening = true;
  addEventListener("keydown", onKey, true);
  addEventListener("focusout", () => window.setTimeout(() => open && document.activeElement !== open.field && close()));
  addEventListener("turbo:before-render", close);
  // The field keeps the cursor.
  addEventListener("mousedown", (event) => (event.target as Element).closest(".offered") && event.preventDefault());
  addEventListener("click", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[data-choice]");
    if (option) take(open?.found[Number(option.dataset["choice"])]);
  });
}
