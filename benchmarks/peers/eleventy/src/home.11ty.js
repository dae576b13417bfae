import { base } from "../parts/base.js";
import { find } from "../parts/find.js";
import * as p from "../parts/pieces.js";
import { homePage } from "../lib/home.js";
import { escape as e } from "../lib/text.js";
import { editions, storyOf } from "../site.js";

export const data = {
  editions,
  pagination: { data: "editions", size: 1, alias: "edition" },
  permalink: ({ edition }) => `${edition.routes.home}index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ edition }) {
  const { t, site } = edition;
  const page = homePage(edition, (product) => storyOf(edition, product));
  return base(edition, page.head, {
    scripts: [site.files.finding],
    main: `<div class="cover">
  <div class="cover-text">
    <h1>${e(site.title)}</h1>
    <p class="lede">${e(page.lede)}</p>
    ${find(edition)}
  </div>
  ${page.wall.length ? `<div class="wall wall-${page.wall.length}">${p.each(page.wall, wall)}</div>` : ""}
</div>
${best(t, page.best)}
${browse(edition, page)}
<div class="section wrap cols news">
  <section class="sec-head flow" aria-labelledby="h-fresh">
    <h2 id="h-fresh">${e(t("home.fresh"))}</h2>
    ${p.each(page.fresh, ({ month, cards }) => `<h3 class="minor">${e(t("home.fresh_month", { month }))}</h3>\n${p.rows(cards)}`)}
    <p class="small soft">${e(t("home.fresh_about"))}</p>
  </section>
</div>
<div class="section wrap cols spread">
  <section class="sec-head figline" aria-labelledby="h-figures">
    <h2 class="vh" id="h-figures">${e(t("home.figures"))}</h2>
    <ul>
      ${p.each(page.figures, (item) => `<li>${p.link(item)}</li>\n      `)}</ul>
    <p><a class="more" href="${site.index.figures}">${e(t("home.all_figures"))}</a></p>
  </section>
  <section class="sec-head flow" aria-labelledby="h-map">
    <h2 id="h-map">${e(page.map.title)}</h2>
    <p class="soft">${e(page.map.shown)}. <a href="${site.index.map}">${e(t("home.open_map"))}</a></p>
    <a class="sketch" href="${site.index.map}">${page.map.svg}</a>
  </section>
</div>
${page.teaser ? teaser(t, page.teaser) : ""}
<section class="section wrap" aria-labelledby="h-buy">
  <div class="cols sec-head">
    <div class="side">
      <h2 id="h-buy">${e(t("home.buy"))}</h2>
      <p class="soft">${e(t("home.buy_about"))}</p>
    </div>
    <div class="main">
    <p class="small soft mt">${e(t("home.day", { day: page.day }))}</p>
    </div>
  </div>
</section>
`,
  });
}

const wall = (picture) =>
  p.image(picture, "(min-width: 60rem) 16vw, (min-width: 40rem) 17vw, 34vw", { late: true });

const best = (t, { star, words, count, url, cards }) => `<section class="section first wrap" aria-labelledby="h-best">
  <div class="cols sec-head">
    <div class="side">
      <h2 id="h-best">${p.bigStars(star, words)}</h2>
      <p class="soft">${e(t("home.best", { count }))}</p>
      <p><a class="more" href="${url}">${e(t("home.see_all", { count }))}</a></p>
    </div>
    <div class="main">
    ${p.cards(cards, { four: true })}
    </div>
  </div>
</section>`;

const browse = ({ t, site }, page) => `<section class="section wrap" aria-labelledby="h-browse">
  <div class="sec-head"><h2 id="h-browse">${e(t("home.browse"))}</h2></div>
  <section class="cols browse" aria-labelledby="h-stars">
    <h3 class="side" id="h-stars">${e(t("home.by_star"))}</h3>
    <ul class="main tally">
      ${p.each(page.tallies, ({ star, words, count, url }) => `<li><a href="${url}"><span class="big">${count}</span> ${p.stars(star, words)}</a></li>\n      `)}<li><a href="${page.former.url}"><span class="big">${page.former.count}</span> <span class="none">${e(page.former.words)}</span></a></li>
    </ul>
  </section>
  <section class="cols browse wide" aria-labelledby="h-places">
    <div class="side">
      <h3 id="h-places">${e(t("home.places"))}</h3>
      <p class="small soft">${e(t("home.districts", { districts: page.districtWords }))}</p>
      <p><a class="more" href="${site.index.place}">${e(t("home.communes"))}</a></p>
    </div>
    <div class="main">
    ${p.counts(page.districts)}
    </div>
  </section>
  <section class="cols browse" aria-labelledby="h-sets">
    <div class="side">
      <h3 id="h-sets">${e(t("home.sets"))}</h3>
      <p><a class="more" href="${site.index.sector}">${e(t("home.all_sets"))}</a></p>
    </div>
    <ul class="main sets">
      ${p.each(page.sets, ({ text, url, words, picture }) => `<li><a href="${url}">${p.image(picture, "(min-width: 60rem) 9rem, (min-width: 40rem) 30vw, 3.5rem")}
<span class="serif">${e(text)}</span><span class="num">${e(words)}</span></a></li>\n      `)}</ul>
  </section>
</section>`;

const teaser = (t, { picture, title, text, url, name }) => `<article class="section story" aria-labelledby="h-story">
  <div class="story-in">
    ${p.image(picture, "(min-width: 40rem) 42vw, 100vw", { named: true })}
    <div class="story-text">
      <h2 id="h-story">${e(title)}</h2>
      <div class="prose"><p>${e(text)}</p></div>
      <p class="mt"><a class="more" href="${url}">${e(t("home.read_on", { product: name }))}</a></p>
    </div>
  </div>
</article>`;
