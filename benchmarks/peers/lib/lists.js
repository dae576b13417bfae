// Every list of products, cut into parts.

import { STARS } from "./edition.js";
import { headOf } from "./frame.js";
import { rows, trail } from "./linked.js";

const AROUND = 2;

/** Every list of `edition`: what it is called, says of itself and leads to. */
export function* listings(edition) {
  const { boards, catalogue } = edition;
  yield all(edition);
  for (const star of STARS) if (edition.stars.get(star).length) yield star_(edition, star);
  for (const district of catalogue.districts.values()) {
    if (boards.district.has(district.id)) yield district_(edition, district);
  }
  for (const commune of catalogue.communes.values()) {
    if (boards.commune.has(commune.id)) yield commune_(edition, commune);
  }
  for (const sector of catalogue.sectors) {
    if (!boards.sector.has(sector.id)) continue;
    yield sector_(edition, sector);
    for (const group of sector.groups) {
      if (!boards.group.has(group.id)) continue;
      yield group_(edition, sector, group);
      for (const { id } of group.sets) if (boards.set.has(id)) yield set_(edition, id);
    }
  }
}

/** The pages of `listing`, a part of the products each. */
export function* parts(edition, listing) {
  const { all: ids, address } = listing;
  const size = edition.catalogue.site.per_page;
  const last = Math.max(1, Math.ceil(ids.length / size));
  const held = new Map(STARS.map((star) => [star, 0]));
  for (const each of ids) held.set(edition.mark(each).star, held.get(edition.mark(each).star) + 1);
  const narrows = ids.length > 1 && differ(edition, ids);
  for (let number = 1; number <= last; number += 1) {
    const own = ids.slice((number - 1) * size, number * size);
    const url = edition.routes.part(address(edition.routes), number);
    yield { edition, listing, own, number, last, held, narrows, url };
  }
}

/** What one part of a list shows. */
export function listPage({ edition, listing, own, number, last, held, narrows }) {
  const { t, routes } = edition;
  const first = number === 1;
  const total = listing.all.length;
  const cards = edition.cards(own);
  return {
    ...listing,
    head: headOf(edition, {
      title: edition.numbered(listing.headTitle ?? listing.title, number),
      description: edition.numbered(listing.description, number),
      section: listing.section,
      address: (each) => each.part(listing.address(each), number),
      things: [trail(edition, listing.crumbs, listing.title), rows(edition, cards, total)],
    }),
    count: edition.counted("products", total),
    narrows,
    lede: first ? listing.lede : [],
    facts: first ? listing.facts : [],
    map: first ? listing.map : undefined,
    counts: listing.counts.length > 1 ? listing.counts : [],
    stars: STARS.map((star) => ({
      star,
      title: t("star.words", { star }),
      count: edition.counted("products", held.get(star)),
      cards: cards.filter((each) => each.star === star),
    })).filter((each) => each.cards.length),
    paging: last > 1 ? paging(routes, listing.address(routes), number, last) : undefined,
  };
}

function paging(routes, url, number, last) {
  const links = [];
  let before = 0;
  for (let each = 1; each <= last; each += 1) {
    if (each !== 1 && each !== last && Math.abs(each - number) > AROUND) continue;
    if (each > before + 1) links.push({ number: 0 });
    links.push({ number: each, url: routes.part(url, each) });
    before = each;
  }
  return {
    links,
    current: number,
    previous: number > 1 ? routes.part(url, number - 1) : "",
    next: number < last ? routes.part(url, number + 1) : "",
  };
}

/** Whether `products` differ in anything that people choose by. */
function differ(edition, products) {
  const { standings, producers } = edition.catalogue;
  const traits = (each) => {
    const { status, star } = standings.get(each.id);
    const { kind } = producers.get(each.producer);
    return [status, star, each.set, kind, each.district, each.commune].join();
  };
  const first = traits(products[0]);
  return products.some((each) => traits(each) !== first);
}

function listing(edition, section, about) {
  const { province } = edition;
  const { told, ...rest } = about;
  return {
    section,
    description: edition.t(told[0], { ...told[1], province }),
    lede: [],
    facts: [],
    counts: [],
    crumbs: [],
    ...rest,
  };
}

function all(edition) {
  const { t, routes } = edition;
  const counts = STARS.map((star) => ({
    text: t("star.words", { star }),
    url: routes.to("star", star),
    count: edition.stars.get(star).length,
  }));
  return listing(edition, "products", {
    address: (each) => each.index.product,
    title: t("list.all"),
    scope: "",
    told: ["list.all_about"],
    all: edition.all,
    counts: counts.filter((each) => each.count),
    countsTitle: t("list.by_star"),
    beside: { text: t("menu.former"), url: routes.index.former },
  });
}

