// Writes how strongly pieces of words speak for a language to the file named by the first argument, as LanguageTable reads them.
// Run by the .NET build. Languages with letters of their own are left out: their letters tell them.
import { writeFile } from "node:fs/promises";
import { dictionary } from "./node_modules/eld/src/dictionary.js";
import { ngramsData } from "./node_modules/eld/src/ngrams/medium.js";

const ownLetters = new Set(["am", "bn", "el", "gu", "he", "hy", "ja", "ka", "kn", "ko", "lo", "ml", "or", "pa", "ta", "te", "th", "zh"]);
const codes = Object.values(ngramsData.languages).filter(code => !ownLetters.has(code)).sort();
const numbers = new Map(Object.entries(ngramsData.languages).map(([number, code]) => [number, codes.indexOf(code)]));

// The package writes a byte above 127 as one character of its dictionary.
const bytes = new Map(dictionary.map((character, byte) => [character, byte]).filter(([, byte]) => byte > 127));
const plain = /^[a-z'` ]$/;
const pack = piece => [...piece].reduce((key, character) => key * 256n + BigInt(plain.test(character) ? character.charCodeAt(0) : bytes.get(character)), 0n);

const pieces = Object.entries(ngramsData.ngrams)
  .map(([piece, weights]) => ({ key: pack(piece), weights: Object.entries(weights).filter(([number]) => numbers.get(number) >= 0) }))
  .filter(piece => piece.weights.length > 0)
  .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

const head = Buffer.alloc(1 + codes.length * 2 + 4);
head.writeUInt8(codes.length, 0);
head.write(codes.join(""), 1, "latin1");
head.writeInt32LE(pieces.length, 1 + codes.length * 2);
const keys = Buffer.alloc(pieces.length * 8);
pieces.forEach((piece, i) => keys.writeBigUInt64LE(piece.key, i * 8));
const counts = Buffer.from(pieces.map(piece => piece.weights.length));
const weights = Buffer.from(pieces.flatMap(piece => piece.weights.flatMap(([number, weight]) => [numbers.get(number), weight])));
await writeFile(process.argv[2], Buffer.concat([head, keys, counts, weights]));
