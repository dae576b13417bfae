// What the first page shows.

import { STARS } from "./edition.js";
import { headOf } from "./frame.js";
import { website } from "./linked.js";
import { shorten } from "./text.js";

const WALLS = [6, 3, 1];
const BEST = 4;
const FRESH = 4;
const SETS = 6;
const TEASER = 420;
const OPENING = 160;

/** What the first page of `edition` shows; `storyOf` gives the story of a product, as HTML. */
export function homePage(edition, storyOf) {
  const { t, formats, routes, boards, catalogue } = edition;
  const star = STARS.find((each) => edition.stars.get(each).length) ?? STARS[0];
  const best = bestOf(edition.stars.get(star));
  const teaser = teaserOf(edition, best, storyOf);
  const shown = new Set(teaser ? [...best, teaser.product] : best);
  const wall = wallOf(edition, shown);
  const seen = new Set([...shown, ...wall]);
  const lede = t("home.lede", {
    products: edition.counted("products", edition.all.length),
    producers: edition.counted("producers", boards.producer.size),
  });
  return {
    head: headOf(edition, {
      title: edition.title,
      description: lede,
      section: "home",
      address: (each) => each.home,
      things: [website(edition)],
    }),
    lede,
    day: formats.day(catalogue.day),
    wall: wall.map((each) => edition.card(each).picture),
    tallies: STARS.map((each) => ({
      star: each,
      words: t("star.words", { star: each }),
      count: formats.number(edition.stars.get(each).length),
      url: edition.stars.get(each).length ? routes.to("star", each) : routes.index.product,
    })),
    former: { count: "0", words: t("menu.former"), url: routes.index.former },
    best: {
      star,
      words: t("star.words", { star }),
      count: edition.counted("products", edition.stars.get(star).length),
      url: routes.to("star", star),
      cards: edition.cards(best),
    },
    districts: districtsOf(edition),
    districtWords: t("count.districts", { count: catalogue.districts.size }),
    sets: setsOf(edition, seen),
    fresh: freshOf(edition, seen),
    figures: [
      ["products", edition.all.length, "product"],
      ["producers", boards.producer.size, "producer"],
      ["communes", boards.commune.size, "place"],
    ].map(([kind, count, at]) => ({ text: edition.counted(kind, count), url: routes.index[at] })),
    map: {
      title: t("map.title", { province: edition.province }),
      shown: t("map.shown", {
        count: boards.commune.size,
        products: edition.counted("products", edition.all.length),
      }),
      svg: catalogue.maps[edition.code].sketch,
    },
    teaser,
  };
}

/** Some products of as many producers as there are. */
function bestOf(products) {
  const seen = new Set();
  const first = products.filter(({ producer }) => !seen.has(producer) && seen.add(producer));
  const rest = products.filter((each) => !first.includes(each));
  return [...first, ...rest].slice(0, BEST);
}

const pictured = (product) => Boolean(product.photos?.length);

/** The beginning of a story of a product that is not shown, and not too short. */
function teaserOf(edition, shown, storyOf) {
  let first;
  for (const product of edition.all.filter(pictured)) {
    const { title, html } = storyOf(product);
    const words = /<p>(.*?)<\/p>/s.exec(html)[1].replace(/<[^>]*>/g, "");
    const text = shorten(words.split(/\s+/).join(" "), TEASER);
    const { picture, name, url } = edition.card(product);
    const found = { product, title, text, picture, name, url };
    if (!shown.includes(product) && text.length >= OPENING) return found;
    first ??= found;
  }
  return first;
}

/** Products with pictures as unlike as can be, those shown further down last. */
function wallOf(edition, shown) {
  const all = edition.all.filter(pictured);
  const ranked = [...all.filter((each) => !shown.has(each)), ...all.filter((each) => shown.has(each))];
  const seen = new Set();
  const found = ranked.filter((product) => {
    const traits = [product.producer, product.set, edition.card(product).picture.tone];
    if (traits.some((each) => seen.has(each))) return false;
    for (const each of traits) seen.add(each);
    return true;
  });
  found.push(...ranked.filter((each) => !found.includes(each)));
  return found.slice(0, WALLS.find((size) => size <= found.length) ?? 0);
}

function districtsOf(edition) {
  return [...edition.catalogue.districts.keys()]
    .map((id) => edition.count("district", id, edition.bare(edition.district(id))))
    .filter((each) => each.count)
    .sort((a, b) => edition.collator.compare(a.text, b.text));
}

/** The sets that hold most, each with a picture from it. */
function setsOf(edition, shown) {
  return [...edition.boards.set]
    .map(([id, products]) => ({ id, products, kind: edition.catalogue.kinds.get(id) }))
    .sort((a, b) => b.products.length - a.products.length || a.kind.set.number - b.kind.set.number)
    .slice(0, SETS)
    .map(({ id, products }) => {
      const rank = (each) => 2 * !pictured(each) + shown.has(each);
      const face = products.reduce((a, b) => (rank(b) < rank(a) ? b : a));
      return {
        ...edition.setLink(id),
        words: edition.counted("products", products.length),
        picture: edition.card(face).picture,
      };
    });
}

/** The latest certificates by month, of one day those not shown elsewhere first. */
function freshOf(edition, shown) {
  const { standings } = edition.catalogue;
  const latest = edition.all
    .map((product) => ({ product, issued: standings.get(product.id).paper.issued }))
    .sort(
      (a, b) =>
        b.issued.localeCompare(a.issued) || shown.has(a.product) - shown.has(b.product),
    )
    .slice(0, FRESH);
  const months = Map.groupBy(latest, (each) => edition.formats.month(each.issued));
  return [...months].map(([month, same]) => ({
    month,
    cards: edition.cards(same.map((each) => each.product)),
  }));
}
