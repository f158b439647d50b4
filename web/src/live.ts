import * as Turbo from "@hotwired/turbo";

/** What happened on the server: these conversations changed, or anything may have. */
type News = { conversations?: number[]; all?: boolean };
/** What the tab with the stream tells the others. */
type Word = { news: News } | { lost: boolean };

// The published types leave this one out.
const session = Turbo.session as typeof Turbo.session & { refresh(address: string): void; navigator: { stop(): void } };
const channel = new BroadcastChannel("heliotrope-live");
const pause = 1000;
let last = -pause;
let waiting: number | undefined;
let calm: number | undefined;
let stale = false;
let started = false;
let sending = 0;

/** Whether news concerns what this page shows; its data-live says what that is. */
export function concerns(news: News, shows: string): boolean {
  const topics = shows.split(" ").filter(Boolean);
  if (topics.length === 0) return false;
  if (news.all || topics.includes("inbox") || topics.includes("all")) return true;
  return topics.some((topic) => topic.startsWith("conversation:") && news.conversations?.includes(Number(topic.slice(13))));
}

/** Renews the page, at most once a second; a page nobody sees waits until somebody does. */
function renew(): void {
  stale ||= document.hidden;
  if (document.hidden || waiting !== undefined) return;
  waiting = window.setTimeout(() => {
    waiting = undefined;
    last = performance.now();
    stale = started = false;
    // A form that is being sent would be called back, and its answer lost; a refusal would vanish before it is read.
    if (!sending && !document.querySelector("main [role=alert]")) session.refresh(document.baseURI);
    // Turbo lets a visit that is under way win; then the news comes after it.
    if (!started) renew();
  }, Math.max(0, last + pause - performance.now()));
}

function hear(word: Word): void {
  if ("lost" in word) tell(word.lost);
  else if (concerns(word.news, document.querySelector<HTMLElement>("main")?.dataset["live"] ?? "")) renew();
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

/** Opens the stream until told to stop. Once it is open everyone renews, for what was said since their pages were made. */
function listen(stop: AbortSignal): void {
  let tries = 0;
  const open = (): void => {
    if (stop.aborted) return;
    const source = new EventSource("/live");
    stop.addEventListener("abort", () => source.close(), { once: true });
    source.onopen = () => {
      tries = 0;
      spread({ lost: false });
      spread({ news: { all: true } });
    };
    source.onmessage = (event) => spread({ news: JSON.parse(String(event.data)) as News });
    source.onerror = () => {
      if (stop.aborted) return;
      spread({ lost: true });
      if (source.readyState !== EventSource.CLOSED) return;
      window.setTimeout(open, Math.min(30_000, 1000 * 2 ** tries++));
    };
  };
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
  addEventListener("turbo:submit-start", () => sending++);
  addEventListener("turbo:submit-end", () => sending--);
  document.addEventListener("visibilitychange", () => stale && renew());
  addEventListener("turbo:fetch-request-error", (event) => {
    // Turbo would load the page anew and lose what is being typed. It stays, and we say that the server is away.
    stop(event);
    tell(true);
  });
  addEventListener("turbo:before-fetch-response", (event) => {
    const { fetchResponse } = (event as CustomEvent<{ fetchResponse: { redirected: boolean; location: URL } }>).detail;
    if (!fetchResponse.redirected || fetchResponse.location.pathname !== "/sign-in" || !isWritten()) return;
    stop(event);
    say("signedOut");
  });
  if ("locks" in navigator) void share();
  else listenInSight();
}
