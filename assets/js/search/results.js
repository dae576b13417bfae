// Show what was found, in the rows that the page has templates for.

import { DOT, FIRST, fill, made, setLang, templated, unfold } from "./dom.js";
import { because, inLanguage, underlined } from "./highlight.js";
import { showPicture, showStars } from "./stars.js";

const SHOWN = 24;

/** Return the groups of `hits`, each with its kind, the one with the best hit first. */
export function grouped(hits) {
  const groups = {};
  for (const hit of hits) (groups[hit.row.kind] ??= []).push(hit);
  return Object.entries(groups);
}

/** Return the sections that show `hits`, group by group; the rows of the first screen come first. */
export function sections(hits, query, say) {
  let room = FIRST;
  return grouped(hits).map(([kind, each]) => {
    const shown = section(kind, each, query, say, room);
    room = Math.max(0, room - each.length);
    return shown;
  });
}

/** Return the section that shows the rows of one group, the `first` of them at once. */
export function section(kind, hits, query, say, first) {
  const shown = templated("group");
  const heading = shown.querySelector("h2");
  heading.id = `found-${kind}`;
  heading.textContent = say(`group.${kind}`);
  shown.setAttribute("aria-labelledby", heading.id);
  fill(shown, "[data-count]", say(`count.${kind}`, { count: hits.length }));
  const rows = hits.map((hit) => () => row(hit.row, query, say));
  unfold(shown.querySelector("ul"), rows, SHOWN, (count) => say("more", { count }), first);
  return shown;
}

function row(found, query, say) {
  const shown = templated(found.kind);
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
  showPicture(shown, found);
  const line = shown.querySelector("p");
  line.append(inLanguage(underlined(found.maker, query), found.makerLang));
  // The word for what a place is stays with its name.
  if (found.place) line.append(DOT, ...underlined(found.place.replace(" ", "\u00a0"), query));
  const reason = because(found, query);
  if (reason) line.append(DOT, reason);
  if (found.note) line.append(DOT + found.note);
  showStars(shown, found, say);
}

function fillProducer(shown, found, query, say) {
  countProducts(shown, found, say);
  shown.querySelector("p").append(...underlined(found.place ?? "", query));
}

function fillPlace(shown, found, query, say) {
  countProducts(shown, found, say);
  const line = shown.querySelector("p");
  if (found.former) line.append(...underlined(say("former", { names: found.former }), query));
  if (found.empty) line.append(found.former ? ". " : "", say("nothing_there"), ".");
}

function fillLine(shown, found, query, say) {
  const said = [...found.line, found.closed && say("closed")].filter(Boolean);
  shown.querySelector("p").append(...underlined(said.join(DOT), query));
}

/** Say how many products carry stars today; where none does, the page itself says why. */
function countProducts(shown, { count }, say) {
  if (count) fill(shown, "[data-count]", say("count.product", { count }));
}

function fillStory(shown, found) {
  const line = shown.querySelector("p");
  setLang(line, found.saidIn);
  line.append("… ", ...found.excerpt.map((part) => (part.marked ? made("mark", part.text) : part.text)), " …");
}
