// Bundles what the browser loads into the folder named by the first argument. Run by the .NET build.
import { build } from "esbuild";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2] ?? join(here, "dist");

/** Lucide's names, by the name our pages use. */
const lucide = {
  activity: "activity", bag: "shopping-bag", building: "building-2", globe: "globe", merge: "merge", phone: "phone",
  here: "laptop",
  away: "coffee",
  alert: "triangle-alert", back: "chevron-left", bell: "bell", "bell-off": "bell-off", command: "command", book: "book-open-text", bot: "bot", chat: "message-circle", check: "check",
  clip: "paperclip", clock: "clock", doubt: "circle-question-mark", fold: "chevron-right", forward: "forward", help: "circle-question-mark", inbox: "inbox",
  key: "key-round", language: "languages", mail: "mail", note: "sticky-note", pen: "pen-line", person: "user",
  late: "clock-alert", leave: "log-out", moving: "package-open", more: "ellipsis", plus: "plus", repeat: "repeat-2", return: "undo-2", search: "search", send: "send-horizontal",
  "promise-open": "circle", "promise-risk": "alarm-clock", "promise-kept-early": "circle-fading-arrow-up", "promise-kept": "circle-check", "promise-renegotiated": "message-circle-reply", "promise-broken": "circle-x", day: "calendar-check",
  settings: "settings-2", shield: "shield-alert", trash: "trash-2", users: "users", x: "x",
  up: "arrow-up", down: "arrow-down", rules: "workflow", play: "map", next: "milestone", pause: "pause", hold: "heart-handshake",
};

/** The drawing inside an SVG file, without its frame. */
const inner = (svg) => svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ").trim();

async function sprite() {
  const symbols = [];
  const add = async (name, file) => symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inner(await readFile(file, "utf8"))}</symbol>`);
  for (const [name, file] of Object.entries(lucide)) await add(name, join(here, "node_modules/lucide-static/icons", `${file}.svg`));
  for (const file of (await readdir(join(here, "icons"))).sort()) await add(file.replace(".svg", ""), join(here, "icons", file));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

/** Turbo writes a style sheet into the page for its progress bar; our content policy allows none, and base.css draws its own. */
const withoutInlineStyle = {
  name: "without-inline-style",
  setup: (build) => build.onLoad({ filter: /@hotwired[\\/]turbo[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
    const source = await readFile(path, "utf8");
    const call = "    this.installStylesheetElement();\n";
    if (!source.includes(call)) throw new Error("Turbo's progress bar has changed: look again at how it brings its styles.");
    return { contents: source.replace(call, ""), loader: "js" };
  }),
};

await mkdir(out, { recursive: true });
await build({
  entryPoints: { desk: join(here, "src/desk.ts"), offline: join(here, "worker/offline.ts"), look: join(here, "styles/look.css") },
  outdir: out, bundle: true, format: "esm", target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  minify: true, sourcemap: "linked", legalComments: "linked", logLevel: "warning", plugins: [withoutInlineStyle],
});
await writeFile(join(out, "sprite.svg"), await sprite());
await writeFile(join(out, "mark.svg"), await readFile(join(here, "icons/mark.svg")));
