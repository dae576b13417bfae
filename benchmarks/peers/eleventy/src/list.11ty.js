import { base } from "../parts/base.js";
import * as p from "../parts/pieces.js";
import { bar, found, panel } from "../parts/narrow.js";
import { listings, listPage, parts } from "../lib/lists.js";
import { escape as e } from "../lib/text.js";
import { editions } from "../site.js";

const pages = editions.flatMap((edition) =>
  [...listings(edition)].flatMap((listing) => [...parts(edition, listing)]),
);

export const data = {
  pages,
  pagination: { data: "pages", size: 1, alias: "part" },
  permalink: ({ part }) => `${part.url}index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ part }) {
  const { edition } = part;
  const { t, site } = edition;
  const page = listPage(part);
  const beside = page.beside ? ` ${e(t("list.all_former"))} ${p.link(page.beside)}.` : "";
  const wide = page.narrows || page.counts.length;
  return base(edition, page.head, {
    scripts: page.narrows ? [site.files.finding] : [],
    main: `<div class="wrap">
  ${p.crumbs(t, page.crumbs)}
  <header class="pagehead">
    <h1>${e(page.title)}</h1>
    <p>${e(page.count)} ${e(t("list.holds"))}.${p.each(page.lede, (said) => ` ${e(said)}`)}${beside}</p>
  </header>
  ${page.map ? '<div class="cols placehead">' : ""}
  ${page.facts.length ? p.facts(page.facts, true) : ""}
  ${page.map ? `${p.cut(edition, page.map)}</div>` : ""}
  <div class="cols list">
    ${wide ? side(edition, page) : ""}
    <div class="${wide ? "main" : "whole"}">
      ${page.narrows ? bar(t, page.count) + found(t) : ""}
      <div data-list-whole>
      ${page.stars.map((group, at) => stars(page, group, at)).join("")}
      ${page.paging ? paging(t, page.paging) : ""}
      </div>
    </div>
  </div>
</div>
`,
  });
}

const side = ({ t, site }, page) => `<div class="side">
      ${page.narrows ? panel(t, site.pointer, page.scope) : ""}
      ${
        page.counts.length
          ? `<nav aria-labelledby="h-narrower">
        <h2 class="minor" id="h-narrower">${e(page.countsTitle)}</h2>
        ${p.counts(page.counts)}
      </nav>`
          : ""
      }
    </div>`;

const stars = (page, { star, title, count, cards }, at) => `<section class="group" aria-labelledby="star-${star}">
        <div class="grp"><h2 id="star-${star}">${p.stars(star, title, true)}</h2>${page.stars.length > 1 ? `<span class="soft">${e(count)}</span>` : ""}</div>
        ${p.cards(cards, { early: at ? 0 : 2 })}
      </section>
      `;

function paging(t, { links, current, previous, next }) {
  const way = (url, name) =>
    url ? `<a class="more" href="${url}" rel="${name.slice(0, 4)}">${e(t(`paging.${name}`))}</a>` : "";
  const part = ({ number, url }) =>
    number
      ? `<a href="${url}" aria-label="${e(t("paging.page", { number }))}"${number === current ? ' aria-current="page"' : ""}>${number}</a>\n  `
      : '<span aria-hidden="true">…</span>\n  ';
  return `<nav class="pages" aria-label="${e(t("paging.label"))}">
  ${way(previous, "previous")}
  ${p.each(links, part)}${way(next, "next")}
</nav>`;
}
