import { complete, type Choice } from "./complete";

const known = new Map<string, Promise<Choice[]>>();

/** The colleagues who can be named, asked for once a page's conversation. */
const people = (address: string): Promise<Choice[]> => {
  const asked = known.get(address) ?? fetch(address, { headers: { Accept: "application/json" } })
    .then(async (answer) => (answer.ok ? ((await answer.json()) as { id: number; name: string }[]) : []))
    .then((all) => all.map(({ id, name }) => ({ id: String(id), name })))
    .catch(() => {
      known.delete(address); // asked again with the next letter
      return [];
    });
  known.set(address, asked);
  return asked;
};

/** Completes the names of colleagues in notes. */
export function mentions(): void {
  complete({
    fields: "textarea[data-people]",
    // A name has blanks; what is more than three words long is a sentence.
    trigger: /(?:^|[\s(])(@(?<words>[^\s@]*(?: [^\s@]+){0,2}))$/u,
    choices: (field) => people(field.dataset["people"] ?? ""),
    take: (_, choice) => `@${choice.name} `,
  });
}
