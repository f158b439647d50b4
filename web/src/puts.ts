import { fillIn, type Used } from "./macros";

const reply = () => document.querySelector<HTMLTextAreaElement>("[data-composer] [data-write=reply]");

/** Notes below the words what they were written with, so that it goes along with the draft: plays, and answers to the next question. */
function note(field: HTMLTextAreaElement, kind: string, used: Used): void {
  const box = field.form?.querySelector<HTMLElement>(`[data-put-box="${kind}"]`);
  const list = box?.querySelector("[data-put-list]");
  if (!box || !list || list.querySelector(`[data-put-id="${used.id}"]`)) return;
  const item = document.createElement("li");
  item.dataset["putId"] = String(used.id);
  const input = document.createElement("input");
  [input.type, input.name, input.value] = ["hidden", kind, String(used.id)];
  const name = document.createElement("b");
  name.textContent = used.name;
  const says = document.createElement("span");
  says.textContent = box.dataset["wordsWith"] ?? "";
  const drop = document.createElement("button");
  [drop.type, drop.className, drop.dataset["putDrop"]] = ["button", "button plain only-icon", ""];
  drop.ariaLabel = (box.dataset["wordsDrop"] ?? "").replace("{0}", used.name);
  drop.textContent = "×";
  item.append(input, name, " ", says, drop);
  list.append(item);
  field.dispatchEvent(new Event("input", { bubbles: true })); // kept with the draft
}

async function put(button: HTMLElement, field: HTMLTextAreaElement): Promise<void> {
  const answer = await fetch(button.dataset["putFill"] ?? "", { headers: { Accept: "application/json" } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected || field !== reply()) return; // gone, signed out, or by now another conversation is open
  const used = (await answer.json()) as Used;
  const kind = button.dataset["put"] ?? "";
  const before = field.value.slice(0, field.selectionStart);
  // Answers stand behind what is said already, plays where somebody is writing.
  const at = kind === "answered" ? field.value.trimEnd().length : field.selectionStart;
  const gap = kind === "answered" ? (at > 0 ? "\n\n" : "") : before.length > 0 && !before.endsWith("\n") ? "\n\n" : "";
  const length = kind === "answered" ? field.value.length - at : field.selectionEnd - at;
  field.focus();
  if (used.text.length > 0) fillIn(field, { ...used, text: gap + used.text, pieces: used.pieces.map((piece) => ({ ...piece, at: piece.at + gap.length })) }, { at, length });
  note(field, kind, used);
}

/** Puts what is offered beside a reply into it. */
export function puts(): void {
  addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>("[data-put-fill]");
    const field = reply();
    if (button && field) {
      event.preventDefault();
      return void put(button, field);
    }
    const chosen = target.closest("[data-put-drop]")?.closest("[data-put-id]");
    if (!chosen) return;
    chosen.remove();
    field?.dispatchEvent(new Event("input", { bubbles: true }));
    field?.focus();
  });
}
