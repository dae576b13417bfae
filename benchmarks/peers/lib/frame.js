// What stands around every page: its head, the menus, the other languages.

import { quoted, shorten } from "./text.js";

const LONGEST_DESCRIPTION = 160;
const FONTS = ["be-vietnam-pro-400", "be-vietnam-pro-600", "grenze-600"];

/** What is the same on every page of `edition`. */
export function siteOf(edition) {
  const { t, routes, catalogue, code } = edition;
  const { home, index, pointer, manifest, feed, opensearch } = routes;
  const entry = (section, word, url) => ({ section, text: t(`menu.${word}`), url });
  const url = (name) => (catalogue.assets[name] ? `/${catalogue.assets[name]}` : "");
  return {
    title: edition.title,
    code,
    tag: edition.tag,
    home,
    index,
    pointer,
    manifest,
    feed,
    opensearch,
    notice: edition.say(catalogue.site.notice),
    contact: mistake(edition, t("report.subject_site")),
    menu: [
      entry("products", "products", index.product),
      entry("places", "places", index.place),
      entry("map", "map", index.map),
      entry("producers", "producers", index.producer),
      entry("outlets", "buy", index.outlet),
      entry("events", "events", index.event),
    ],
    lists: [
      entry("products", "all_products", index.product),
      entry("sectors", "sectors", index.sector),
      entry("former", "former", index.former),
      entry("producers", "all_producers", index.producer),
      entry("figures", "figures", index.figures),
      entry("data", "data", index.data),
      entry("search", "search", index.search),
    ],
    texts: catalogue.texts
      .filter((each) => each.order !== undefined)
      .sort((a, b) => a.order - b.order)
      .map((each) => ({
        section: `page ${each.id}`,
        text: each.title[code],
        url: `${home}${each.path[code]}/`,
      })),
    files: {
      style: url("css/site.css"),
      print: url("css/print.css"),
      theme: url("js/theme.js"),
      script: url("js/site.js"),
      finding: url("js/finding.js"),
      gallery: url("js/gallery.js"),
      icon: url("icons/seal.svg"),
      touch: url("icons/apple-touch-icon.png"),
      fonts: FONTS.map((face) => url(`fonts/${face}.woff2`)),
    },
  };
}

/** What is said of one page to browsers, search engines and other readers. */
export function headOf(edition, { title, description, section, address, image, things }) {
  const alternates = edition.siblings.map((each) => ({
    code: each.code,
    name: each.routes.language.name,
    locale: each.routes.language.locale,
    link: address(each.routes),
    absolute: each.absolute(address(each.routes)),
    current: each === edition,
  }));
  return {
    title: title === edition.title ? title : `${title} · ${edition.title}`,
    description: shorten(description, LONGEST_DESCRIPTION),
    section,
    alternates,
    own: alternates.find((each) => each.current),
    others: alternates.filter((each) => !each.current),
    image: image ?? {
      url: edition.absolute(edition.catalogue.site.posters[edition.code]),
      alt: `${edition.title}, ${edition.t("poster.about")}`,
    },
    linked: { "@context": "https://schema.org", "@graph": things },
  };
}

/** The address to which a mistake is reported; a letter begins with `body`. */
export function mistake(edition, subject, body = "") {
  const begun = body && `&body=${quoted(body)}%0D%0A%0D%0A`;
  return `mailto:${edition.catalogue.site.contact.email}?subject=${quoted(subject)}${begun}`;
}
