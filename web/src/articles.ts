const menu = () => document.querySelector<HTMLDetailsElement>("details[data-insert-menu]");
const reply = () => document.querySelector<HTMLTextAreaElement>("[data-composer] [data-write=reply]");

/** Opens the menu of articles, where the search waits for words. */
export function chooseArticle(): void {
  const it = menu();
  if (!it || it.offsetParent === null) return;
  it.open = true;
  focusSearch();
}

function focusSearch(): void {
  if (menu()?.open) menu()?.querySelector<HTMLInputElement>("input[type=search]")?.focus();
}

/** Puts words where the cursor stands, as if they had been typed: they can be undone, and drafts hear of them. */
function insert(field: HTMLTextAreaElement, words: string): void {
  field.focus();
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

async function take(link: HTMLAnchorElement): Promise<void> {
  const field = reply();
  const answer = await fetch(link.dataset["insert"] ?? "", { headers: { Accept: "text/plain" } });
  const words = await answer.text();
  if (!field || field !== reply()) return; // by now another conversation is open
  // Gone, or signed out: the article's own page says which.
  if (!answer.ok || answer.redirected) return void window.open(link.href, "_blank", "noopener");
  const it = menu();
  if (it) it.open = false;
  insert(field, words);
}

/** Puts an article's words into the reply when its title is chosen. */
export function articles(): void {
  addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-insert]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void take(link);
  });
  addEventListener("turbo:frame-load", (event) => {
    if ((event.target as Element).id === "insert-articles") focusSearch();
  });
}
