// What the page of a product shows.

import { headOf, mistake } from "./frame.js";
import { productThing, trail } from "./linked.js";
import { lowered } from "./text.js";

const SHELF = 4;

/** What the page of `product` shows in `edition`; its story is added by whoever has it. */
export function productPage(edition, product) {
  const { t, routes, catalogue } = edition;
  const mark = edition.mark(product);
  const { sector } = catalogue.kinds.get(product.set);
  const [first, ...gallery] = edition.pictures(product);
  const picture = first.sources
    ? first
    : { ...first, credit: t("product.no_photo", { sector: lowered(edition.say(sector.name)) }) };
  const producer = catalogue.producers.get(product.producer);
  const crumbs = [
    { text: t("menu.products"), url: routes.index.product },
    edition.setLink(product.set),
  ];
  const [name, summary, maker] = [product.name, product.summary, producer.name].map((each) =>
    edition.say(each),
  );
  const place = edition.where(product);
  const [previous, next] = neighbours(edition, product);
  const here = edition.absolute(routes.to("product", product.id));
  return {
    head: headOf(edition, {
      title: t("product.title", { name, producer: maker, stars: mark.stars }),
      description: summary,
      section: "products",
      address: (each) => each.to("product", product.id),
      image: {
        url: edition.absolute(product.posters[edition.code]),
        alt: [name, mark.stars, maker, place].join(", "),
      },
      things: [
        trail(edition, crumbs, name),
        productThing(edition, product, [first, ...gallery]),
      ],
    }),
    id: product.id,
    crumbs,
    name,
    otherNames: edition.others(product.name),
    summary,
    mark,
    picture,
    gallery,
    phones: producer.phone.map((number) => ({
      text: edition.formats.phone(number),
      url: `tel:${number}`,
    })),
    facts: factsOf(edition, product, producer),
    unknown: unknownOf(t, product),
    proof: proofOf(edition, product, mark),
    map: catalogue.maps[edition.code].communes[product.commune],
    others: related(edition, product),
    previous,
    next,
    mistake: mistake(
      edition,
      t("report.subject", { id: product.id }),
      t("report.body", { address: here }),
    ),
  };
}

function factsOf(edition, product, producer) {
  const { t, formats, routes, catalogue } = edition;
  const { set, sector } = catalogue.kinds.get(product.set);
  const plain = (words) => (words ? [{ text: edition.say(words) }] : []);
  const { price } = product;
  const since = producer.since ? t("fact.since", { year: producer.since }) : "";
  const rows = [
    [
      t("fact.set"),
      [
        { ...edition.setLink(product.set), note: t("fact.set_number", { number: set.number }) },
        { text: edition.say(sector.name), url: routes.to("sector", sector.id) },
      ],
    ],
    [t("fact.producer"), [{ ...edition.producerLink(product.producer), note: since }]],
    [
      t("fact.place"),
      [edition.communeLink(product.commune), edition.districtLink(product.district)],
    ],
    [
      t("fact.price"),
      price
        ? [
            {
              text: formats.price(price.min, price.max),
              note: t("fact.as_of", { month: formats.month(price.as_of) }),
            },
            { text: edition.say(price.unit) },
          ]
        : [],
    ],
    [t("fact.pack"), plain(product.pack)],
    [t("fact.storage"), plain(product.storage)],
    [t("fact.shelf_life"), plain(product.shelf_life)],
    [t("fact.id"), [{ text: product.id }]],
  ];
  return rows.filter(([, items]) => items.length).map(([label, items]) => ({ label, items }));
}

function unknownOf(t, product) {
  const names = ["price", "pack", "storage", "shelf_life", "gtin"];
  const missing = names.filter((name) => !product[name]).map((name) => t(`unknown.${name}`));
  return missing.length ? t("unknown.line", { list: missing.join(", ") }) : "";
}

function proofOf(edition, product, mark) {
  const { t, formats } = edition;
  const { paper, issuer, end, months } = edition.catalogue.standings.get(product.id);
  const fact = (name, text, note) => ({ label: t(`proof.${name}`), items: [{ text, note }] });
  return {
    title: t("proof.current"),
    facts: [
      fact("star", mark.stars),
      fact("state", mark.state),
      ...(issuer ? [fact("issuer", edition.say(issuer))] : []),
      fact("issued", formats.on(paper.issued)),
      fact("ends", formats.day(end), t("proof.term", { months })),
      fact("decision", paper.decision ?? t("proof.not_found")),
    ],
    sources: edition.sources(paper.sources),
  };
}

/** The products before and after in the set, by name. */
function neighbours(edition, product) {
  const shelf = edition.setsByName.get(product.set);
  const place = edition.place.get(product.id);
  return [shelf[place - 1], shelf[place + 1]].map(
    (each) => each && { text: edition.say(each.name), url: edition.routes.to("product", each.id) },
  );
}

/** Products of the same producer, set and commune, each one once, under their headings. */
function related(edition, product) {
  const { boards, setsByName, place, t } = edition;
  const seen = new Set([product]);
  const maker = boards.producer.get(product.producer);
  const home = boards.commune.get(product.commune);
  const shelf = (id, word, all, at, more) => {
    const cards = edition.cards(following(all, at, seen));
    return { id, title: t(`others.${word}`), cards, more };
  };
  return [
    shelf(
      "same-producer",
      "producer",
      maker,
      maker.indexOf(product),
      edition.producerLink(product.producer),
    ),
    shelf(
      "same-set",
      "set",
      setsByName.get(product.set),
      place.get(product.id),
      edition.setLink(product.set),
    ),
    shelf(
      "same-commune",
      "commune",
      home,
      home.indexOf(product),
      edition.communeLink(product.commune),
    ),
  ].filter((each) => each.cards.length);
}

/** Some of `all` that follow place `at`, round the end, without those `seen`. */
function following(all, at, seen) {
  const found = [];
  for (let step = 1; step <= all.length && found.length < SHELF; step += 1) {
    const each = all[(at + step) % all.length];
    if (!seen.has(each)) {
      seen.add(each);
      found.push(each);
    }
  }
  return found;
}
