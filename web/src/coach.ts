import { fields } from "./draft";
import { draw, follow, moved, replace, select } from "./marks";
import { byWhen, items, list, type Coached, type Item, type Offer } from "./remarks";

/** What is known of a form's words. */
type State = {
  text: string;
  lines: Item[];
  language: string;
  /** The line that was walked to, by its key. */
  current: string | undefined;
  timer: number;
  asked: AbortController | undefined;
  away: number;
  told: Set<string>;
  telling: number;
  /** Since when each kind of remark has been in sight. */
  seen: Map<string, number>;
  drawn: string;
  entries: number;
};

/** Shorter than the pause in which the answer is expected, longer than between two letters of a quick writer. */
const pause = 80;
/** A long reply is read less often: so many characters are worth a millisecond. */
const perMillisecond = 200;
/** A server that did not answer is left alone for a while. */
const rest = 5000;
/** Whoever listens hears of new remarks once they have stopped writing; what was in sight for less was not read. */
const calm = 1500;
/** What is longer cannot be sent. */
const longest = 100_000;
const states = new WeakMap<HTMLFormElement, State>();

const forms = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>("form.writing-reply")];
const formOf = (target: EventTarget | null): HTMLFormElement | null => (target instanceof Element ? target.closest<HTMLFormElement>("form.writing-reply") : null);
const box = (form: HTMLFormElement): HTMLElement => form.querySelector<HTMLElement>("[data-coach]")!;
const field = (form: HTMLFormElement): HTMLTextAreaElement => form.querySelector<HTMLTextAreaElement>("textarea[name=text]")!;
const place = (form: HTMLFormElement): HTMLElement => form.querySelector<HTMLElement>("[data-remarks]")!;
const accepted = (form: HTMLFormElement): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("input[type=hidden][name=promises]")];
const plain = (words: string): string => words.split(/\s+/).filter(Boolean).join(" ");

function state(form: HTMLFormElement): State {
  const known = states.get(form) ?? { text: "", lines: [], language: "en", current: undefined, timer: 0, asked: undefined, away: 0, told: new Set(), telling: 0, seen: new Map(), drawn: "", entries: 0 };
  states.set(form, known);
  return known;
}

const lineOf = (form: HTMLFormElement, { key }: Item): HTMLElement | undefined => [...place(form).querySelectorAll<HTMLElement>("[data-line]")].find((each) => each.dataset["line"] === key);
const isTaken = (form: HTMLFormElement, { offer }: Item): boolean => offer !== undefined && accepted(form).some((each) => each.value === offer.text);

/** The line that keys act on: the one that was walked to, else the first that asks for something. */
function current(form: HTMLFormElement): Item | undefined {
  const { lines, current: key } = state(form);
  return lines.find((each) => each.key === key) ?? lines.find((each) => !isTaken(form, each)) ?? lines[0];
}

/** What is said of the reply as a whole marks no word of it. */
const isWide = (form: HTMLFormElement, { length }: Item): boolean => length > 100 && length > field(form).value.length / 2;

function marks(form: HTMLFormElement): void {
  const now = state(form);
  const walked = now.current === undefined ? undefined : current(form);
  draw(field(form), now.lines.filter((each) => each === walked || !isWide(form, each)).map((each) => ({
    at: each.at,
    length: each.length,
    style: (each.remark?.blocks ? "refuses" : each.offer && !each.remark ? "is-promise" : "is-remark") + (each === walked ? " is-current" : ""),
  })));
}

/** Shows the lines as they are now; those that did not change stay as they are, with whatever somebody does there. */
function show(form: HTMLFormElement): void {
  const now = state(form);
  const taken = new Set(accepted(form).map((each) => each.value));
  const drawn = JSON.stringify([now.lines.map(({ key, remark, offer }) => [key, remark?.sentence, remark?.fix, offer?.due, offer?.nineInTen, offer?.of, offer && taken.has(offer.text)])]);
  box(form).hidden = now.lines.length === 0;
  if (drawn !== now.drawn || place(form).childElementCount !== now.lines.length) {
    const held = document.activeElement instanceof HTMLElement && place(form).contains(document.activeElement);
    list(place(form), now.lines, taken);
    now.drawn = drawn;
    if (held) field(form).focus();
  }
  const at = current(form);
  for (const line of place(form).querySelectorAll<HTMLElement>("[data-line]")) line.toggleAttribute("data-current", line.dataset["line"] === at?.key);
  marks(form);
}

