type Doing = "reading" | "writing-reply" | "writing-note";
/** Who else has a conversation open, as the server tells it. */
export type There = { conversation: number; people: { id: string; name: string; face: string; doing: Doing }[] };

const every = 10_000;
const pauses = 20_000;
/** Tells this window from others of the same person. */
const page = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

let typed: { at: number; field: HTMLTextAreaElement } | undefined;
/** What was last told, to take it back once the conversation is left. */
let told: { to: string; words: URLSearchParams; doing: Doing } | undefined;
/** Whom those who listen have heard of, by what they do. */
let heard = new Map<string, Set<Doing>>();

const phrase = (name: string, value: string): string => (document.querySelector<HTMLElement>("#phrases")?.dataset[name] ?? "").replace("{0}", value);
const words: Record<Doing, string> = { reading: "reading", "writing-reply": "writingReply", "writing-note": "writingNote" };

function element(name: string, className: string, text: string): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function face(letters: string): HTMLElement {
  const made = element("span", "face face-team", letters);
  made.ariaHidden = "true";
  return made;
}

/** Says who came and who began to write, each once: not every beat, nor every pause for thought. */
function announce(people: There["people"]): void {
  const place = document.querySelector("#presence-said");
  const now = new Map(people.map((each) => [each.id, new Set([...(heard.get(each.id) ?? []), "reading" as Doing, each.doing])]));
  const fresh = people.filter((each) => !heard.get(each.id)?.has(each.doing));
  heard = now;
  if (place && fresh.length > 0) place.textContent = fresh.map((each) => phrase(words[each.doing], each.name)).join(" ");
}

/** Shows who else is there: beside the composer, and on the rows of the queue. */
export function show({ conversation, people }: There): void {
  const list = document.querySelector<HTMLElement>(`#presence-people[data-conversation="${conversation}"]`);
  if (list) {
    list.hidden = people.length === 0;
    list.replaceChildren(...people.map((each) => {
      const item = document.createElement("li");
      item.dataset["id"] = each.id;
      item.append(face(each.face), element("span", "", phrase(words[each.doing], each.name)));
      return item;
    }));
    announce(people);
  }
  const mark = document.querySelector<HTMLElement>(`[data-there="${conversation}"]`);
  if (!mark) return;
  mark.hidden = people.length === 0;
  mark.replaceChildren(...people.slice(0, 2).map((each) => face(each.face)));
  if (people.length > 0) mark.append(element("span", "vh", phrase("there", people.map((each) => each.name).join(", "))));
}

/** Whoever has not touched a key for a while reads, whatever stands in the field. */
function doing(): Doing {
  if (!typed || !typed.field.isConnected || typed.field.value.trim() === "" || Date.now() - typed.at > pauses) return "reading";
  return typed.field.dataset["write"] === "note" ? "writing-note" : "writing-reply";
}

function leave(): void {
  if (!told) return;
  told.words.set("doing", "gone");
  navigator.sendBeacon(told.to, told.words);
  told = undefined;
}

function beat(): void {
  const form = document.querySelector<HTMLFormElement>("#presence");
  if (!form || document.hidden) return;
  const words = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  words.set("page", page);
  const now = doing();
  words.set("doing", now);
  told = { to: form.action, words, doing: now };
  // Lost ones are made up for by the next; a sign-in page in answer tells us nothing.
  void fetch(form.action, { method: "POST", body: words, redirect: "manual", keepalive: true }).catch(() => undefined);
}

/** Tells what has changed since the last beat: another page, or another thing done. */
function look(): void {
  const form = document.querySelector<HTMLFormElement>("#presence");
  const at = form?.elements.namedItem("conversation");
  const here = at instanceof HTMLInputElement ? at.value : undefined;
  const before = told?.words.get("conversation");
  if (here !== before) {
    const said = document.querySelector("#presence-said");
    if (said) said.textContent = "";
    heard = new Map([...document.querySelectorAll<HTMLElement>("#presence-people > li")].map((each) => [each.dataset["id"] ?? "", new Set<Doing>(["reading"])]));
    if (before !== undefined && here === undefined) return leave();
  } else if (told?.doing === doing()) return;
  beat();
}

/** Lets colleagues see who reads or writes what, so that no customer is answered twice. */
export function presence(): void {
  addEventListener("turbo:load", look);
  addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLTextAreaElement) || !event.target.dataset["write"]) return;
    typed = { at: Date.now(), field: event.target };
    look();
  });
  addEventListener("turbo:submit-end", look);
  document.addEventListener("visibilitychange", () => beat());
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && beat());
  window.setInterval(beat, every);
}
