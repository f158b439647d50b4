import * as Turbo from "@hotwired/turbo";
import { askBell, type Bell, sayAloud, showBell } from "./bell";
import { show, type There } from "./presence";

/** What happened on the server: these conversations changed, something within them that no list shows, or anything may have. */
type News = { conversations?: number[] | null; within?: number[] | null; all?: boolean | null; spread?: number | null; mark?: string | null };
/** What the tab with the stream tells the others. */
type Word = { news: News } | { lost: boolean } | { there: There } | { signedOut: true } | { bell: Bell };

// The published types leave these out. Turbo's own refresh() only asks for this one a moment later: whether a visit began could not be seen.
const session = Turbo.session as typeof Turbo.session & { debouncedRefresh(address: string): void; navigator: { stop(): void } };
const channel = new BroadcastChannel("heliotrope-live");
const pause = 1000;
let last = -pause;
let waiting: { timer: number; due: number } | undefined;
let calm: number | undefined;
let stale = false;
let started = false;
let sending = 0;
let missed = false;
/** What was heard last: a page that was made before it, and comes after it, has to hear it again. */
let lately: News[] = [];
const mostLately = 100;

/**
 * In how many milliseconds the page is to be renewed, or never; its data-live says what it shows. The conversation that somebody
 * looks at is renewed at once; where only a list has changed, a hundred desks need not ask in the same moment.
 */
export function when(news: News, shows: string): number | undefined {
  const topics = shows.split(" ").filter((topic) => topic && topic !== "bell");
  const open = topics.filter((topic) => topic.startsWith("conversation:")).map((topic) => Number(topic.slice(13)));
  if ([...(news.conversations ?? []), ...(news.within ?? [])].some((number) => open.includes(number))) return 0;
  const concerned = topics.includes("all") || (news.all ? topics.length > 0 : topics.includes("inbox") && (news.conversations ?? []).length > 0);
  return concerned ? Math.random() * (news.spread ?? 0) : undefined;
}

/** Renews the page, at most once a second; a page nobody sees waits until somebody does. */
function renew(delay = 0): void {
  stale ||= document.hidden;
  const due = Math.max(performance.now() + delay, last + pause);
  if (document.hidden || (waiting && waiting.due <= due)) return;
  window.clearTimeout(waiting?.timer);
  const timer = window.setTimeout(() => {
    waiting = undefined;
    last = performance.now();
    stale = started = false;
    // A form that is being sent would be called back, and its answer lost; a refusal would vanish before it is read.
    if (!sending && !document.querySelector("main [role=alert], main .wrong")) session.debouncedRefresh(document.baseURI);
    // Turbo lets a visit that is under way win; then the news comes after it.
    if (!started && document.querySelector("main[data-live]")) renew(); // a page that is gone asks no more
  }, Math.max(0, due - performance.now()));
  waiting = { timer, due };
}

function hear(word: Word): void {
  if ("lost" in word) tell(word.lost);
  else if ("there" in word) show(word.there);
  else if ("bell" in word) ring(word.bell);
  else if ("signedOut" in word) isWritten() ? say("signedOut") : renew();
  else {
    if (word.news.mark) lately = [...lately, word.news].slice(-mostLately);
    consider(word.news);
  }
}

function consider(news: News): void {
  const delay = when(news, document.querySelector<HTMLElement>("main")?.dataset["live"] ?? "");
  if (delay !== undefined) renew(delay);
}

/** The page that has just come may be older than what was heard while it was on its way: a mark is a process and how far its news had come. */
function hearAgain(): void {
  const [maker, made] = document.querySelector<HTMLElement>("main")?.dataset["mark"]?.split("-") ?? [];
  if (!maker) return;
  const ofMaker = (news: News): boolean => news.mark?.split("-")[0] === maker;
  const lacking = lately.filter((news) => !ofMaker(news) || Number(news.mark?.split("-")[1]) > Number(made));
  lately = lately.filter(ofMaker); // how another process counts says nothing here: once is enough
  lacking.forEach(consider);
}

/** Shows the bell as it stands, and renews the list of what it told. */
function ring(bell: Bell): void {
  showBell(bell);
  if (document.querySelector<HTMLElement>("main")?.dataset["live"] === "bell") renew();
}

function tell(lost: boolean): void {
  if (lost) say("offline");
  else if (document.querySelector("#live")?.textContent) {
    say("back");
    calm = window.setTimeout(() => say(""), 4000);
  }
}

/** Shows one of the phrases that the page brought along. */
function say(phrase: string): void {
  window.clearTimeout(calm);
  const place = document.querySelector("#live");
  if (place) place.textContent = document.querySelector<HTMLElement>("#phrases")?.dataset[phrase] ?? "";
}

/** Ends a visit that cannot be shown, so that the next one is let through. */
function stop(event: Event): void {
  event.preventDefault();
  if (event.target !== document.documentElement) return;
  session.navigator.stop();
  document.documentElement.removeAttribute("aria-busy");
}

const isWritten = (): boolean => [...document.querySelectorAll("textarea")].some((field) => field.value.trim() !== "");

