// Read what a person typed.

import { folded, oneToneSchool, wordsOf } from "./words.js";

const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/gu;

/**
 * Return what `typed` asks for.
 *
 * `words`, `phrases` in quotation marks, the words run together (`joined`), the number of stars
 * (`star`; 0: any), and the words without those that names may lack (`heavy`); or `nothing`.
 * `terms` are those of the language.
 */
export function readQuery(typed, { short, stars, light }) {
  const text = oneToneSchool(typed.trim().replace(/\s+/gu, " "));
  const phrases = [...text.matchAll(QUOTED)].map((found) => wordsOf(found[1])).filter((words) => words.length);
  const all = wordsOf(text).flatMap((word) => (short[word] ? wordsOf(short[word]) : [word]));
  const asked = stars.find(([, way]) => placeOf(way, all) >= 0);
  const heavy = without(asked ? without(all, [asked[1]]) : all, light);
  const words = asked ? heavy : all;
  return {
    // The sentences that repeat it set their own quotation marks.
    text: text.replace(/["“”„«»]/gu, "").trim(),
    phrases,
    star: asked?.[0] ?? 0,
    nothing: !words.length && !asked,
    words: words.map(folded),
    heavy: heavy.map(folded),
    joined: folded(words.join("")),
  };
}

/** Return `words` without each of `phrases`. */
export function without(words, phrases) {
  let left = words;
  for (const phrase of phrases) {
    const at = placeOf(phrase, left);
    if (at >= 0) left = [...left.slice(0, at), ...left.slice(at + phrase.length)];
  }
  return left;
}

/** Return where `phrase` stands in `words`, whose marks may be left out but not be wrong; or -1. */
function placeOf(phrase, words) {
  const fits = (word, at) => word === phrase[at].marked || word === phrase[at].plain;
  if (!phrase.length) return -1;
  return words.findIndex((_, at) => phrase.every((_, step) => fits(words[at + step] ?? "", step)));
}
