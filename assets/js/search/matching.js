// Find what is named in the catalogue file: names and places, as one types.

import { KIND, NAME, OTHER_NAME } from "./catalogue.js";
import { fit, slips, WRONG } from "./words.js";

const ALMOST = 0.6;
/** Each slip takes this much of what a right word gives. */
const SLIP = 0.22;
/** A word on its own forgives slips from so many letters on. */
const LONG_ENOUGH = 5;
const ENOUGH_FOR_A_GUESS = 0.34;

/**
 * Return the rows of `catalogue` that `query` names, best first, and whether they only come near.
 *
 * Each way of reading is tried only when the stricter ones find nothing: the last word alone may
 * be unfinished, then any word, then all words run together; then the words that a name may lack
 * are left out; and at last slips are forgiven, wrong marks, and half of the words.
 */
export function findNames(catalogue, query) {
  const rows = query.star ? catalogue.rows.filter(({ star }) => star === query.star) : catalogue.rows;
  if (!query.words.length) return { hits: query.nothing ? [] : rows.map((row) => ({ row, score: 0 })) };
  for (const reading of readings(query)) {
    const scores = scoresOf(catalogue, reading);
    // A word that no text holds leaves nothing to look for.
    if (!reading.near && scores.some((score) => !score.some(Boolean))) continue;
    const hits = rank(catalogue, rows, query, reading, scores);
    if (hits.length > 0) return { hits, slipped: reading.near };
  }
  return { hits: [] };
}

function readings({ words, heavy, joined }) {
  // For one word, its last is its first, and to run it together changes nothing.
  const strict = (some) =>
    [...new Set([some.length - 1, 0])].map((open) => ({ words: some, open, near: false }));
  const together = (near) => (words.length > 1 ? [{ words: [joined], open: 0, near }] : []);
  return [
    ...strict(words),
    ...together(false),
    ...(heavy.length > 0 && heavy.length < words.length ? strict(heavy) : []),
    { words, open: words.length - 1, near: true },
    ...together(true),
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

/**
 * Return how well each word fits each text; words from number `open` on may be unfinished.
 *
 * What fits only nearly has a score below zero.
 */
function scoresOf(catalogue, { words, open, near }) {
  const { texts } = catalogue;
  return words.map((word, number) => {
    const scores = new Float32Array(texts.length);
    // Most texts are ruled out here, and for all readings of the word at once.
    if (!word.holders) {
      word.holders = [];
      texts.forEach((text, at) => text.plain.includes(word.plain) && word.holders.push(at));
    }
    for (const at of word.holders) scores[at] = wordScore(word, texts[at], number >= open, near);
    if (near) {
      const slipped = slipScores(word.plain, catalogue, words.length === 1);
      for (let at = 0; at < texts.length; at += 1) scores[at] ||= -slipped[at];
    }
    return scores;
  });
}

function wordScore(word, text, open, near) {
  let best = 0;
  let wrong = 0;
  for (let place = 0; place < text.starts.length; place += 1) {
    const score = scoreAt(word, text, place, open) * (1 - Math.min(place, 10) / 100);
    best = Math.max(best, score);
    wrong = Math.min(wrong, score);
  }
  return best || (near ? wrong : 0);
}

/** Return from 0 to 1 how well a word fits the text at a place; below 0 if its marks are wrong. */
function scoreAt(word, text, place, open) {
  const start = text.starts[place];
  // Read on over the end of the word, so that "cacao" is found in "ca cao".
  if (!text.plain.startsWith(word.plain, start)) return 0;
  const end = start + word.plain.length;
  const next = text.starts.find((each) => each >= end) ?? text.length;
  // One letter of the next word is too little to go by: "thịt" is none of "thị trấn".
  if (next !== end && (!open || text.starts.indexOf(end - 1) > place)) return 0;
  const marks = fit(word.marked, text.marked, start);
  if (marks <= WRONG) return next === end ? -marks : 0;
  const whole = next === end ? 1 : 0.6 + (0.2 * word.plain.length) / (next - start);
  return whole * marks;
}

/** Return how nearly `plain` is a word of each text; a short word must not stand `alone`. */
function slipScores(plain, { texts, vocabulary }, alone) {
  const most = alone && plain.length < LONG_ENOUGH ? 0 : forgiven(plain);
  const scores = new Float32Array(texts.length);
  for (const [word, holders] of vocabulary) {
    const least = Math.min(most, forgiven(word));
    const score = least && ALMOST - SLIP * (slips(plain, word, least) - 1);
    if (score > 0) for (const at of holders) scores[at] = Math.max(scores[at], score);
  }
  return scores;
}

/** Return how many slips a word may have; another number is another thing. */
function forgiven(word) {
  if (word.length < 2 || /\d/u.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}

function rank(catalogue, rows, query, { near }, scores) {
  const hits = [];
  for (const row of rows) {
    const score = near ? nearScore(row, scores) : rowScore(row, scores);
    if (score > 0) hits.push({ row, score: score + row.bonus + nameBonus(catalogue, row, query) });
  }
  hits.sort((one, other) => other.score - one.score || one.row.rank - other.row.rank);
  const least = near && hits.length > 0 ? hits[0].score / 2 : -Infinity;
  return withoutStrewn(hits, scores).filter((hit) => hit.score >= least);
}

/** Where all words stand together somewhere, leave out rows over which they are strewn. */
function withoutStrewn(hits, scores) {
  if (scores.length === 1) return hits;
  const together = hits.map(({ row }) => wordsTogether(row, scores));
  return together.includes(scores.length) ? hits.filter((_, at) => together[at] > 1) : hits;
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

/**
 * Return the same where half of the words may be missing or only near; the first ones count most.
 *
 * A word comes near in a name or a place alone, and beside a word that is right.
 */
function nearScore({ texts, weights }, scores) {
  const count = scores.length;
  const found = new Float64Array(count);
  const near = new Float64Array(count);
  for (let at = 0; at < texts.length; at += 1) {
    let right = count === 1;
    for (const score of scores) right ||= score[texts[at]] > 0;
    if (!right) continue;
    for (let word = 0; word < count; word += 1) {
      const worth = scores[word][texts[at]] * weights[at];
      if (worth > found[word]) found[word] = worth;
      else if (weights[at] > KIND && -worth > near[word]) near[word] = -worth;
    }
  }
  let right = 0;
  let sum = 0;
  for (let word = 0; word < count; word += 1) {
    if (found[word] > 0) right += 1;
    sum += (found[word] || near[word]) * (1 - Math.min(word, 10) / 20);
  }
  return count === 1 || right * 2 >= count ? sum / count : 0;
}

/** Return how many of the words one text of `row` holds. */
function wordsTogether({ texts }, scores) {
  let most = 0;
  for (const text of texts) {
    let held = 0;
    for (const score of scores) if (score[text] !== 0) held += 1;
    most = Math.max(most, held);
  }
  return most;
}

/** Return what it is worth that the words stand in a name as they were typed. */
function nameBonus(catalogue, row, query) {
  let best = 0;
  for (let at = 0; at < row.texts.length; at += 1) {
    const weight = row.weights[at];
    if (weight < OTHER_NAME) continue;
    const text = catalogue.texts[row.texts[at]];
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
