import { keep, kept } from "./storage";

/** Words that the server has not taken yet, as this browser keeps them. */
type Kept = { text: string; cc: string; bcc: string; to: string; subject: string; at: number };
/** What is known of a form's words. */
type State = {
  typed: number;
  timer: number;
  pauses: number;
  dirty: boolean;
  /** The last of what is under way for the form; says whether all of it went well. */
  turn: Promise<boolean> | undefined;
  /** The words that are being sent. */
  sent: string | undefined;
  arrived: () => void;
};

const pause = 1000;
const longest = 60_000;
/** Above this browsers refuse to send while the page goes. */
const mostOnLeaving = 60_000;
const names = ["text", "cc", "bcc", "to", "subject"] as const;
const states = new WeakMap<HTMLFormElement, State>();

const forms = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")];
const field = (form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | undefined => {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : undefined;
};
const value = (form: HTMLFormElement, name: string): string => field(form, name)?.value ?? "";
const key = (form: HTMLFormElement): string =>
  ["heliotrope-draft", form.dataset["user"], form.dataset["draft"], value(form, "kind") || value(form, "draft")].join(" ");

function state(form: HTMLFormElement): State {
  const known = states.get(form) ?? { typed: 0, timer: 0, pauses: 0, dirty: false, turn: undefined, sent: undefined, arrived: () => undefined };
  states.set(form, known);
  return known;
}

/**
 * Does one thing after the other for a form: two first saves of a new conversation would make two drafts, and a save that is under
 * way when its words are sent would come after them.
 */
export function inTurn(form: HTMLFormElement, work: () => Promise<boolean>): Promise<boolean> {
  const now = state(form);
  const turn: Promise<boolean> = (now.turn ?? Promise.resolve(true))
    .then(async (well) => (await work()) && well)
    .catch((error) => (reportError(error), false))
    .finally(() => now.turn === turn && (now.turn = undefined));
  return (now.turn = turn);
}

/** Whether a form holds words that the server has not got yet. */
export const isUnsaved = (form: HTMLFormElement): boolean => states.get(form)?.dirty === true;

/** Keeps a form's words on the server now, before something there depends on them. */
export const settle = (form: HTMLFormElement): Promise<boolean> => inTurn(form, () => save(form));

/** What is being kept or uploaded for a form; undefined when nothing is. */
export const underWayFor = (form: HTMLFormElement): Promise<boolean> | undefined => states.get(form)?.turn;

/** Shows one of the form's own phrases about its draft. */
export function say(form: HTMLFormElement, phrase: string): void {
  const place = form.querySelector<HTMLElement>("[data-kept]");
  if (place) place.textContent = phrase && (place.dataset[phrase] ?? "");
}

function keepHere(form: HTMLFormElement, at: number): void {
  const words: Kept = { text: value(form, "text"), cc: value(form, "cc"), bcc: value(form, "bcc"), to: value(form, "to"), subject: value(form, "subject"), at };
  keep(key(form), (words.text + words.to + words.subject).trim() ? JSON.stringify(words) : null);
}

/** The fields of a form without its files, with how long ago they were typed. */
export function fields(form: HTMLFormElement): URLSearchParams {
  const all = new URLSearchParams();
  for (const [name, each] of new FormData(form)) if (typeof each === "string") all.append(name, each);
  all.set("age", String(Math.max(0, Date.now() - state(form).typed)));
  return all;
}

/** The page goes on with the draft that the server made. */
export function became(form: HTMLFormElement, draft: string | undefined): void {
  const id = field(form, "draft");
  if (!id || !draft || draft === "0" || id.value === draft) return;
  keep(key(form), null);
  id.value = draft;
  address();
}

/** A new conversation's address names its draft, also after a renewal that began before there was one. */
function address(): void {
  const draft = document.querySelector<HTMLInputElement>("form[data-draft] input[name=draft]")?.value;
  const here = new URL(location.href);
  if (!draft || here.searchParams.get("draft") === draft) return;
  here.search = `?draft=${draft}`;
  history.replaceState(history.state, "", here);
}

function saveIn(form: HTMLFormElement, milliseconds: number): void {
  const now = state(form);
  window.clearTimeout(now.timer);
  now.timer = window.setTimeout(() => void inTurn(form, () => save(form)), milliseconds);
}

/** Whatever becomes of it, what comes next may go on: the words are still here. */
async function save(form: HTMLFormElement, leaving = false): Promise<true> {
  const now = state(form);
  window.clearTimeout(now.timer);
  const url = form.dataset["draft"];
  if (!now.dirty || !url) return true;
  const { typed } = now;
  const body = fields(form);
  const here = key(form);
  const again = (): void => {
    say(form, "wordsNot");
    saveIn(form, Math.min(longest, 2000 * 2 ** now.pauses++));
  };
  try {
    const answer = await fetch(url, { method: "POST", body, redirect: "manual", keepalive: leaving && String(body).length < mostOnLeaving });
    const told = answer.headers.get("Content-Type")?.includes("json") ? ((await answer.json()) as { draft?: number; code?: string }) : {};
    if (answer.ok && !told.code) {
      became(form, told.draft?.toString());
      if (now.typed === typed) {
        now.dirty = false;
        keep(here, null);
        say(form, told.draft ? "wordsKept" : "");
      }
      now.pauses = 0;
    } else if (told.code === "draft.newer" || told.code === "draft.sent") {
      now.dirty = now.typed !== typed;
      keep(here, null);
      say(form, told.code === "draft.newer" ? "wordsNewer" : "");
    } else again();
  } catch {
    again();
  }
  return true;
}

function onInput(event: Event): void {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-draft]");
  if (!form || (event.target as HTMLInputElement).type === "file") return;
  const now = state(form);
  now.typed = Date.now();
  now.dirty = true;
  now.pauses = 0;
  say(form, "");
  keepHere(form, now.typed);
  saveIn(form, pause);
}

