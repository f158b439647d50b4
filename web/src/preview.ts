import { teach } from "./commands";
import { fields } from "./draft";

const formOf = (target: Element | null): HTMLFormElement | null => target?.closest<HTMLFormElement>("form:has([data-preview])") ?? null;

function show(form: HTMLFormElement, seen: boolean): void {
  const button = form.querySelector<HTMLElement>("[data-preview-toggle]");
  const words = button?.querySelector("span");
  form.toggleAttribute("data-previewed", seen);
  form.querySelector<HTMLElement>("[data-preview]")!.hidden = !seen;
  if (!button || !words) return;
  button.ariaPressed = String(seen);
  words.textContent = (seen ? button.dataset["wordsWrite"] : button.dataset["wordsSee"]) ?? "";
}

async function see(form: HTMLFormElement): Promise<void> {
  const place = form.querySelector<HTMLElement>("[data-preview]")!;
  const body = fields(form);
  body.set("scripted", "yes");
  for (const picture of form.querySelectorAll<HTMLElement>("[data-picture]")) body.append("pictures", `${picture.dataset["picture"]} ${picture.querySelector<HTMLButtonElement>("[data-remove]")?.value}`);
  const answer = await fetch(place.dataset["preview"]!, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
  if (!answer?.ok || !form.isConnected) return; // the words are still there
  // Made by the same renderer as the mail, which lets no HTML through.
  place.innerHTML = await answer.text();
  if (!place.textContent?.trim() && !place.querySelector("img")) place.textContent = place.dataset["wordsEmpty"] ?? "";
  show(form, true);
  place.focus();
}

/** Shows what is written as it will arrive, or lets it be written on. */
function togglePreview(): unknown {
  const form = formOf(document.activeElement) ?? formOf(document.querySelector("form.writing-reply [data-preview]"));
  if (!form || form.offsetParent === null) return false;
  if (!form.hasAttribute("data-previewed")) return void see(form);
  show(form, false);
  return form.querySelector<HTMLElement>("[data-write]")?.focus();
}

/** Lets a button do the same, and ends with the sending. */
export function preview(): void {
  teach("preview", togglePreview);
  addEventListener("click", (event) => (event.target as Element).closest("[data-preview-toggle]") && togglePreview());
  addEventListener("turbo:submit-end", (event) => {
    const form = formOf(event.target as Element);
    if (form?.hasAttribute("data-previewed")) show(form, false);
  });
}