/** Tells every tab of this browser, this one included. */
function spread(word: Word): void {
  channel.postMessage(word);
  hear(word);
}

/** Longer than the server is ever silent. */
const silence = 40_000;

/** Why the server gave no stream: it wants a sign-in, or it is not well. */
async function refused(): Promise<Word> {
  const stop = new AbortController();
  try {
    const answer = await fetch("/live", { signal: stop.signal });
    return answer.status === 401 ? { signedOut: true } : { lost: true };
  } catch {
    return { lost: true };
  } finally {
    stop.abort();
  }
}

/** Opens the stream until told to stop. The server says at once whether anything happened since the page was made. */
function listen(stop: AbortSignal): void {
  let tries = 0;
  let heard = 0;
  // Of a stream that broke nobody knows what all the windows have missed.
  let since = document.querySelector<HTMLElement>("main")?.dataset["mark"] ?? "";
  let again: number | undefined;
  let source: EventSource | undefined;
  const open = (): void => {
    window.clearTimeout(again);
    source?.close();
    if (stop.aborted) return;
    heard = Date.now();
    const stream = (source = new EventSource(`/live?since=${since}`));
    since = "";
    stream.onopen = () => {
      tries = 0;
      heard = Date.now();
      spread({ lost: false });
    };
    stream.onmessage = (event) => {
      heard = Date.now();
      spread({ news: JSON.parse(String(event.data)) as News });
    };
    stream.addEventListener("presence", (event) => {
      heard = Date.now();
      spread({ there: JSON.parse(String((event as MessageEvent).data)) as There });
    });
    stream.addEventListener("bell", () => {
      heard = Date.now();
      void askBell().then((bell) => {
        if (!bell || stop.aborted) return;
        spread({ bell });
        sayAloud(bell);
      });
    });
    stream.addEventListener("heartbeat", () => (heard = Date.now()));
    stream.onerror = () => {
      if (stop.aborted || stream !== source) return;
      heard = Date.now();
      // The browser tries by itself while nobody answers; an answer that is no stream is asked for less and less often.
      if (stream.readyState !== EventSource.CLOSED) return spread({ lost: true });
      again = window.setTimeout(open, Math.min(60_000, 1000 * 2 ** tries++));
      void refused().then((word) => stream === source && !stop.aborted && spread(word)); // a stream that was opened meanwhile knows better
    };
  };
  const reopen = (): void => {
    tries = 0;
    open();
  };
  // After a sleep the line may be dead without anybody having said so.
  const watch = window.setInterval(() => source?.readyState === EventSource.OPEN && Date.now() - heard > silence && reopen(), 5000);
  stop.addEventListener("abort", () => {
    window.clearInterval(watch);
    window.clearTimeout(again);
    source?.close();
  }, { once: true });
  addEventListener("online", reopen, { signal: stop });
  addEventListener("offline", () => spread({ lost: true }), { signal: stop });
  open();
}

const never = new AbortController().signal;
const forever = (): Promise<never> => new Promise(() => undefined);

/** One stream for all tabs of a browser, because HTTP/1.1 allows six to a host; the next tab takes over when one closes. */
async function share(): Promise<void> {
  await navigator.locks.request("heliotrope-live", { ifAvailable: true }, (lock) => {
    if (!lock) return hear({ news: { all: true } });
    listen(never);
    return forever();
  });
  await navigator.locks.request("heliotrope-live", () => {
    listen(never);
    return forever();
  });
}

/** Without locks (plain HTTP from another machine) only the tabs in sight listen. */
function listenInSight(): void {
  let control: AbortController | undefined;
  const look = (): void => {
    control?.abort();
    if (document.hidden) return;
    control = new AbortController();
    listen(control.signal);
  };
  document.addEventListener("visibilitychange", look);
  look();
}

/** Keeps the page as new as what it shows. */
export function live(): void {
  channel.onmessage = (event) => hear(event.data as Word);
  addEventListener("turbo:visit", (event) => {
    started = true;
    // Going back shows the page as it was left.
    if ((event as CustomEvent<{ action: string }>).detail.action === "restore") renew();
  });
  addEventListener("turbo:render", hearAgain);
  addEventListener("turbo:submit-start", () => sending++);
  addEventListener("turbo:submit-end", () => sending--);
  document.addEventListener("visibilitychange", () => stale && renew());
  // A page out of the browser's own store is as old as when it was left.
  addEventListener("pageshow", (event) => event.persisted && renew());
  addEventListener("turbo:fetch-request-error", (event) => {
    // Turbo would load the page anew and lose what is being typed. It stays, and we say that the server is away until a page comes.
    stop(event);
    missed = true;
    tell(true);
    renew(5 * pause);
  });
  addEventListener("turbo:before-fetch-response", (event) => {
    if (missed) tell((missed = false));
    const { fetchResponse } = (event as CustomEvent<{ fetchResponse: { redirected: boolean; location: URL } }>).detail;
    if (!fetchResponse.redirected || fetchResponse.location.pathname !== "/sign-in" || !isWritten()) return;
    stop(event);
    say("signedOut");
  });
  if ("locks" in navigator) void share();
  else listenInSight();
}
