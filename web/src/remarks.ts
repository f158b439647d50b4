import type { Stretch } from "./marks";

type Due = { words: string; iso: string };
export type Remark = Stretch & { kind: string; sentence: string; fix: string | null; fixLabel: string | null; blocks: boolean };
export type Offer = Stretch & { text: string; due: Due | null; kept: number; of: number; nineInTen: Due | null; when: Stretch };
/** What the server says of the words. */
export type Coached = { language: string; remarks: Remark[]; promises: Offer[] };
/** One line of the list: a remark, a promise, or a promise with the remark that its date is missing. */
export type Item = Stretch & { key: string; remark?: Remark | undefined; offer?: Offer | undefined };

const meet = (a: Stretch, b: Stretch): boolean => a.at < b.at + b.length && b.at < a.at + a.length;

/** The lines of the list, in the order of their words. */
export function items(coached: Coached): Item[] {
  const dates = coached.remarks.filter((each) => each.kind === "promise-date");
  const offers = coached.promises.map((offer): Item => {
    const remark = offer.due ? undefined : dates.find((each) => meet(each, offer));
    return { at: offer.at, length: offer.length, key: `promise ${offer.text}`, offer, remark };
  });
  const told = new Set(offers.map((each) => each.remark));
  const rest = coached.remarks.filter((each) => !told.has(each)).map((remark): Item => ({ at: remark.at, length: remark.length, key: `${remark.kind} ${remark.sentence}`, remark }));
  const seen = new Map<string, number>();
  return [...rest, ...offers].sort((a, b) => a.at - b.at).map((each) => {
    const before = seen.get(each.key) ?? 0;
    seen.set(each.key, before + 1);
    return before > 0 ? { ...each, key: `${each.key} ${before}` } : each;
  });
}

const filled = (words: string | undefined, ...values: (string | number)[]): string => (words ?? "").replace(/\{(\d)\}/g, (_, hole: string) => String(values[Number(hole)] ?? ""));

function element(name: string, className: string, ...inside: (string | Node)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

/** A button that does something with the line it is on; its key is shown where the keys are. */
function act(name: string, words: string, key: string, soft = false): HTMLElement {
  const made = element("button", soft ? "act soft" : "act", words);
  (made as HTMLButtonElement).type = "button";
  made.dataset["act"] = name;
  if (key) made.append(element("kbd", "", key));
  return made;
}

/** Draws the list. */
export function list(place: HTMLElement, lines: Item[], accepted: Set<string>): void {
  const box = place.closest<HTMLElement>("[data-coach]")!;
  const say = box.dataset;
  const alt = (key: string): string => `${say["alt"]} ${key}`;
  place.replaceChildren(...lines.map((item, index) => {
    const { remark, offer } = item;
    const line = element("li", remark?.blocks ? "advice refuses" : offer ? "advice is-promise" : "advice");
    line.dataset["line"] = item.key;
    const sentence = element("p", "");
    if (item.length > 0) {
      const words = act("show", remark?.sentence ?? `“${short(offer?.text ?? "")}”`, "");
      words.className = "shows";
      words.title = say["show"] ?? "";
      if (offer?.due) sentence.append(element("b", "", filled(say["due"], offer.due.words)), " ");
      sentence.append(words);
    } else sentence.append(remark?.sentence ?? "");
    line.append(sentence);
    const acts = element("p", "acts");
    if (offer) {
      const taken = offer.due !== null && accepted.has(offer.text);
      const why = [offer.of > 0 && filled(say["record"], offer.kept, offer.of), offer.nineInTen && !taken && filled(say["nine"], offer.nineInTen.words)].filter(Boolean).join(" ");
      if (why) line.append(element("p", "why", why));
      if (taken) {
        line.classList.add("taken");
        acts.append(element("span", "done", say["promised"] ?? ""), act("take", say["takeBack"] ?? "", "", true));
      } else if (offer.due) acts.append(act("take", say["promise"] ?? "", alt("↵")));
      if (offer.nineInTen && !taken) acts.append(act("date", say["use"] ?? "", alt(offer.due ? "W" : "↵")));
    } else if (remark?.fix !== null && remark?.fixLabel) acts.append(act("take", remark.fixLabel, alt("↵")));
    if (remark && !remark.blocks) acts.append(act("not-here", say["notHere"] ?? "", alt("⇧ ↵"), true));
    if (offer && !offer.due) acts.append(day(say["day"] ?? "", index), act("put", say["put"] ?? "", ""));
    if (acts.childNodes.length > 0) line.append(acts);
    return line;
  }));
}

function day(words: string, index: number): HTMLElement {
  const input = document.createElement("input");
  input.type = "date";
  input.className = "input";
  input.id = `coach-day-${index}`;
  const now = new Date();
  input.min = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const label = element("label", "day", words, " ", input);
  return label;
}

const short = (words: string): string => (words.length <= 60 ? words : `${words.slice(0, 59).trimEnd()}…`);

/** By when, as it is put into the words of a promise, in their language. */
export function byWhen(iso: string, language: string): string {
  const [date, time] = iso.split("T");
  const at = new Date(`${date}T00:00:00Z`);
  const named = new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(at);
  if (language === "de") return `bis ${named}${time ? `, ${time} Uhr` : ""}`;
  return time ? `by ${time} on ${named}` : `by ${named}`;
}
