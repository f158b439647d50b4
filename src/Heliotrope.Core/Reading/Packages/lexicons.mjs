// Writes what words are worth, one "word<tab>tenths" a line, to sentiment-<language>.txt in the folder named by the first argument.
// Run by the .NET build. English is VADER's own list; the others are AFINN-165 as it was translated, on VADER's scale, without its weakest
// words: what one translated word for another then means is chance.
import { readFile, writeFile } from "node:fs/promises";

// A word of AFINN (-5 to 5) and the same word of VADER (-4 to 4) differ by about this factor.
const scale = 0.8;
const weakest = 2;

const write = (language, words) =>
  writeFile(`${process.argv[2]}/sentiment-${language}.txt`, [...words].map(([word, worth]) => `${word}\t${Math.round(worth * 10)}\n`).join(""));

// Of a word that is listed twice, VADER takes the last. What is made of signs is a face, and the same in every language.
const vader = (await readFile("node_modules/vader-sentiment/vader_lexicon.txt", "utf8")).split("\n").map(line => line.split("\t"));
const english = [...new Map(vader.filter(([word, worth]) => worth && !/\s/.test(word)))];
const isWord = ([word]) => /^[\p{L}\p{N}]+(['-][\p{L}\p{N}]+)*$/u.test(word);
await write("en", english.filter(isWord));
await write("faces", english.filter(entry => !isWord(entry)));
for (const language of ["de", "es", "fr", "it", "nl", "pt"]) {
  const words = JSON.parse(await readFile(`node_modules/afinn-165-multilingual/build/AFINN-${language}.json`, "utf8"));
  await write(language, Object.entries(words).filter(([word, worth]) => Math.abs(worth) >= weakest && !/[\s\d]/.test(word)).map(([word, worth]) => [word, worth * scale]));
}
