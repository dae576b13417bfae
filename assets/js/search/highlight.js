// Mark what was typed in what is shown, however either is spelled.

import { made, setLang } from "./dom.js";
import { fold, wordsOf } from "./words.js";

/** What was read once: most of what is shown at one key is shown at the next one too. */
const known = Object.create(null);

/** Return the words of `text` without their marks. */
export function plain(text) {
  return (known[text] ??= wordsOf(text).map(fold));
}

/** Return `text` in pieces, what the words of `query` hit in `<mark>`. */
export function underlined(text, query) {
  const typed = [...query.words, query.joined].map((word) => word.plain).filter(Boolean);
  const last = query.words.length - 1;
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).flatMap((piece) => {
    const letters = plain(piece).join("");
    // All words but the last are finished: "ca" in "ca cao" is no part of "Cát".
    const hits = typed.filter((word, at) => (at < last ? letters === word : letters.startsWith(word)));
    if (letters === "" || hits.length === 0) return piece === "" ? [] : [piece];
    const length = Math.max(...hits.map((word) => word.length));
    return [made("mark", piece.slice(0, length)), piece.slice(length)].filter((part) => part !== "");
  });
}

/** Return why a product was found, where its name, its maker and its place do not tell. */
export function because(found, query) {
  const shown = plain([found.title, found.maker, found.place].join(" "));
  if (query.words.every((word) => shown.some((each) => each.startsWith(word.plain)))) return null;
  for (const [text, lang] of [...found.others, ...found.reasons.map((reason) => [reason, ""])]) {
    const pieces = underlined(text ?? "", query);
    const answers = text !== found.place && pieces.some((piece) => piece instanceof Element);
    if (answers) return inLanguage(pieces, lang);
  }
  return null;
}

/** Return `pieces` as one element that tells their language. */
export function inLanguage(pieces, lang) {
  const shown = made("span", ...pieces);
  setLang(shown, lang);
  return shown;
}
