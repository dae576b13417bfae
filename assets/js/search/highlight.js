// Mark what was typed in what is shown, however either is spelled.

import { made, setLang } from "./dom.js";
import { fold, wordsOf } from "./words.js";

/** Return `text` in pieces, what the words of `query` hit in `<mark>`. */
export function underlined(text, query) {
  const typed = [...query.words, query.joined].map((word) => word.plain).filter(Boolean);
  const last = query.words.length - 1;
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).flatMap((piece) => {
    const plain = fold(wordsOf(piece).join(""));
    // All words but the last are finished: "ca" in "ca cao" is no part of "Cát".
    const hits = typed.filter((word, at) => (at < last ? plain === word : plain.startsWith(word)));
    if (plain === "" || hits.length === 0) return piece === "" ? [] : [piece];
    const length = Math.max(...hits.map((word) => word.length));
    return [made("mark", piece.slice(0, length)), piece.slice(length)].filter((part) => part !== "");
  });
}

/** Return why a product was found, where its name, its maker and its place do not tell. */
export function because(found, query) {
  const shown = wordsOf([found.title, found.maker, found.place].join(" ")).map(fold);
  if (query.words.every((word) => shown.some((each) => each.startsWith(word.plain)))) return null;
  for (const [text, lang] of [...found.others, ...found.reasons.map((reason) => [reason, ""])]) {
    const pieces = underlined(text ?? "", query);
    if (pieces.some((piece) => piece instanceof Element)) return inLanguage(pieces, lang);
  }
  return null;
}

/** Return `pieces` as one element that tells their language. */
export function inLanguage(pieces, lang) {
  const shown = made("span", ...pieces);
  setLang(shown, lang);
  return shown;
}
