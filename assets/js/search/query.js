// Read what a person typed.

import { fold, oneToneSchool, wordsOf } from "./words.js";

const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/gu;

/**
 * Return what `typed` asks for: its words, its quoted phrases and the words run together.
 *
 * `short` tells what the abbreviations of the language stand for ("htx", "tp").
 */
export function readQuery(typed, short = {}) {
  const text = oneToneSchool(typed.trim().replace(/\s+/gu, " "));
  const phrases = [...text.matchAll(QUOTED)].map((found) => wordsOf(found[1])).filter(hasWords);
  const words = wordsOf(text).flatMap((word) => (short[word] ? wordsOf(short[word]) : [word]));
  return {
    // The sentences that repeat it set their own quotation marks.
    text: text.replace(/["“”„«»]/gu, "").trim(),
    phrases,
    words: words.map((marked) => ({ marked, plain: fold(marked) })),
    joined: { marked: words.join(""), plain: fold(words.join("")) },
    // Whoever types marks means them; whoever types none means every mark.
    hasMarks: /[^\u0000-\u007f]/u.test(words.join("")),
  };
}

function hasWords(words) {
  return words.length > 0;
}
