// Writes the commonest passwords, one a line, to the file named by the first argument. Run by the .NET build.
import { writeFile } from "node:fs/promises";
import { dictionary } from "@zxcvbn-ts/language-common";

await writeFile(process.argv[2], dictionary["passwords-common"].join("\n") + "\n");
