import { base } from "../parts/base.js";
import * as p from "../parts/pieces.js";
import { CHAIN, TICK } from "../lib/drawings.js";
import { viewer } from "../parts/viewer.js";
import { productPage } from "../lib/product.js";
import { escape as e } from "../lib/text.js";
import { editions, storyOf } from "../site.js";

const pages = editions.flatMap((edition) =>
  [...edition.catalogue.products.values()].map((product) => ({ edition, product })),
);

export const data = {
  pages,
  pagination: { data: "pages", size: 1, alias: "shown" },
  permalink: ({ shown: { edition, product } }) =>
    `${edition.routes.to("product", product.id)}index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ shown: { edition, product } }) {
  const page = productPage(edition, product);
  const { t, site } = edition;
  const large = page.picture.largest;
  return base(edition, page.head, {
    described: `<link rel="alternate" href="${page.head.own.link}index.json" type="application/json">\n`,
    scripts: large ? [site.files.gallery] : [],
    main: `<div class="wrap">
  ${p.crumbs(t, page.crumbs)}
  ${article(edition, page)}
  ${story(edition, storyOf(edition, product))}
  ${gallery(t, page.gallery)}
  <div class="section cols">
    <section class="w7 sec-head flow" aria-labelledby="h-proof">
      <h2 id="h-proof">${e(t("product.proof"))}</h2>
      ${page.mark.brief ? `<p>${e(page.mark.told)}</p>` : ""}
      <div class="proof">
  <h3 class="minor">${e(page.proof.title)}</h3>
  ${p.facts(page.proof.facts)}
  <div class="small soft"><p>${e(t("source.heading"))}</p>${p.sources(page.proof.sources)}</div>
</div>
    </section>
    <section class="w5 sec-head flow" aria-labelledby="h-where">
      <h2 id="h-where">${e(t("product.where"))}</h2>
      ${p.cut(edition, page.map)}
    </section>
  </div>
  ${p.each(page.others, shelf)}
  ${neighbours(t, page)}
</div>
`,
    after: large ? viewer(t) : "",
  });
}

function article(edition, page) {
  const { t } = edition;
  const { mark, picture, head } = page;
  return `<article class="product">
    <figure class="hero">
      ${p.opens(picture, "(min-width: 60rem) 38rem, (min-width: 48rem) 42vw, 100vw", { first: true })}
      <div class="qr-box"><img class="qr" src="${head.own.link}qr.svg" alt="" width="480" height="480" loading="lazy" decoding="async"><p>${head.own.absolute}</p></div>
      ${picture.credit ? `<figcaption>${e(picture.credit)}</figcaption>` : ""}
    </figure>
    <div class="head">
      <h1>${e(page.name)}</h1>
      ${p.each(page.otherNames, ({ text, lang }) => `<p class="alt" lang="${lang}">${e(text)}</p>\n      `)}<div class="status">
        ${p.stars(mark.star, mark.stars, true)}
        <p class="till"><strong>${e(mark.state)}.</strong>${mark.issuer ? ` ${e(t("product.by", { issuer: mark.issuer }))}` : ""}</p>
        ${mark.brief ? "" : `<p class="till">${e(mark.told)}</p>`}
      </div>
      <p class="sum">${e(page.summary)}</p>
      <section class="buy" aria-labelledby="h-buy">
        <h2 id="h-buy">${e(t("product.buy"))}</h2>
        <h3 class="minor">${e(t("product.contact"))}</h3>
        <dl class="facts">
  <div><dt>${e(t("product.phone"))}</dt><dd>${p.links(page.phones)}</dd></div>
</dl>
      </section>
      <p class="acts no-print">
        <button class="btn btn-line scripted" type="button" data-pick="${page.id}" aria-pressed="false">${TICK}<span class="either"><span>${e(t("shortlist.tick_this"))}</span><span aria-hidden="true">${e(t("shortlist.chosen"))}</span></span></button>
      </p>
    </div>
    <section class="about sec-head flow" aria-labelledby="h-facts">
      <h2 class="minor" id="h-facts">${e(t("product.facts"))}</h2>
      ${p.facts(page.facts)}
      ${page.unknown ? `<p class="small soft">${e(page.unknown)}</p>` : ""}
    </section>
    <section class="pass no-print" aria-labelledby="h-pass">
      <h2 class="minor" id="h-pass">${e(t("product.pass_on"))}</h2>
      <p class="acts">
        <button class="btn btn-line" type="button" data-copy="${e(t("product.copied"))}" hidden>${CHAIN}<span aria-live="polite">${e(t("product.copy"))}</span></button>
        <button class="btn btn-line" type="button" data-share hidden>${e(t("product.share"))}</button>
      </p>
      <details class="qrbox no-print"><summary>${e(t("qr.show"))}</summary><img class="qr" src="${head.own.link}qr.svg" alt="${e(t("qr.alt", { address: head.own.absolute }))}" width="480" height="480" loading="lazy" decoding="async"></details>
      <p class="small soft"><a href="${e(page.mistake)}">${e(t("product.mistake"))}</a></p>
    </section>
  </article>`;
}

const story = (edition, { title, html }) => `<section class="section cols sec-head tale" aria-labelledby="h-story">
    <div class="side">
      <h2 id="h-story">${e(title)}</h2>
    </div>
    <div class="main flow">
      <div class="prose">
      ${html}
      </div>
    </div>
  </section>`;

const gallery = (t, all) =>
  all.length
    ? `<section class="section no-print" aria-labelledby="h-gallery">
    <div class="sec-head flow">
      <h2 id="h-gallery">${e(t("product.gallery"))}</h2>
      <ul class="gallery">
  ${all.map((item, at) => `<li><figure>${p.opens(item, at ? "(min-width: 48rem) 26rem, 100vw" : "(min-width: 48rem) 44rem, 100vw", { name: "photo" })}</figure></li>\n  `).join("")}</ul>
    </div>
  </section>`
    : "";

const shelf = ({ id, title, more, cards }) => `<section class="section no-print" aria-labelledby="${id}">
    <div class="cols sec-head">
      <div class="side">
        <h2 id="${id}">${e(title)}</h2>
        <p><a class="more" href="${more.url}">${e(more.text)}</a></p>
      </div>
      <div class="main">
      ${cards.length < 4 ? p.rows(cards) : p.cards(cards, { four: true })}
      </div>
    </div>
  </section>
  `;

function neighbours(t, { previous, next }) {
  if (!previous && !next) return "";
  const way = (word, { text }) =>
    `<span><span class="small soft">${e(t(`product.${word}`))}</span><br>${e(text)}</span>`;
  return `<nav class="pages no-print" aria-label="${e(t("product.neighbours"))}">
    ${previous ? `<a rel="prev" href="${previous.url}">${way("previous", previous)}</a>` : ""}
    ${next ? `<a class="last" rel="next" href="${next.url}">${way("next", next)}</a>` : ""}
  </nav>`;
}
