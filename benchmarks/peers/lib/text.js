// Words: folded, cut, and safe to stand in HTML.

const MARKS = /\p{M}/gu;
const UNSAFE = /[&<>"]/g;
const SAFE = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as an id: "Bưởi Tân Triều" becomes "buoi-tan-trieu". */
export function slug(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(MARKS, "").replaceAll("đ", "d");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

/** Text as it stands within a sentence. */
export const lowered = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);

/** Text cut at a word so that it holds at most `length` characters. */
export function shorten(text, length) {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const at = cut.lastIndexOf(" ");
  return `${(at < 0 ? cut : cut.slice(0, at)).replace(/[ ,;:.–-]+$/, "")}…`;
}

/** Text for HTML; most has nothing that must be escaped. */
export function escape(text) {
  const said = String(text);
  return UNSAFE.test(said) ? said.replace(UNSAFE, (sign) => SAFE[sign]) : said;
}

/** JSON that no script element ends in. */
export const json = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");

/** Text as a part of a mailto: address. */
export const quoted = (text) => encodeURIComponent(text).replaceAll("%2F", "/");
