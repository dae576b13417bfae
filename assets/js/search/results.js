// Show what was found, in the rows that the page has templates for.

import { fold, wordsOf } from "./words.js";

const SHOWN = 24;
const GROUP_OF = {
  product: "products",
  producer: "producers",
  place: "places",
  outlet: "outlets",
  event: "events",
  story: "stories",
};

/** Return the groups of `hits`, the one with the best hit first; stories always come last. */
export function grouped(hits) {
  const groups = Map.groupBy ? Map.groupBy(hits, kindOf) : groupedByHand(hits);
  return [...groups].sort(([one], [other]) => (one === "story") - (other === "story"));
}

function groupedByHand(hits) {
  const groups = new Map();
  for (const hit of hits) groups.set(kindOf(hit), [...(groups.get(kindOf(hit)) ?? []), hit]);
  return groups;
}

function kindOf(hit) {
  return hit.row.kind;
}

/** Return the section that shows the rows of one group. */
export function section(kind, hits, query, say) {
  const shown = fromTemplate("group");
  const name = GROUP_OF[kind];
  const heading = shown.querySelector("h2");
  heading.id = `found-${name}`;
  heading.textContent = say(`group.${name}`);
  shown.setAttribute("aria-labelledby", heading.id);
  shown.querySelector("[data-count]").textContent = say(`count.${name}`, { count: hits.length });
  const list = shown.querySelector("ul");
  const rows = hits.map((hit) => () => row(hit.row, query, say));
  list.append(...rows.slice(0, SHOWN).map((make) => make()));
  if (rows.length > SHOWN) list.after(more(list, rows, say));
  return shown;
}

function more(list, rows, say) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-line";
  button.textContent = say("more", { count: rows.length - SHOWN });
  button.addEventListener("click", () => {
    const first = list.children.length;
    list.append(...rows.slice(SHOWN).map((make) => make()));
    list.children[first].querySelector("a").focus();
    button.parentElement.remove();
  });
  const line = document.createElement("p");
  line.className = "main";
  line.append(button);
  return line;
}

function row(found, query, say) {
  const shown = fromTemplate(found.kind);
  const link = shown.querySelector("a");
  link.href = found.url;
  setLang(link, found.lang);
  link.append(...underlined(found.title, query));
  FILL[found.kind](shown, found, query, say);
  return shown;
}

const FILL = {
  product: fillProduct,
  producer: fillProducer,
  place: fillPlace,
  outlet: fillLine,
  event: fillLine,
  story: fillStory,
};

function fillProduct(shown, found, query, say) {
  const picture = shown.querySelector("img");
  if (found.thumbnail) picture.src = found.thumbnail;
  if (found.tone) picture.classList.add(found.tone);
  const line = shown.querySelector("p");
  line.append(...underlined(sentence(found.maker, found.place), query));
  line.append(...because(found, query));
  const note = say(`status.${found.status}`);
  if (note) line.append(` · ${note}`);
  const star = shown.querySelector(".star");
  if (found.star === 0) {
    star.remove();
    picture.classList.add("faded");
    return;
  }
  star.querySelector("use").setAttribute("href", `#s${found.star}`);
  star.querySelector("span").textContent = say("star", { count: found.star });
}

/** Return why a product was found, where its name, its maker and its place do not tell. */
function because(found, query) {
  const shown = wordsOf(sentence(found.title, found.maker, found.place)).map(fold);
  if (query.words.every((word) => shown.some((each) => each.startsWith(word.plain)))) return [];
  for (const [text, lang] of [...found.others, ...found.reasons.map((reason) => [reason, ""])]) {
    const pieces = underlined(text ?? "", query);
    if (pieces.some((piece) => piece instanceof Element)) return [" · ", inLanguage(pieces, lang)];
  }
  return [];
}

function fillProducer(shown, found, query, say) {
  countProducts(shown, found, say);
  shown.querySelector("p").append(...underlined(found.place ?? "", query));
}

function fillPlace(shown, found, query, say) {
  countProducts(shown, found, say);
  const line = shown.querySelector("p");
  if (found.former) line.append(...underlined(say("former", { names: found.former }), query));
  else line.remove();
}

function fillLine(shown, found, query, say) {
  const line = shown.querySelector("p");
  line.append(...underlined(found.line.filter(Boolean).join(" · "), query));
  if (found.status) line.append(` · ${say(`status.${found.status}`)}`);
}

/** Say how many products carry stars today; where none does, the page itself says why. */
function countProducts(shown, { count }, say) {
  const told = shown.querySelector("[data-count]");
  if (count > 0) told.textContent = say("count.products", { count });
  else told.remove();
}

function fillStory(shown, found) {
  const line = shown.querySelector("p");
  setLang(line, found.saidIn);
  line.append("… ", ...found.excerpt.map((part) => (part.marked ? mark(part.text) : part.text)), " …");
}

/** Return `text` in pieces, what the words of `query` hit in `<mark>`. */
function underlined(text, query) {
  const typed = [...query.words, query.joined].map((word) => word.plain);
  const last = query.words.length - 1;
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).flatMap((piece) => {
    const plain = fold(wordsOf(piece).join(""));
    // All words but the last are finished: "ca" in "ca cao" is no part of "Cát".
    const hits = typed.filter((word, at) => (at < last ? plain === word : plain.startsWith(word)));
    if (plain === "" || hits.length === 0) return piece === "" ? [] : [piece];
    const length = Math.max(...hits.map((word) => word.length));
    return [mark(piece.slice(0, length)), piece.slice(length)].filter((part) => part !== "");
  });
}

function mark(text) {
  const shown = document.createElement("mark");
  shown.textContent = text;
  return shown;
}

function inLanguage(pieces, lang) {
  const shown = document.createElement("span");
  setLang(shown, lang);
  shown.append(...pieces);
  return shown;
}

function sentence(...parts) {
  return parts.filter(Boolean).join(", ");
}

function setLang(element, lang) {
  if (lang) element.lang = lang;
}

function fromTemplate(name) {
  const template = document.querySelector(`template[data-found="${name}"]`);
  return template.content.firstElementChild.cloneNode(true);
}
