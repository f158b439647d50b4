import { became, fields, inTurn, say } from "./draft";

const list = (form: HTMLFormElement): HTMLElement | null => form.querySelector<HTMLElement>("[data-file-list]");
const words = (form: HTMLFormElement): HTMLTextAreaElement | null => form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
const taking = (target: EventTarget | null): HTMLFormElement | null => (target instanceof Element ? target.closest<HTMLFormElement>("form[data-files]") : null);

/** Tells the server what changed and shows what is there now, with new pictures among the words if wished; says whether all went well. */
const change = (form: HTMLFormElement, add: File[], remove?: string, shown = false): Promise<boolean> => inTurn(form, async () => {
  const body = new FormData();
  for (const [name, each] of fields(form)) body.append(name, each);
  body.append("scripted", "yes");
  if (remove) body.append("remove", remove);
  for (const file of add) body.append("files", file, file.name);
  const before = new Set([...form.querySelectorAll<HTMLElement>("[data-picture]")].map((each) => each.dataset["picture"]));
  say(form, "wordsSending");
  try {
    const answer = await fetch(form.dataset["files"]!, { method: "POST", body, redirect: "manual" });
    const made = document.createElement("template");
    if (answer.status === 200 || answer.status === 422) made.innerHTML = await answer.text();
    const fresh = made.content.querySelector<HTMLElement>("[data-file-list]");
    say(form, fresh ? (answer.ok && add.length > 0 ? "wordsKept" : "") : answer.status === 413 ? "wordsLarge" : "wordsNot");
    if (!fresh) return false;
    list(form)?.replaceWith(fresh);
    became(form, fresh.dataset["draft"]);
    if (shown) show(form, [...fresh.querySelectorAll<HTMLElement>("[data-picture]")].filter((each) => !before.has(each.dataset["picture"])));
    return answer.ok;
  } catch {
    say(form, "wordsNot"); // the server is away; what was chosen is chosen again
    return false;
  }
});

/** Puts pictures among the words, where the cursor is. */
function show(form: HTMLFormElement, pictures: HTMLElement[]): void {
  const field = words(form);
  if (!field || pictures.length === 0) return;
  const marks = pictures.map((each) => `![${(each.dataset["name"] ?? "").replace(/[[\]\n]/g, "")}](file:${each.dataset["picture"]})`).join("\n");
  field.setRangeText(marks, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const named = (file: File, number: number): File =>
  new File([file], file.name && file.name !== "image.png" ? file.name : `picture-${number}.${file.type.split("/")[1] ?? "png"}`, { type: file.type });

async function remove(button: HTMLButtonElement, form: HTMLFormElement): Promise<void> {
  const picture = button.closest<HTMLElement>("[data-picture]")?.dataset["picture"];
  const field = words(form);
  if (picture && field?.value.includes(`(file:${picture})`)) {
    field.value = field.value.replace(new RegExp(`!\\[[^\\]\\n]*\\]\\(file:${picture}\\)`, "g"), "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await change(form, [], button.value);
  field?.focus();
}

/** Files by button, by drop, and pictures by paste. */
export function files(): void {
  addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const form = input.matches("[data-choose]") ? taking(input) : null;
    if (!form || !input.files) return;
    const chosen = [...input.files];
    input.value = ""; // they are on their way; sending must not bring them twice
    void change(form, chosen);
  });
  addEventListener("dragover", (event) => {
    const form = taking(event.target);
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.dataset["over"] = "";
  });
  addEventListener("dragleave", (event) => delete taking(event.target)?.dataset["over"]);
  addEventListener("drop", (event) => {
    const form = taking(event.target);
    if (!form || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    delete form.dataset["over"];
    void change(form, [...event.dataTransfer.files]);
  });
  addEventListener("paste", (event) => {
    const form = taking(event.target);
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (!form || pasted.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
    event.preventDefault();
    const count = form.querySelectorAll("[data-picture]").length;
    void change(form, pasted.map((file, i) => (file.type.startsWith("image/") ? named(file, count + i + 1) : file)), undefined, true);
  });
  addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-remove]");
    const form = taking(button);
    if (!button || !form) return;
    event.preventDefault();
    void remove(button, form);
  });
  // Enter in a line with addresses is no wish to send.
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && event.target instanceof HTMLInputElement && taking(event.target)) event.preventDefault();
  });
}
