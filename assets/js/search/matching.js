// Find what is named in the catalogue file: names and places, as one types.

import { fit, slips } from "./words.js";

const WHOLE_NAME = 10;
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
    const hits = rank(catalogue, query, scoresOf(catalogue, words, open, forgiving));
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
  const { rows, texts } = catalogue;
  const { holders, sizes } = (catalogue.pairs ??= pairHolders(catalogue));
  const pairs = pairsOf(query.joined.plain);
  const shared = new Uint16Array(texts.length);
  for (const pair of pairs) for (const text of holders.get(pair) ?? []) shared[text] += 1;
  const likeness = ({ name }) => (2 * shared[name]) / (pairs.size + sizes[name]);
  const close = rows
    .map((row) => ({ row, likeness: likeness(row) }))
    .filter((each) => each.likeness >= ENOUGH_FOR_A_GUESS)
    .sort((one, other) => other.likeness - one.likeness || one.row.rank - other.row.rank);
  return [...new Set(close.map((each) => each.row.title))].slice(0, count);
}

/** Return which names hold each pair of letters, by the numbers of their texts, and how many. */
function pairHolders({ rows, texts }) {
  const holders = new Map();
  const sizes = new Uint16Array(texts.length);
  for (const text of new Set(rows.map((row) => row.name))) {
    const pairs = pairsOf(texts[text].plain);
    sizes[text] = pairs.size;
    for (const pair of pairs) {
      if (!holders.has(pair)) holders.set(pair, []);
      holders.get(pair).push(text);
    }
  }
  return { holders, sizes };
}

/** Return how well each word fits each text; words from number `open` on may be unfinished. */
function scoresOf({ texts, vocabulary }, words, open, forgiving) {
  return words.map((word, number) => {
    const slipped = forgiving ? slipScores(word.plain, vocabulary) : undefined;
    const scores = new Float32Array(texts.length);
    for (let at = 0; at < texts.length; at += 1) {
      scores[at] = wordScore(word, texts[at], number >= open);
      if (slipped && !scores[at]) scores[at] = bestOf(slipped, texts[at].words);
    }
    return scores;
  });
}

function bestOf(scores, ids) {
  let best = 0;
  for (const id of ids) best = Math.max(best, scores[id]);
  return best;
}

function wordScore(word, text, open) {
  // Most texts are ruled out here, in a hundredth of the time.
  if (!text.plain.includes(word.plain)) return 0;
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

/** Return how nearly `plain` is each word of `vocabulary`. */
function slipScores(plain, vocabulary) {
  const most = forgiven(plain.length);
  return Float32Array.from(vocabulary, (word) => {
    const count = slips(plain, word, Math.min(most, forgiven(word.length)));
    return count <= most ? ALMOST - SLIP * (count - 1) : 0;
  });
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
    for (let at = 0; at < row.texts.length; at += 1) {
      best = Math.max(best, score[row.texts[at]] * row.weights[at]);
    }
    if (best === 0) return 0;
    sum += best;
  }
  return sum / scores.length;
}

/** Return what it is worth that the words stand in a name as they were typed. */
function nameBonus(catalogue, row, query) {
  let best = 0;
  for (let at = 0; at < row.texts.length; at += 1) {
    const weight = row.weights[at];
    if (weight < WHOLE_NAME - 2) continue;
    const text = catalogue.texts[row.texts[at]];
    const place = text.starts.findIndex((start) => text.plain.startsWith(query.joined.plain, start));
    if (place < 0) continue;
    const worth = query.joined.plain.length === text.length ? 4 : place === 0 ? 2 : 1;
    const marks = fit(query.joined.marked, text.marked, text.starts[place]);
    best = Math.max(best, (worth * marks * weight) / WHOLE_NAME);
  }
  return best;
}

function pairsOf(plain) {
  const padded = ` ${plain} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, at) => padded.slice(at, at + 2)));
}
