/** Words that the server has not taken yet, as this browser keeps them. */
type Kept = { text: string; cc: string; bcc: string; to: string; subject: string; at: number };
/** What is known of a form's words. */
type State = { typed: number; timer: number; pauses: number; saving: AbortController | undefined; dirty: boolean };

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
  const known = states.get(form) ?? { typed: 0, timer: 0, pauses: 0, saving: undefined, dirty: false };
  states.set(form, known);
  return known;
}

/** Shows one of the form's own phrases about its draft. */
function say(form: HTMLFormElement, phrase: "wordsKept" | "wordsNot" | "wordsNewer" | ""): void {
  const place = form.querySelector<HTMLElement>("[data-kept]");
  if (place) place.textContent = phrase ? place.dataset[phrase] ?? "" : "";
}

function keepHere(form: HTMLFormElement, at: number): void {
  const kept: Kept = { text: value(form, "text"), cc: value(form, "cc"), bcc: value(form, "bcc"), to: value(form, "to"), subject: value(form, "subject"), at };
  try {
    if ((kept.text + kept.to + kept.subject).trim()) localStorage.setItem(key(form), JSON.stringify(kept));
    else localStorage.removeItem(key(form));
  } catch {
    // A browser that keeps nothing; the words stay in the page.
  }
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
  localStorage.removeItem(key(form));
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

function later(form: HTMLFormElement): void {
  const now = state(form);
  window.clearTimeout(now.timer);
  now.timer = window.setTimeout(() => void save(form), Math.min(longest, 2000 * 2 ** now.pauses++));
}

async function save(form: HTMLFormElement, leaving = false): Promise<void> {
  const now = state(form);
  window.clearTimeout(now.timer);
  const url = form.dataset["draft"];
  if (!now.dirty || !url) return;
  // Two first saves of a new conversation would make two drafts; this browser keeps the rest.
  if (now.saving && leaving && field(form, "draft")?.value === "") return;
  if (now.saving && !leaving) return void (now.timer = window.setTimeout(() => void save(form), pause));
  const control = (now.saving = new AbortController());
  const typed = now.typed;
  const body = fields(form);
  const kept = key(form);
  try {
    const answer = await fetch(url, { method: "POST", body, redirect: "manual", signal: control.signal, keepalive: leaving && String(body).length < mostOnLeaving });
    const told = answer.headers.get("Content-Type")?.includes("json") ? ((await answer.json()) as { draft?: number; code?: string }) : {};
    if (answer.ok && !told.code) {
      became(form, told.draft?.toString());
      if (now.typed === typed) {
        now.dirty = false;
        localStorage.removeItem(kept);
        say(form, told.draft ? "wordsKept" : "");
      }
      now.pauses = 0;
    } else if (told.code === "draft.newer" || told.code === "draft.sent") {
      now.dirty = now.typed !== typed;
      localStorage.removeItem(kept);
      say(form, told.code === "draft.newer" ? "wordsNewer" : "");
    } else {
      say(form, "wordsNot");
      later(form);
    }
  } catch {
    if (control.signal.aborted) return;
    say(form, "wordsNot");
    later(form);
  } finally {
    if (now.saving === control) now.saving = undefined;
  }
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
  window.clearTimeout(now.timer);
  now.timer = window.setTimeout(() => void save(form), pause);
}

const flush = (): void => forms().forEach((form) => void save(form, true));

/** What is sent needs no keeping; a save under way would come after it. */
function sent(form: HTMLFormElement): void {
  const now = state(form);
  window.clearTimeout(now.timer);
  now.saving?.abort();
  now.saving = undefined;
}

/** Forgets a form's words once they have been sent. */
export function done(form: HTMLFormElement): void {
  const now = state(form);
  now.dirty = false;
  localStorage.removeItem(key(form));
  say(form, "");
}

/** Words that only this browser has are offered, never put over others. */
function offer(form: HTMLFormElement): void {
  const stored = localStorage.getItem(key(form));
  const place = form.querySelector<HTMLElement>("[data-offer]");
  if (!stored || !place || state(form).dirty) return;
  const kept = JSON.parse(stored) as Kept;
  if (kept.at <= Number(form.dataset["at"] ?? 0) || names.every((name) => (kept[name] ?? "") === value(form, name))) return localStorage.removeItem(key(form));
  place.hidden = false;
  place.querySelector<HTMLElement>("[data-take]")!.onclick = () => {
    for (const name of names) {
      const each = field(form, name);
      if (each) each.value = kept[name] ?? "";
    }
    place.hidden = true;
    field(form, "text")?.dispatchEvent(new Event("input", { bubbles: true }));
    field(form, "text")?.focus();
  };
  place.querySelector<HTMLElement>("[data-drop]")!.onclick = () => {
    place.hidden = true;
    localStorage.removeItem(key(form));
  };
}

/** Keeps what is being written on the server as it is written, and in this browser for as long as the server cannot. */
export function draft(): void {
  addEventListener("input", onInput);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  addEventListener("turbo:before-visit", flush);
  addEventListener("online", () => forms().forEach((form) => void save(form)));
  addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.dataset["draft"] && !(event.submitter as HTMLElement | null)?.hasAttribute("formaction")) sent(form);
  });
  addEventListener("turbo:submit-end", (event) => {
    const form = event.target as HTMLFormElement;
    // What could not be sent goes on being a draft.
    if (form.dataset["draft"] && !(event as CustomEvent<{ success?: boolean }>).detail.success) void save(form);
  });
  addEventListener("turbo:load", () => forms().forEach(offer));
  for (const shown of ["turbo:load", "turbo:render"]) addEventListener(shown, address);
}
