// Writes the public suffixes (publicsuffix.org), one a line and as DNS writes them, to the file named by the first argument: below each, different people
// own names. "*." stands for any label, "!" before a name that is none. Run by the .NET build.
import { writeFile } from "node:fs/promises";
import { domainToASCII } from "node:url";
import rules from "./node_modules/psl/data/rules.js";

const written = rule => {
  const [, sign, name] = /^(!|\*\.)?(.+)$/.exec(rule);
  const ascii = domainToASCII(name);
  if (!ascii) throw new Error(`This is no domain: ${rule}`);
  return (sign ?? "") + ascii;
};
await writeFile(process.argv[2], rules.map(rule => written(rule) + "\n").join(""));