/** Keeps with the draft which kinds of remarks were shown. */
function note(form: HTMLFormElement, kinds: string[]): void {
  const shown = form.querySelector<HTMLInputElement>("[data-shown]");
  if (shown) shown.value = [...new Set([...shown.value.split(" ").filter(Boolean), ...kinds])].join(" ");
}

/** Says how many remarks there are, once nobody types any more and only when there is a new one. */
function tell(form: HTMLFormElement): void {
  const now = state(form);
  window.clearTimeout(now.telling);
  now.telling = window.setTimeout(() => {
    note(form, [...now.seen.keys()]);
    const fresh = now.lines.some((each) => !now.told.has(each.key));
    now.told = new Set(now.lines.map((each) => each.key));
    const say = box(form).dataset;
    if (fresh) announce(form, now.lines.length === 1 ? say["one"] ?? "" : (say["many"] ?? "").replace("{0}", String(now.lines.length)));
  }, calm);
}

function announce(form: HTMLFormElement, words: string): void {
  const said = form.querySelector<HTMLElement>("[data-coach-said]");
  if (said) said.textContent = words;
}

/** Drafts hear of what is chosen beside the words as they hear of words. */
const changed = (input: HTMLInputElement): boolean => input.dispatchEvent(new Event("input", { bubbles: true }));

/** What the server said is shown; an accepted promise whose words are gone is no longer one. */
function take(form: HTMLFormElement, coached: Coached): void {
  const now = state(form);
  now.lines = items(coached);
  now.language = coached.language;
  note(form, [...now.seen].filter(([, since]) => Date.now() - since > calm).map(([kind]) => kind));
  now.seen = new Map(coached.remarks.map(({ kind }) => [kind, now.seen.get(kind) ?? Date.now()]));
  const words = plain(now.text);
  for (const each of accepted(form)) if (!words.includes(each.value)) each.remove();
  show(form);
  tell(form);
}

async function ask(form: HTMLFormElement): Promise<void> {
  const now = state(form);
  window.clearTimeout(now.timer);
  now.asked?.abort();
  const text = (now.text = field(form).value);
  if (text.trim() === "" || text.length > longest) return take(form, { language: now.language, remarks: [], promises: [] });
  if (!navigator.onLine || Date.now() < now.away) return;
  const asked = (now.asked = new AbortController());
  const body = fields(form);
  body.set("text", text);
  body.set("scripted", "yes");
  try {
    const answer = await fetch(box(form).dataset["coach"]!, { method: "POST", body, redirect: "manual", signal: asked.signal });
    const coached = answer.ok ? ((await answer.json()) as Coached) : undefined;
    if (coached && field(form).value === text && !asked.signal.aborted) take(form, coached);
  } catch {
    if (!asked.signal.aborted) now.away = Date.now() + rest; // the words matter more than what is said of them
  }
}

function soon(form: HTMLFormElement): void {
  const now = state(form);
  const text = field(form).value;
  now.lines = moved(now.lines, now.text, text);
  now.text = text;
  marks(form);
  window.clearTimeout(now.timer);
  now.timer = window.setTimeout(() => void ask(form), pause + text.length / perMillisecond);
}

/** A form that has come, or came back with other words, is read at once. */
function look(form: HTMLFormElement): void {
  const now = state(form);
  for (const each of form.querySelectorAll<HTMLInputElement>("input[type=checkbox][name=promises]:checked")) accept(form, each.value); // of a page that a button asked for
  const entries = document.querySelectorAll(".entries > li").length; // what they write meanwhile is answered, too
  if (now.text !== field(form).value || place(form).childElementCount !== now.lines.length || (now.text !== "" && now.entries !== entries)) void ask(form);
  now.entries = entries;
}

function accept(form: HTMLFormElement, words: string): HTMLInputElement {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "promises", value: words });
  form.append(input);
  return input;
}

function toggle(form: HTMLFormElement, item: Item, words: string): void {
  const now = state(form);
  const before = accepted(form).find((each) => each.value === words);
  const input = before ?? accept(form, words);
  before?.remove();
  changed(form.querySelector<HTMLInputElement>("[data-shown]") ?? input);
  now.current = item.key; // from here the walk goes on, or the next press would take it back
  show(form);
  announce(form, before ? "" : box(form).dataset["promised"] ?? "");
}

