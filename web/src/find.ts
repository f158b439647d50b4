// Searches while somebody types: the form is sent a moment after the last letter, and only the list below it changes.
const pause = 180;

/** Sends every form that finds something by itself; without this there is its button. */
export function find(): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const send = (event: Event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-find]");
    if (!form || (event as InputEvent).isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (form.isConnected) form.requestSubmit(); }, event.type === "change" ? 0 : pause);
  };
  addEventListener("input", send);
  addEventListener("change", (event) => { if ((event.target as Element).matches("form[data-find] select")) send(event); });
}
