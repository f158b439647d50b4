import { go } from "./sending";
import { keep, kept } from "./storage";

/** How the bell stands, as the server tells it. */
export type Bell = { unread: number; quiet: boolean; news: { id: number; count: number; conversation: number; title: string; body: string }[] };

const on = "heliotrope-says-aloud";
const heard = "heliotrope-heard";
const words = (): DOMStringMap => document.querySelector<HTMLElement>("[data-bell]")?.dataset ?? {};

/** Shows how many were not read. */
export function showBell({ unread }: Bell): void {
  const bell = document.querySelector<HTMLElement>("[data-bell]");
  if (!bell) return;
  const count = bell.querySelector<HTMLElement>("[data-bell-count]");
  if (count) {
    count.hidden = unread === 0;
    const [number, said] = count.children;
    if (number) number.textContent = unread >= 100 ? "99+" : String(unread);
    if (said) said.textContent = (words()[unread === 1 ? "one" : "many"] ?? "").replace("{0}", String(unread));
  }
  readHere();
}

/** Asks how the bell stands. */
export async function askBell(): Promise<Bell | undefined> {
  try {
    const answer = await fetch("/notifications/bell", { headers: { Accept: "application/json" }, redirect: "manual" });
    return answer.ok ? ((await answer.json()) as Bell) : undefined;
  } catch {
    return undefined; // the next ring asks again
  }
}

const here = (): string | undefined => {
  const field = document.querySelector<HTMLFormElement>("#presence")?.elements.namedItem("conversation");
  return field instanceof HTMLInputElement ? field.value : undefined;
};

/** What is said of the conversation that somebody looks at they have read. */
function readHere(): void {
  const form = document.querySelector<HTMLFormElement>("#presence");
  const conversation = here();
  if (!form || !conversation || document.hidden || document.querySelector<HTMLElement>("[data-bell-count]")?.hidden !== false) return;
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  void fetch("/notifications/read", { method: "POST", body, redirect: "manual" }).catch(() => undefined);
}

/** Says aloud what is new, by the browser's own means, where its person allowed that: on one tab, once, and not what they look at. */
export function sayAloud(bell: Bell): void {
  if (!kept(on) || bell.quiet || !("Notification" in window) || Notification.permission !== "granted") return;
  const before = new Set((kept(heard) ?? "").split(" "));
  for (const { id, count, conversation, title, body } of bell.news) {
    const name = `${id}:${count}`;
    if (before.has(name) || (!document.hidden && here() === String(conversation))) continue;
    before.add(name);
    tell(title, body, conversation);
  }
  keep(heard, [...before].slice(-50).join(" "));
}

function tell(title: string, body: string, conversation: number): void {
  try {
    const said = new Notification(title, { body, tag: `conversation-${conversation}`, icon: document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href ?? "" });
    said.addEventListener("click", () => {
      window.focus();
      go(`/conversations/${conversation}`);
      said.close();
    });
  } catch {
    // A phone shows them through its worker alone, which opens the conversation itself.
    void navigator.serviceWorker?.ready.then((worker) => worker.showNotification(title, { body, tag: `conversation-${conversation}`, data: `/conversations/${conversation}` }));
  }
}

/** The button that asks this browser: it is pressed, never pushed on anybody. */
function showButton(): void {
  const button = document.querySelector<HTMLButtonElement>("#allow-bell");
  if (!button || !("Notification" in window)) return;
  button.hidden = false;
  const denied = Notification.permission === "denied";
  button.disabled = denied;
  button.textContent = denied ? button.dataset["denied"] ?? "" : kept(on) && Notification.permission === "granted" ? button.dataset["stop"] ?? "" : button.dataset["allow"] ?? "";
}

/** Keeps the bell true. */
export function bell(): void {
  addEventListener("click", (event) => {
    if ((event.target as Element).id !== "allow-bell") return;
    if (kept(on) && Notification.permission === "granted") {
      keep(on, null);
      showButton();
      return;
    }
    void Notification.requestPermission().then((answer) => {
      keep(on, answer === "granted" ? "yes" : null);
      showButton();
    });
  });
  addEventListener("turbo:load", () => {
    showButton();
    readHere();
  });
  document.addEventListener("visibilitychange", readHere);
}
