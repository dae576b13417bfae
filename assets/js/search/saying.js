// Say the words of the page's language, which the pointer file brings.

import { folded, wordsOf } from "./words.js";

/** Return a function that fills the words of a key with values; unknown keys say nothing. */
export function sayer(words, lang) {
  const plural = new Intl.PluralRules(lang);
  return (key, values = {}) => {
    const text = words[key] ?? words[`${key}.${plural.select(values.count)}`] ?? words[`${key}.other`];
    return (text ?? "").replace(/\{(\w+)\}/gu, (_, name) => values[name] ?? "");
  };
}

/**
 * Return what the words of a query may stand for, as the messages tell.
 *
 * `short`: what an abbreviation is short for; `stars`: the ways to ask for a number of stars;
 * `light`: words that a name may lack, such as the kind of a place.
 */
export function readTerms(say) {
  const pairs = (key) => say(key).split(";").map((each) => each.split("=").map((side) => side.trim()));
  const stars = pairs("stars").flatMap(([star, ways]) =>
    (ways ?? "").split(",").map((way) => [Number(star), wordsOf(way).map(folded)]),
  );
  const light = say("light").split(",").map((phrase) => wordsOf(phrase).map(folded));
  return { short: Object.fromEntries(pairs("short")), stars, light };
}