/** The page may go at any moment, so nothing is waited for; what is being sent needs no keeping, nor a new conversation two drafts. */
function flush(): void {
  for (const form of forms()) {
    if (state(form).sent !== undefined) continue;
    if (!underWayFor(form)) void inTurn(form, () => save(form, true));
    else if (field(form, "draft")?.value !== "") void save(form, true);
  }
}

/** Takes out of a form what has been sent. What was typed meanwhile stays, and is kept from now on; says whether there is any. */
export function done(form: HTMLFormElement): boolean {
  const now = state(form);
  const text = field(form, "text");
  const rest = now.sent !== undefined && text?.value.startsWith(now.sent) ? text.value.slice(now.sent.length).trimStart() : value(form, "text");
  now.dirty = false;
  keep(key(form), null);
  say(form, "");
  if (text) text.value = rest;
  if (rest) text?.dispatchEvent(new Event("input", { bubbles: true }));
  return rest !== "";
}

/** Words that only this browser has are offered, never put over others. */
function offer(form: HTMLFormElement): void {
  const stored = kept(key(form));
  const place = form.querySelector<HTMLElement>("[data-offer]");
  if (!stored || !place || state(form).dirty) return;
  const words = JSON.parse(stored) as Kept;
  if (words.at <= Number(form.dataset["at"] ?? 0) || names.every((name) => (words[name] ?? "") === value(form, name))) return keep(key(form), null);
  place.hidden = false;
  place.querySelector<HTMLElement>("[data-take]")!.onclick = () => {
    for (const name of names) {
      const each = field(form, name);
      if (each) each.value = words[name] ?? "";
    }
    place.hidden = true;
    field(form, "text")?.dispatchEvent(new Event("input", { bubbles: true }));
    field(form, "text")?.focus();
  };
  place.querySelector<HTMLElement>("[data-drop]")!.onclick = () => {
    place.hidden = true;
    keep(key(form), null);
  };
}

/** The form of a new conversation goes away with its answer, so nothing more is typed into it meanwhile. */
function hold(form: HTMLFormElement, held: boolean): void {
  if (field(form, "draft")) for (const name of names) field(form, name)?.toggleAttribute("readonly", held);
}

/** Keeps what is being written on the server as it is written, and in this browser for as long as the server cannot. */
export function draft(): void {
  addEventListener("input", onInput);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  addEventListener("turbo:before-visit", flush);
  addEventListener("online", () => forms().forEach((form) => saveIn(form, 0)));
  // Turbo lets nobody hear of the submit event itself.
  addEventListener("turbo:submit-start", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.dataset["draft"]) return;
    const now = state(form);
    window.clearTimeout(now.timer);
    now.sent = value(form, "text");
    hold(form, true);
    void inTurn(form, () => new Promise((arrived) => (now.arrived = () => arrived(true))));
  });
  addEventListener("turbo:submit-end", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.dataset["draft"]) return;
    const now = state(form);
    now.sent = undefined;
    hold(form, false);
    now.arrived();
    // What could not be sent goes on being a draft.
    if (!(event as CustomEvent<{ success?: boolean }>).detail.success) saveIn(form, 0);
  });
  addEventListener("turbo:load", () => forms().forEach(offer));
  for (const shown of ["turbo:load", "turbo:render"]) addEventListener(shown, address);
}
