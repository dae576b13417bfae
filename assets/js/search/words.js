// Spell words so that every way of typing Vietnamese can be compared.

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const MARKS = /\p{M}/gu;
/** All that Latin letters take apart into; the wider class takes three times as long. */
const LATIN_MARKS = /[\u0300-\u036f]/g;
const A_MARK = /\p{M}/u;
const UNITS = "kg|mg|gam|gram|gr|g|ml|lít|lit|l|cm|mm|ha|m|sao|stars|star";
const NUMBER_AND_UNIT = new RegExp(`(\\d)(?=(?:${UNITS})(?![\\p{L}\\p{N}]))`, "giu");
const TONE_ON_SECOND = /(^|[^qQ])([oOuU])(\p{L})(?!\p{L})/gu;
const TONES = "\u0300\u0309\u0303\u0301\u0323";
const CLUSTERS = new Set(["oa", "oe", "uy"]);

/** Return `text` with the tone of oa, oe and uy on the first vowel: "hoà" becomes "hòa". */
export function oneToneSchool(text) {
  return text.normalize("NFC").replace(TONE_ON_SECOND, (whole, before, first, second) => {
    const [letter, ...marks] = second.normalize("NFD");
    const movable = marks.length === 1 && TONES.includes(marks[0]);
    if (!movable || !CLUSTERS.has((first + letter).toLowerCase())) return whole;
    return before + (first + marks[0]).normalize("NFC") + letter;
  });
}

/** Return `text` without marks and with đ as d, one letter for one letter. */
export function fold(text) {
  return text.normalize("NFD").replace(LATIN_MARKS, "").replaceAll("đ", "d");
}

/** Return a word with its marks, and without them. */
export function folded(marked) {
  return { marked, plain: fold(marked) };
}

/** Return the words of `text` in small letters; a number and its unit are two. */
export function wordsOf(text) {
  const spelled = oneToneSchool(text).toLowerCase().replace(NUMBER_AND_UNIT, "$1 ");
  const words = spelled.match(WORD) ?? [];
  // What NFC could not join is dropped, so that a word and its folded form stay in step.
  if (!A_MARK.test(spelled)) return words;
  return words.map((word) => word.replace(MARKS, "")).filter(Boolean);
}

/** Return `text` as it is compared: its words run together, with and without marks. */
export function readable(text) {
  const marked = wordsOf(text);
  // Folded in one go: to normalise is what takes time.
  const plain = marked.length > 0 ? fold(marked.join(" ")).split(" ") : [];
  const starts = [];
  let length = 0;
  for (const word of plain) {
    starts.push(length);
    length += word.length;
  }
  return { marked: marked.join(""), plain: plain.join(""), words: plain, starts, length };
}

/** So well fits a letter whose marks are other ones. */
export const WRONG = 0.5;

/**
 * Return from 0 to 1 how well the marks of `typed` fit those of `text` from `at` on.
 *
 * A letter typed without any mark fits every letter that it may become; one with a mark that
 * contradicts the text's still counts a little, since people slip there most.
 */
export function fit(typed, text, at) {
  let worst = 1;
  for (let place = 0; place < typed.length && worst > WRONG; place += 1) {
    worst = Math.min(worst, letterFit(typed[place], text[at + place]));
  }
  return worst;
}

function letterFit(typed, letter) {
  if (typed === letter) return 1;
  if (letter === undefined) return WRONG;
  if (typed === fold(letter)) return 0.97;
  if (typed === withoutTone(letter)) return 0.8;
  return WRONG;
}

function withoutTone(letter) {
  const parts = [...letter.normalize("NFD")].filter((part) => !TONES.includes(part));
  return parts.join("").normalize("NFC");
}

/** Return how many letters are wrong, missing, too many or swapped, or Infinity above `most`. */
export function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(above[column] + 1, line[column - 1] + 1, above[column - 1] + !same);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped && row > 1 && column > 1) least = Math.min(least, before[column - 2] + 1);
      line.push(least);
    }
    if (Math.min(...line) > most) return Infinity;
    [before, above] = [above, line];
  }
  return above[other.length] <= most ? above[other.length] : Infinity;
}