function star_(edition, star) {
  const { t, routes } = edition;
  const { min: least, max: most } = edition.catalogue.programme.bands.find(
    (each) => each.star === star,
  );
  return listing(edition, "products", {
    address: (each) => each.to("star", star),
    title: t("list.star", { star }),
    scope: `star=${star}`,
    told: ["list.star_about", { star }],
    all: edition.stars.get(star),
    crumbs: [{ text: t("menu.products"), url: routes.index.product }],
    lede: [t("list.star_points", { least, most })],
  });
}

function district_(edition, { id, until, former_province }) {
  const { t, catalogue, boards } = edition;
  const communes = catalogue.communesOf.get(id);
  const lede = [t("list.district_until", { day: edition.formats.day(until) })];
  if (former_province) {
    lede.push(t("list.district_province", { province: edition.say(former_province) }));
  }
  return listing(edition, "places", {
    address: (each) => each.to("district", id),
    title: edition.formerDistrict(id),
    scope: `district=${id}`,
    told: [
      "list.place_about",
      { name: t("place.former_within", { name: edition.district(id) }) },
    ],
    all: boards.district.get(id),
    crumbs: [places(edition)],
    lede,
    map: catalogue.maps[edition.code].districts[id],
    facts: [
      { label: t("list.district_now"), items: communes.map((each) => edition.communeLink(each)) },
    ],
    counts: communes
      .filter((each) => boards.commune.has(each))
      .map((each) => edition.count("commune", each, edition.commune(each))),
    countsTitle: t("list.by_commune"),
  });
}

function commune_(edition, { id, districts, formed_from = [] }) {
  const { t } = edition;
  const name = edition.commune(id);
  const was = districts.map((each) => edition.districtLink(each));
  const above = was.find((each) => each.url) ?? was[0];
  return listing(edition, "places", {
    address: (each) => each.to("commune", id),
    title: name,
    scope: `commune=${id}`,
    told: ["list.place_about", { name }],
    all: edition.boards.commune.get(id),
    crumbs: [places(edition), ...(above ? [above] : [])],
    map: edition.catalogue.maps[edition.code].communes[id],
    facts: [
      { label: t("list.commune_was"), items: was },
      { label: t("list.commune_from"), items: formed_from.map((each) => ({ text: each.name })) },
    ].filter((each) => each.items.length),
  });
}

function sector_(edition, sector) {
  const { t, boards } = edition;
  const name = edition.say(sector.name);
  return listing(edition, "sectors", {
    address: (each) => each.to("sector", sector.id),
    title: name,
    headTitle: t("list.sector", { name }),
    scope: `sector=${sector.id}`,
    told: ["list.sector_about", { name }],
    all: boards.sector.get(sector.id),
    crumbs: [kinds(edition)],
    counts: sector.groups
      .filter((each) => boards.group.has(each.id))
      .map((each) => edition.count("group", each.id, edition.say(each.name))),
    countsTitle: t("list.narrower"),
  });
}

function group_(edition, sector, group) {
  const { t, boards, routes } = edition;
  const name = edition.say(group.name);
  const above = { text: edition.say(sector.name), url: routes.to("sector", sector.id) };
  return listing(edition, "sectors", {
    address: (each) => each.to("group", group.id),
    title: name,
    headTitle: t("list.group", { name }),
    scope: `group=${group.id}`,
    told: ["list.group_about", { name }],
    all: boards.group.get(group.id),
    crumbs: [kinds(edition), above],
    counts: group.sets
      .filter((each) => boards.set.has(each.id))
      .map((each) => edition.count("set", each.id, edition.say(each.name))),
    countsTitle: t("list.narrower"),
  });
}

function set_(edition, id) {
  const { t, routes } = edition;
  const { set, group, sector } = edition.catalogue.kinds.get(id);
  const [name, { number }] = [edition.say(set.name), set];
  return listing(edition, "sectors", {
    address: (each) => each.to("set", id),
    title: name,
    headTitle: t("list.set", { name, number }),
    scope: `set=${id}`,
    told: ["list.set_about", { name, number }],
    all: edition.boards.set.get(id),
    crumbs: [
      kinds(edition),
      { text: edition.say(sector.name), url: routes.to("sector", sector.id) },
      { text: edition.say(group.name), url: routes.to("group", group.id) },
    ],
    lede: [t("list.set_number", { number })],
  });
}

const places = ({ t, routes }) => ({ text: t("menu.places"), url: routes.index.place });

const kinds = ({ t, routes }) => ({ text: t("menu.sectors"), url: routes.index.sector });
