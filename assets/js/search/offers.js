// What a search box offers: names as one types, and what was searched for lately.

import { DOT } from "./dom.js";
import { because, inLanguage, underlined } from "./highlight.js";
import { findNames, nearby } from "./matching.js";
import { readQuery } from "./query.js";
import { forget, recent, remember } from "./recent.js";
import { grouped } from "./results.js";

const GUESSES = 3;
const MOST_PRODUCTS = 5;
const MOST_OTHERS = 2;

/** Return what was searched for lately, in a group of options; `search` is told the chosen one. */
export function offerRecent({ say }, search) {
  const searches = recent();
  if (searches.length === 0) return [];
  const options = searches.map((each) => asking(each, search));
  options.push({ title: [say("forget")], choose: () => (forget(), search("")) });
  return [{ name: say("recent"), options }];
}

/** Return groups of what `typed` names, the best first, and at the end a search for all of it. */
export function offerNames(typed, { catalogue, say, terms }, search) {
  const query = readQuery(typed, terms);
  if (query.nothing) return [];
  const { hits } = findNames(catalogue, query);
  const offered = grouped(hits).map(([kind, each]) => {
    const shown = each.slice(0, kind === "product" ? MOST_PRODUCTS : MOST_OTHERS);
    return { name: say(`group.${kind}`), options: shown.map(({ row }) => named(row, query, say)) };
  });
  if (hits.length === 0) {
    const guesses = nearby(catalogue, query, GUESSES).map((each) => asking(each, search));
    if (guesses.length > 0) offered.push({ name: say("suggest"), options: guesses });
  }
  const all = { title: [say("all", { query: query.text })], choose: () => search(typed) };
  return [...offered, { name: "", options: [all] }];
}

function asking(text, search) {
  return { title: [text], choose: () => search(text) };
}

function named(row, query, say) {
  const reason = row.kind === "product" ? because(row, query) : null;
  const note = noteOf(row, say).filter(Boolean).join(DOT);
  const choose = () => {
    remember(query.text);
    location.href = row.url;
  };
  const title = [inLanguage(underlined(row.title, query), row.lang)];
  return { title, note: reason ? [reason, DOT, note] : [note], choose };
}

function noteOf(row, say) {
  if (row.kind !== "product") return row.line ?? [row.former ?? row.place];
  return [row.star > 0 ? say("star", { count: row.star }) : row.note, row.maker];
}
