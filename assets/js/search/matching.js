// Find what is named in the catalogue file: names and places, as one types.

import { fit, slips } from "./words.js";

const NAME = 10;
const ALMOST = 0.6;
/** Each slip takes this much of what a right word gives. */
const SLIP = 0.22;
const ENOUGH_FOR_A_GUESS = 0.34;

/**
 * Return the rows of `catalogue` that `query` names, best first, and whether letters slipped.
 *
 * Each way of reading is tried only when the stricter ones find nothing: the last word alone may
 * be unfinished, then any word, then all words run together, and then slips are forgiven.
 */
export function findNames(catalogue, query) {
  for (const { words, open, forgiving } of readings(query)) {
    const hits = rank(catalogue, query, scoresOf(catalogue.texts, words, open, forgiving));
    if (hits.length > 0) return { hits, slipped: forgiving };
  }
  return { hits: [], slipped: false };
}

function readings({ words, joined }) {
  if (words.length === 0) return [];
  const last = words.length - 1;
  return [
    { words, open: last, forgiving: false },
    { words, open: 0, forgiving: false },
    { words: [joined], open: 0, forgiving: false },
    { words, open: last, forgiving: true },
    { words: [joined], open: 0, forgiving: true },
  ];
}

/** Return up to `count` names that share the most with `query`, for one that finds nothing. */
export function nearby(catalogue, query, count) {
  const pairs = pairsOf(query.joined.plain);
  const close = catalogue.rows
    .map((row) => ({ row, likeness: likeness(pairs, pairsOf(catalogue.texts[row.name].plain)) }))
    .filter((each) => each.likeness >= ENOUGH_FOR_A_GUESS)
    .sort((one, other) => other.likeness - one.likeness || one.row.rank - other.row.rank);
  return [...new Set(close.map((each) => each.row.title))].slice(0, count);
}

/** Return how well each word fits each text; words from number `open` on may be unfinished. */
function scoresOf(texts, words, open, forgiving) {
  return words.map((word, number) => {
    const slipped = forgiving ? slipReader(word.plain) : () => 0;
    return Float32Array.from(
      texts,
      (text) => wordScore(word, text, number >= open) || slipped(text.words),
    );
  });
}

function wordScore(word, text, open) {
  let best = 0;
  for (let place = 0; place < text.starts.length; place += 1) {
    best = Math.max(best, scoreAt(word, text, place, open) * (1 - Math.min(place, 10) / 100));
  }
  return best;
}

function scoreAt(word, text, place, open) {
  const start = text.starts[place];
  // Read on over the end of the word, so that "cacao" is found in "ca cao".
  if (!text.plain.startsWith(word.plain, start)) return 0;
  const end = start + word.plain.length;
  const next = text.starts.find((each) => each >= end) ?? text.length;
  if (next !== end && !open) return 0;
  const whole = next === end ? 1 : 0.6 + (0.2 * word.plain.length) / (next - start);
  return whole * fit(word.marked, text.marked, start);
}

/** Return a function that tells how nearly `plain` is one of some words; each is read once. */
function slipReader(plain) {
  const most = forgiven(plain.length);
  const known = new Map();
  const score = (word) => {
    const count = slips(plain, word, Math.min(most, forgiven(word.length)));
    return count <= most ? ALMOST - SLIP * (count - 1) : 0;
  };
  return (words) => {
    let best = 0;
    for (const word of words) {
      if (!known.has(word)) known.set(word, score(word));
      best = Math.max(best, known.get(word));
    }
    return best;
  };
}

function forgiven(length) {
  if (length < 2) return 0;
  return length < 6 ? 1 : 2;
}

function rank(catalogue, query, scores) {
  const hits = [];
  for (const row of catalogue.rows) {
    const score = rowScore(row, scores);
    if (score > 0) hits.push({ row, score: score + row.bonus + nameBonus(catalogue, row, query) });
  }
  return hits.sort((one, other) => other.score - one.score || one.row.rank - other.row.rank);
}

/** Return the mean of what each word finds at its best place in `row`; 0 if one finds nothing. */
function rowScore(row, scores) {
  let sum = 0;
  for (const score of scores) {
    let best = 0;
    for (const [text, weight] of row.fields) best = Math.max(best, score[text] * weight);
    if (best === 0) return 0;
    sum += best;
  }
  return sum / scores.length;
}

/** Return what it is worth that the words stand in a name as they were typed. */
function nameBonus(catalogue, row, query) {
  let best = 0;
  for (const [index, weight] of row.fields) {
    if (weight < NAME - 2) continue;
    const text = catalogue.texts[index];
    const place = text.starts.findIndex((start) => text.plain.startsWith(query.joined.plain, start));
    if (place < 0) continue;
    const worth = query.joined.plain.length === text.length ? 4 : place === 0 ? 2 : 1;
    const marks = fit(query.joined.marked, text.marked, text.starts[place]);
    best = Math.max(best, (worth * marks * weight) / NAME);
  }
  return best;
}

function pairsOf(plain) {
  const padded = ` ${plain} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, at) => padded.slice(at, at + 2)));
}

function likeness(one, other) {
  let shared = 0;
  for (const pair of one) if (other.has(pair)) shared += 1;
  return (2 * shared) / (one.size + other.size);
}