/** Puts a date into a promise: in place of the words that say when, or at its end. */
function put(form: HTMLFormElement, item: Item, offer: Offer, iso: string): void {
  const words = byWhen(iso, state(form).language);
  const place = { at: offer.when.at + item.at - offer.at, length: offer.when.length };
  const begins = /(^|[.!?:]\s|\n)\s*$/.test(field(form).value.slice(0, place.at));
  replace(field(form), place, place.length === 0 ? ` ${words}` : begins ? words[0]!.toUpperCase() + words.slice(1) : words);
}

async function silence(form: HTMLFormElement, kind: string): Promise<void> {
  const now = state(form);
  now.lines = now.lines.filter((each) => each.remark?.kind !== kind);
  now.current = undefined;
  show(form);
  const body = fields(form);
  body.set("scripted", "yes");
  body.set("unwanted", kind);
  await fetch(`${box(form).dataset["coach"]}/not-here`, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
  void ask(form);
}

/** Does something with a line; says whether there was something to do. */
function act(form: HTMLFormElement, item: Item, name: string): boolean {
  const { remark, offer } = item;
  if (remark) note(form, [remark.kind]);
  const date = lineOf(form, item)?.querySelector<HTMLInputElement>("input[type=date]");
  if (name === "take" && offer?.due) toggle(form, item, offer.text);
  else if ((name === "take" || name === "date") && offer?.nineInTen) put(form, item, offer, offer.nineInTen.iso);
  else if (name === "put" && offer && date?.value) put(form, item, offer, date.value);
  else if ((name === "take" || name === "put") && date) date.focus();
  else if (name === "take" && remark && remark.fix !== null) replace(field(form), item, remark.fix);
  else if (name === "not-here" && remark && !remark.blocks) void silence(form, remark.kind);
  else if (name === "show" || name === "take") select(field(form), item);
  else return false;
  return true;
}

/** The form in sight that has something to say. */
const speaking = (): HTMLFormElement | undefined => forms().find((form) => form.offsetParent !== null && state(form).lines.length > 0);

/** Does something with the line that keys act on, while somebody writes. */
export function coachDo(name: string): boolean {
  const form = speaking();
  const item = form?.contains(document.activeElement) ? current(form) : undefined;
  return form !== undefined && item !== undefined && act(form, item, name);
}

/** Walks to another line, and shows its words. */
export function coachStep(by: number): boolean {
  const form = speaking();
  if (!form) return false;
  const now = state(form);
  const at = now.lines.findIndex((each) => each.key === now.current);
  const next = now.lines[at < 0 ? (by > 0 ? 0 : now.lines.length - 1) : (at + by + now.lines.length) % now.lines.length]!;
  now.current = next.key;
  show(form);
  select(field(form), next);
  lineOf(form, next)?.scrollIntoView({ block: "nearest" });
  announce(form, plain(lineOf(form, next)?.querySelector("p")?.textContent ?? ""));
  return true;
}

/** Reads along while a reply is written, and says beside the words what would make it better. */
export function coach(): void {
  addEventListener("input", (event) => {
    const form = event.target instanceof HTMLTextAreaElement ? formOf(event.target) : null;
    if (form) soon(form);
  });
  addEventListener("scroll", (event) => event.target instanceof HTMLTextAreaElement && formOf(event.target) && follow(event.target), true);
  addEventListener("resize", () => forms().forEach((form) => follow(field(form))));
  addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-act]");
    const form = formOf(button);
    const line = button?.closest<HTMLElement>("[data-line]");
    const item = form && line && state(form).lines.find((each) => each.key === line.dataset["line"]);
    if (form && item && button) act(form, item, button.dataset["act"] ?? "");
  });
  addEventListener("keydown", (event) => {
    const day = event.target instanceof HTMLInputElement && event.target.closest("[data-line]") && event.key === "Enter" ? event.target : undefined;
    if (day) day.closest("[data-line]")?.querySelector<HTMLElement>("[data-act=put]")?.click();
  });
  // What has left takes with it what was accepted and shown; what is typed meanwhile is read anew.
  addEventListener("turbo:submit-end", (event) => {
    const { success, formSubmission } = (event as CustomEvent<{ success?: boolean; formSubmission?: { submitter?: HTMLElement } }>).detail;
    const form = formOf(event.target);
    if (!form || !success || formSubmission?.submitter?.hasAttribute("formaction")) return;
    for (const each of accepted(form)) each.remove();
    const shown = form.querySelector<HTMLInputElement>("[data-shown]");
    if (shown) shown.value = "";
    state(form).seen.clear();
    void ask(form);
  });
  for (const come of ["turbo:load", "turbo:render"]) addEventListener(come, () => forms().forEach(look));
}
