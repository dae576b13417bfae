// Small pieces that pages are put together from.

import { escape as e } from "../lib/text.js";

export const each = (all, piece) => all.map(piece).join("");

const lang = ({ lang: code }) => (code ? ` lang="${code}"` : "");

export function link(item) {
  const { text, url, outside, note } = item;
  const words = url
    ? `<a href="${e(url)}"${outside ? ' rel="noopener"' : ""}${lang(item)}>${e(text)}</a>`
    : e(text);
  return note ? `${words} <span class="note">(${e(note)})</span>` : words;
}

const inLine = (item, at, all) =>
  `<span class="nb">${link(item)}${at + 1 < all.length ? "," : ""}</span>`;

/** Each on a line of its own, or all in one. */
export const links = (items, inline) =>
  inline ? items.map(inLine).join(" ") : items.map(link).join("<br>");

const drawn = (star, l) =>
  `<svg class="stars" viewBox="0 0 116 20" aria-hidden="true" focusable="false"><use href="#s${star}${l}"/></svg>`;

export const stars = (star, words, large = false) =>
  `<span class="star${large ? " star-l" : ""}">${drawn(star, large ? "l" : "")}<span>${e(words)}</span></span>`;

export const bigStars = (star, words) =>
  `<span class="star star-xl">${drawn(star, "l")}<span>${e(words)}</span></span>`;

/** A picture; a drawing has no `sources`. */
export function image(picture, sizes, options = {}) {
  const { name = "plate", first = false, late = false, named = false } = options;
  const { url, width, height, sources, tone, alt } = picture;
  const measures = `width="${width}" height="${height}"`;
  if (!sources) {
    return `<img class="${name}" src="${url}" alt="" ${measures}${first ? "" : ' loading="lazy" decoding="async"'}>`;
  }
  const way = first
    ? ' fetchpriority="high" decoding="sync"'
    : ` loading="lazy" decoding="async"${late ? ' fetchpriority="low"' : ""}`;
  return `<picture><source type="image/webp" srcset="${sources}" sizes="${sizes}"><img class="${name} ${tone}" src="${url}" alt="${named ? e(alt) : ""}" ${measures}${way}></picture>`;
}

/** A picture that leads to its largest file. */
export function opens(picture, sizes, options) {
  if (!picture.largest) return image(picture, sizes, options);
  return `<a class="opens" href="${picture.largest}">${image(picture, sizes, { ...options, named: true })}</a>`;
}

const CARD =
  "(min-width: 85rem) 13rem, (min-width: 60rem) 17rem, (min-width: 42rem) 29vw, calc(46vw - .5rem)";
const written = new WeakMap();

function card(item, first) {
  if (first) return cardOf(item, true);
  let html = written.get(item);
  if (html === undefined) {
    html = cardOf(item, false);
    written.set(item, html);
  }
  return html;
}

function cardOf(item, first) {
  return `<li class="card">
  <h3><a href="${item.url}">${e(item.name)}</a></h3>
  ${image(item.picture, CARD, { first })}
  ${stars(item.star, item.stars)}
  <p><span>${e(item.producer)}</span> <span>${e(item.place)}</span>${item.note ? ` <span class="state">${e(item.note)}</span>` : ""}</p>
</li>
`;
}

export const cards = (all, { four = false, early = 0 } = {}) =>
  `<div class="cardbox"><ul class="cards${four ? " c4" : ""}">
${all.map((item, at) => card(item, at < early)).join("")}</ul></div>
`;

/** Too few for a row of cards: a line for each. */
export const rows = (all) => `<ul class="ledger">
${each(
  all,
  (item) => `<li class="rowhit">
  ${image(item.picture, "4.5rem")}
  <div><a class="serif" href="${item.url}">${e(item.name)}</a><p>${e(item.producer)}\u00a0· <span class="nb">${e(item.place)}${item.note ? `\u00a0·</span> ${e(item.note)}` : "</span>"}</p></div>
  ${stars(item.star, item.stars)}
</li>
`,
)}</ul>
`;

export const crumbs = (t, all) =>
  all.length
    ? `<nav class="crumbs" aria-label="${e(t("menu.crumbs"))}"><ol>
  ${each(all, (item) => `<li>${link(item)}</li>\n  `)}</ol></nav>
`
    : "";

export const facts = (all, inline = false) => `<dl class="facts">
  ${each(all, ({ label, items }) => `<div><dt>${e(label)}</dt><dd>${links(items, inline)}</dd></div>\n  `)}</dl>
`;

export const counts = (all) => `<ul class="places">
  ${each(all, ({ url, text, count }) => `<li><a href="${url}"><span>${e(text)}</span> <span class="num">${count}</span></a></li>\n  `)}</ul>
`;

export const sources = (all) => `<ul class="sources">
  ${each(all, (item) => `<li>${link(item)}</li>\n  `)}</ul>
`;

export const cut = ({ t, routes }, map) => `<figure class="mapcut">
${map}
<figcaption>${e(t("map.cut_caption"))} <a href="${routes.index.map}">${e(t("map.large"))}</a></figcaption>
</figure>
`;
