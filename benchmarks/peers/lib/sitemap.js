// Which pages search engines shall read.

import { listings, parts } from "./lists.js";
import { escape } from "./text.js";

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";
const SPACES = [
  `xmlns="${SPACE}"`,
  'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"',
  'xmlns:xhtml="http://www.w3.org/1999/xhtml"',
].join(" ");
const MOST = 20_000;

/** Every sitemap of `editions`, with its path, and the one that leads to them. */
export function sitemaps(editions) {
  const files = editions.flatMap((edition) => {
    const pages = [...pagesOf(edition)];
    const count = Math.ceil(pages.length / MOST);
    return Array.from({ length: count }, (_, at) => {
      const own = pages.slice(at * MOST, (at + 1) * MOST);
      return { path: `/sitemap.${edition.code}-${at + 1}.xml`, ...told(edition, own) };
    });
  });
  const lines = files.map(({ path, seen }) => {
    const day = seen ? `<lastmod>${seen}</lastmod>` : "";
    return `<sitemap><loc>${editions[0].absolute(path)}</loc>${day}</sitemap>\n`;
  });
  const text = `${HEAD}<sitemapindex xmlns="${SPACE}">\n${lines.join("")}</sitemapindex>\n`;
  return [...files, { path: "/sitemap.xml", text }];
}

function* pagesOf(edition) {
  yield { address: (routes) => routes.home };
  for (const product of edition.catalogue.products.values()) {
    const days = product.certifications.flatMap((each) => each.sources).map((each) => each.accessed);
    yield {
      address: (routes) => routes.to("product", product.id),
      seen: days.reduce((a, b) => (b > a ? b : a)),
      photos: product.photos?.length ? edition.pictures(product) : [],
    };
  }
  for (const listing of listings(edition)) {
    for (const { number } of parts(edition, listing)) {
      yield { address: (routes) => routes.part(listing.address(routes), number) };
    }
  }
}

function told(edition, pages) {
  const lines = pages.map(({ address, seen, photos = [] }) => {
    const place = (each) => escape(each.absolute(address(each.routes)));
    const all = edition.siblings.map((each) => [each.code, place(each)]);
    const alternates = [...all, ["x-default", all[0][1]]].map(
      ([code, url]) => `<xhtml:link rel="alternate" hreflang="${code}" href="${url}"/>`,
    );
    const images = photos.map(
      ({ url }) => `<image:image><image:loc>${edition.absolute(url)}</image:loc></image:image>`,
    );
    const day = seen ? `<lastmod>${seen}</lastmod>` : "";
    return `<url><loc>${place(edition)}</loc>${day}${alternates.join("")}${images.join("")}</url>\n`;
  });
  const seen = pages.reduce((last, each) => (each.seen > last ? each.seen : last), "");
  return { seen, text: `${HEAD}<urlset ${SPACES}>\n${lines.join("")}</urlset>\n` };
}
