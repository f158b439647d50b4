import * as Turbo from "@hotwired/turbo";

/** Marks the words that were looked for, without touching the page: it is renewed under our hands. */
function mark(): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("found");
  const words = document.querySelector<HTMLElement>("[data-found]")?.dataset["found"]?.toLowerCase();
  if (!words) return;
  const ranges: Range[] = [];
  for (const part of document.querySelectorAll("[data-timeline] :is(.entry-body, .entry-head b, .files span)")) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const lower = text.textContent?.toLowerCase() ?? "";
      for (let at = lower.indexOf(words); at >= 0; at = lower.indexOf(words, at + words.length)) {
        const range = new Range();
        range.setStart(text, at);
        range.setEnd(text, at + words.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

/** A link to an entry that is folded away opens the part that has it. */
function reach(): void {
  const id = /^#entry-(\d+)$/.exec(location.hash)?.[1];
  const timeline = document.querySelector("[data-timeline]");
  if (!id || !timeline || document.getElementById(`entry-${id}`)) return;
  const address = new URL(location.href);
  if (address.searchParams.get("from") === id) return; // it is not in this conversation
  address.search = `?from=${id}`;
  Turbo.visit(address.href, { action: "replace" });
}

/** Shows what was found, and leads to what is folded away. */
export function find(): void {
  for (const event of ["turbo:load", "turbo:render"]) addEventListener(event, mark);
  addEventListener("turbo:load", reach);
  addEventListener("hashchange", reach);
  addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print-now]")) print();
  });
  // On the place that was found Enter goes on to the next one, as it would in a box.
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target as Element).matches(".found")) return;
    const next = document.querySelector<HTMLAnchorElement>(event.shiftKey ? "[data-previous-hit]" : "[data-next-hit]");
    if (!next) return;
    event.preventDefault();
    next.click();
  });
}
