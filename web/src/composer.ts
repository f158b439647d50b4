const small = matchMedia("(width < 48rem)");

/** Brings the newest entry into sight. In panes the styles do it; on a phone the page itself scrolls. */
function showNewest(): void {
  const scroll = document.querySelector(".from-end");
  if (!scroll || location.hash) return;
  if (small.matches) scroll.querySelector(".entries > li:last-child")?.scrollIntoView({ block: "end" });
  else scroll.scrollTop = 0;
}

/** Empties a field once its words have arrived, and opens a conversation at its newest entry. */
export function composer(): void {
  let sent = false;
  addEventListener("turbo:submit-end", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.closest("[data-composer]") || !(event as CustomEvent<{ success: boolean }>).detail.success) return;
    for (const field of form.querySelectorAll("textarea")) field.value = "";
    sent = true;
  });
  addEventListener("turbo:load", showNewest);
  addEventListener("turbo:render", () => {
    if (sent) showNewest();
    sent = false;
  });
}

/** Turns the composer to a reply or a note and puts the cursor there. */
export function write(kind: "reply" | "note"): void {
  const box = document.querySelector("[data-composer]");
  const tab = box?.querySelector<HTMLInputElement>(`input[value="${kind}"]`);
  if (tab) tab.checked = true;
  box?.querySelector<HTMLTextAreaElement>(`[data-write="${kind}"]`)?.focus();
  if (small.matches) box?.scrollIntoView({ block: "end" });
}

/** Sends what is being written, and resolves on the way when asked to. */
export function send(resolve: boolean): void {
  const form = document.activeElement?.closest<HTMLFormElement>("[data-composer] form");
  const button = form?.querySelector<HTMLButtonElement>(resolve ? "[data-send-resolve]" : "[data-send]");
  if (button && !button.disabled) form?.requestSubmit(button);
}
