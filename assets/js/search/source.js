// Fetch what search and lists go by, at the first need.

import { readCatalogue } from "./catalogue.js";
import { settle } from "./dom.js";
import { readTerms, sayer } from "./saying.js";

/** Above so many names an answer takes longer than a frame on a slow phone. */
const MANY = 3000;

/** A promise of the pointer file and the catalogue file. */
let opening;

/** Return a promise of the catalogue, the folder of Pagefind's files and the words to say. */
export async function ready(pointer) {
  opening ??= open(pointer).catch((error) => {
    opening = undefined;
    throw error;
  });
  const source = await opening;
  // Whoever types fast is answered for the last key alone.
  if (source.catalogue.rows.length > MANY) await settle();
  return source;
}

async function open(address) {
  // The pointer alone knows the newest names; everything that it names is kept for good.
  const pointer = await fetchJson(address, { cache: "no-cache" });
  // A page that was kept, or is open for long, may be older than what the pointer names.
  if (pointer.reader !== new URL(import.meta.url).pathname) throw new Error("Of another version");
  const say = sayer(pointer.words, document.documentElement.lang);
  const terms = readTerms(say);
  const catalogue = await readCatalogue(await fetchJson(pointer.catalogue), terms, say);
  return { catalogue, bundle: pointer.bundle, say, terms };
}

async function fetchJson(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}
