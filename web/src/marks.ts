/** A stretch of the words. */
export type Stretch = { at: number; length: number };

/** More marks than these show nobody anything. */
const most = 200;

/** Where stretches are after the words changed; those that were touched are gone. */
export function moved<T extends Stretch>(all: T[], before: string, after: string): T[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const by = after.length - before.length;
  return all.flatMap((each) => (each.at + each.length <= start ? [each] : each.at >= before.length - end ? [{ ...each, at: each.at + by }] : []));
}

/** A stretch that somebody else than the one who draws wants to see marked. */
export type Kept = Stretch & { style: string; words: string };

const keptOf = new WeakMap<HTMLTextAreaElement, Kept[]>();
const drawnOf = new WeakMap<HTMLTextAreaElement, (Stretch & { style: string })[]>();

/** What is marked in a field whatever is drawn; pieces that were changed are theirs no more. */
export const kept = (field: HTMLTextAreaElement): Kept[] => (keptOf.get(field) ?? []).filter(({ at, length, words }) => field.value.slice(at, at + length) === words);

/** Marks these from now on. */
export function keepMarks(field: HTMLTextAreaElement, stretches: Kept[]): void {
  keptOf.set(field, stretches);
  draw(field, drawnOf.get(field) ?? []);
}

/** Draws marks behind a field, where its words are. A field shows nothing but words, so they are written once more, unseen. */
export function draw(field: HTMLTextAreaElement, stretches: (Stretch & { style: string })[]): void {
  const place = behind(field);
  if (!place) return;
  drawnOf.set(field, stretches);
  const shown = [...kept(field), ...stretches].filter((each) => each.length > 0).slice(0, most);
  const bounds = [...new Set(shown.flatMap((each) => [each.at, each.at + each.length]))].sort((a, b) => a - b);
  const pieces: (string | HTMLElement)[] = [];
  let done = 0;
  for (const bound of bounds) {
    const words = field.value.slice(done, bound);
    const styles = shown.filter((each) => each.at <= done && done < each.at + each.length).map((each) => each.style);
    if (styles.length > 0) {
      const mark = document.createElement("mark");
      mark.className = [...new Set(styles)].join(" ");
      mark.textContent = words;
      mark.dataset["at"] = String(done);
      pieces.push(mark);
    } else pieces.push(words);
    done = bound;
  }
  // The last line is one also where nothing stands on it.
  place.replaceChildren(...(shown.length > 0 ? [...pieces, field.value.slice(done) + " "] : []));
  follow(field);
}

/** Keeps what is behind a field where the field is. */
export function follow(field: HTMLTextAreaElement): void {
  const place = behind(field);
  if (!place || place.childNodes.length === 0) return;
  place.style.inlineSize = `${field.clientWidth}px`;
  place.scrollTop = field.scrollTop;
}

/** Selects a stretch and brings it into sight. */
export function select(field: HTMLTextAreaElement, { at, length }: Stretch): void {
  field.focus();
  field.setSelectionRange(at, at + length);
  const mark = behind(field)?.querySelector<HTMLElement>(`[data-at="${at}"]`);
  if (!mark || (mark.offsetTop >= field.scrollTop && mark.offsetTop + mark.offsetHeight <= field.scrollTop + field.clientHeight)) return;
  field.scrollTop = mark.offsetTop - field.clientHeight / 2;
}

/** Puts words in place of others as if they had been typed: they can be undone, and drafts hear of them. Whoever wrote elsewhere goes on there. */
export function replace(field: HTMLTextAreaElement, { at, length }: Stretch, words: string): void {
  const { selectionStart: from, selectionEnd: to } = field;
  const chosen = from === at && to === at + length;
  const top = field.scrollTop;
  field.focus();
  field.setSelectionRange(at, at + length);
  if (!document.execCommand(words ? "insertText" : "delete", false, words)) {
    field.setRangeText(words, at, at + length, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  if (chosen) return;
  const after = (position: number): number => (position <= at ? position : position >= at + length ? position + words.length - length : at + words.length);
  field.setSelectionRange(after(from), after(to));
  field.scrollTop = top;
}

const behind = (field: HTMLTextAreaElement): HTMLElement | null => field.parentElement?.querySelector<HTMLElement>("[data-marks]") ?? null;
