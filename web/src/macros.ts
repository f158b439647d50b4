import { teach } from "./commands";
import { complete, type Choice } from "./complete";
import { keepMarks, moved, replace, type Kept, type Stretch } from "./marks";

type Piece = Stretch & { field: string; source: string; missing: boolean; fallback: boolean };
export type Used = { id: number; name: string; text: string; pieces: Piece[]; acts: string[] };
/** A piece in the words, with where it came from. */
type Filled = Kept & { source: string; missing: boolean };

const menu = () => document.querySelector<HTMLDetailsElement>("details[data-macro]");
const reply = () => document.querySelector<HTMLTextAreaElement>("[data-composer] [data-write=reply]");
const box = (field: HTMLTextAreaElement) => field.form?.querySelector<HTMLElement>("[data-macro-box]") ?? null;
const filled = new WeakMap<HTMLTextAreaElement, { text: string; pieces: Filled[] }>();

/** Opens the menu of macros, where the search waits for words. */
function chooseMacro(): unknown {
  const it = menu();
  if (!it || it.offsetParent === null) return false;
  it.open = true;
  return it.querySelector<HTMLInputElement>("[data-macro-find]")?.focus();
}

/** What was filled in is told below the words, and marked in them. */
function tell(field: HTMLTextAreaElement): void {
  const place = box(field)?.querySelector<HTMLElement>("[data-filled]");
  const now = filled.get(field);
  if (!place || !now) return;
  now.pieces = now.pieces.filter(({ at, length, words }) => field.value.slice(at, at + length) === words);
  keepMarks(field, now.pieces);
  const say = box(field)!.dataset;
  place.hidden = now.pieces.length === 0;
  place.replaceChildren(say["wordsFilled"] ?? "", ...now.pieces.flatMap(({ words, source, missing }) => {
    const piece = document.createElement("span");
    piece.className = missing ? "piece is-missing" : "piece";
    const strong = document.createElement("b");
    strong.textContent = missing ? (say["wordsMissing"] ?? "").replace("{0}", source) : words || "–";
    piece.append(strong, missing ? "" : ` ${source}`);
    return [" ", piece];
  }));
}

/** Says so until somebody writes on. */
function notPutIn(field: HTMLTextAreaElement): void {
  const place = box(field)?.querySelector<HTMLElement>("[data-filled]");
  if (!place) return;
  place.hidden = false;
  place.textContent = box(field)!.dataset["wordsNot"] ?? "";
}

/** Notes that a macro is in the words: what it does happens along with the sending. */
function note(field: HTMLTextAreaElement, used: Used): void {
  const list = box(field)?.querySelector<HTMLElement>("[data-macro-list]");
  if (!list || list.querySelector(`[data-macro-used="${used.id}"]`)) return;
  const say = box(field)!.dataset;
  const item = document.createElement("li");
  item.dataset["macroUsed"] = String(used.id);
  const input = document.createElement("input");
  [input.type, input.name, input.value] = ["hidden", "macros", String(used.id)];
  const name = document.createElement("b");
  name.textContent = used.name;
  const acts = document.createElement("span");
  acts.textContent = used.acts.length > 0 ? ` ${say["wordsWith"]} ${used.acts.join(" · ")} ` : " ";
  const drop = document.createElement("button");
  [drop.type, drop.className, drop.dataset["macroDrop"]] = ["button", "button plain only-icon", ""];
  drop.ariaLabel = (say["wordsDrop"] ?? "").replace("{0}", used.name);
  drop.textContent = "×";
  item.append(input, name, acts, drop);
  list.append(item);
  field.dispatchEvent(new Event("input", { bubbles: true })); // kept with the draft
}

async function take(field: HTMLTextAreaElement, id: string, stretch: Stretch): Promise<void> {
  const place = box(field)?.dataset["fill"];
  const answer = await fetch(`${place}${id}/fill`, { headers: { Accept: "application/json" } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return notPutIn(field); // gone, signed out, or the server is away
  const used = (await answer.json()) as Used;
  const now = reply(); // the page may have been renewed meanwhile
  if (!now || box(now)?.dataset["fill"] !== place) return; // by now another conversation is open
  field = now;
  fillIn(field, used, stretch);
  note(field, used);
  tell(field);
}

/** Puts filled words into a reply, and shows what was filled in. */
export function fillIn(field: HTMLTextAreaElement, used: Used, stretch: Stretch): void {
  replace(field, stretch, used.text);
  field.setSelectionRange(stretch.at + used.text.length, stretch.at + used.text.length);
  const now = filled.get(field) ?? { text: field.value, pieces: [] };
  const pieces = used.pieces.map(({ at, length, source, missing }) => ({
    at: at + stretch.at, length, source, missing, words: used.text.slice(at, at + length), style: missing ? "is-missing" : "is-filled",
  }));
  filled.set(field, { text: field.value, pieces: [...now.pieces, ...pieces].sort((a, b) => a.at - b.at) });
  tell(field);
}

const choices = (): Choice[] => [...document.querySelectorAll<HTMLElement>("[data-macro-id]")].map((each) => ({ id: each.dataset["macroId"] ?? "", name: each.textContent?.trim() ?? "" }));

/** Puts macros into a reply, from their menu and by their first letters. */
export function macros(): void {
  teach("macro", chooseMacro);
  complete({
    fields: "textarea[data-macros]",
    trigger: /(?:^|\s)([;/](?<words>[\p{L}\p{N}][\p{L}\p{N} -]{0,30}|))$/u,
    choices: () => Promise.resolve(choices()),
    take: (field, choice, stretch) => {
      void take(field, choice.id, stretch);
      return null;
    },
  });
  addEventListener("input", (event) => {
    const target = event.target as HTMLElement;
    if (target.matches("[data-macro-find]")) {
      const wanted = (target as HTMLInputElement).value.toLowerCase();
      for (const each of document.querySelectorAll<HTMLElement>("[data-macro-id]")) each.parentElement!.hidden = !each.textContent?.toLowerCase().includes(wanted);
    }
    if (!(target instanceof HTMLTextAreaElement)) return;
    const now = filled.get(target);
    if (!now) return void box(target)?.querySelector("[data-filled]")?.toggleAttribute("hidden", true);
    filled.set(target, { text: target.value, pieces: moved(now.pieces, now.text, target.value) });
    tell(target);
  });
  // From the search the first one that is left is taken.
  addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches("[data-macro-find]") || !["Enter", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const first = [...document.querySelectorAll<HTMLElement>("[data-macro-id]")].find((each) => !each.parentElement!.hidden);
    if (event.key === "Enter") first?.click();
    else first?.focus();
  });
  addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-macro-id]");
    const field = reply();
    if (button && field) {
      event.preventDefault();
      const it = menu();
      if (it) it.open = false;
      field.focus();
      return void take(field, button.dataset["macroId"] ?? "", { at: field.selectionStart, length: field.selectionEnd - field.selectionStart });
    }
    const used = (event.target as Element).closest("[data-macro-drop]")?.closest("[data-macro-used]");
    if (!used) return;
    used.remove();
    field?.dispatchEvent(new Event("input", { bubbles: true }));
    field?.focus();
  });
}
