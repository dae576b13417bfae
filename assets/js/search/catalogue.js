// Read the catalogue file: columns as they travel, rows as they are searched and narrowed down.

import { without } from "./query.js";
import { readable, wordsOf } from "./words.js";

const NAME = 10;
const OTHER_NAME = 8;
const FORMER_NAME = 8.5;
const MAKER = 5;
const PLACE = 4;
const KIND = 2;
/** Stands for what is so with most rows. */
const USUAL = -2;

/** A product rather than its maker, a maker rather than a place or a shop, where both fit as well. */
const BONUS = { product: 0.5, producer: 0.2, place: 0, outlet: -0.6, event: -0.6 };
/** Enough that what carries stars comes first, unless the whole name of the other was typed. */
const LAPSED = 2.5;
const STAR = 0.02;

/**
 * Return the catalogue that `file` describes, ready to be searched.
 *
 * `names` tells what each value of a facet is called, in the order in which they are offered.
 * A place is known without the word for its kind too, which is one of the `light` ones.
 */
export function readCatalogue(file, { light }) {
  const reader = new Reader();
  const rows = [
    ...productRows(file, reader),
    ...producerRows(file, reader),
    ...placeRows(file, reader, light),
    ...outletRows(file, reader),
    ...eventRows(file, reader),
  ];
  rows.forEach((row, rank) => (row.rank = rank));
  const { texts, vocabulary } = reader;
  return { texts, rows, vocabulary: [...vocabulary.keys()], names: namesOf(file) };
}

/** Gives each text and each word a number, so that what many rows share is compared once. */
class Reader {
  texts = [];
  vocabulary = new Map();
  #known = new Map();

  number(text) {
    if (!this.#known.has(text)) {
      this.#known.set(text, this.texts.length);
      const read = readable(text);
      this.texts.push({ ...read, words: read.words.map((word) => this.#word(word)) });
    }
    return this.#known.get(text);
  }

  #word(word) {
    if (!this.vocabulary.has(word)) this.vocabulary.set(word, this.vocabulary.size);
    return this.vocabulary.get(word);
  }

  /** Return the searched texts of a row and their weights; what is absent or empty is left out. */
  fields(...pairs) {
    const said = pairs.filter(([text]) => text);
    return {
      texts: said.map(([text]) => this.number(text)),
      weights: said.map(([, weight]) => weight),
    };
  }
}

function namesOf({ places, sets, sectors, kinds }) {
  const called = (ids, names) => new Map(ids.map((id, at) => [id, names[at]]));
  const placed = called(places.url.map(lastOf), places.name);
  const { id: setIds, name: setNames } = sets;
  return {
    district: placed,
    commune: placed,
    sector: called(sectors.id, sectors.name),
    set: called(setIds, setNames),
    kind: called(kinds.id, kinds.name),
  };
}

/** Return the id that an address ends with. */
function lastOf(url) {
  return url.split("/").at(-2) ?? "";
}

function productRows({ products, producers, places, sets, sectors, kinds }, reader) {
  const month = 1 << new Date().getMonth();
  const placeIds = places.url.map(lastOf);
  const kindSaid = sets.name.map((name, at) => `${name}, ${sectors.name[sets.sector[at]]}`);
  return products.name.map((name, at) => {
    const set = products.set[at];
    const by = products.producer[at];
    const maker = producers.name[by];
    const home = products.place[at] === USUAL ? producers.place[by] : products.place[at];
    const area = products.district[at] === USUAL ? places.district[home] : products.district[at];
    const place = places.name[home];
    const then = places.name[area];
    const lapsed = products.star[at] === 0;
    return {
      kind: "product",
      title: name,
      lang: products.lang[at],
      star: products.star[at],
      note: products.note[at],
      issued: products.issued[at],
      price: products.price[at],
      // What each facet says of the product; nothing where that is unknown.
      facets: {
        star: String(products.star[at] || ""),
        district: placeIds[area],
        commune: placeIds[home],
        sector: sectors.id[sets.sector[set]],
        group: sets.group[set],
        set: sets.id[set],
        producer: lastOf(producers.url[by]),
        former: products.star[at] ? "" : "yes",
        kind: kinds.id[producers.kind[by]],
        season: products.months[at] & month ? "now" : "",
        sold: products.sold[at] ? "now" : "",
        status: products.status[at],
      },
      url: products.url[at],
      thumbnail: products.thumbnail[at] || sets.thumbnail[set],
      tone: products.tone[at],
      maker,
      makerLang: producers.lang[by],
      place: place ?? then,
      reasons: [then, places.former[home], kindSaid[set], products.more[at]],
      others: otherNames(products.others, at),
      bonus: BONUS.product + products.star[at] * STAR - (lapsed ? LAPSED : 0),
      name: reader.number(name),
      ...reader.fields(
        [name, NAME],
        ...otherNames(products.others, at).map(([other]) => [other, OTHER_NAME]),
        [maker, MAKER],
        ...otherNames(producers.others, by).map(([other]) => [other, MAKER]),
        [place, PLACE],
        [then, PLACE],
        [places.former[home], PLACE / 2],
        [kindSaid[set], KIND],
        [products.more[at], KIND],
      ),
    };
  });
}

function producerRows({ producers, places }, reader) {
  return producers.name.map((name, at) => ({
    kind: "producer",
    title: name,
    lang: producers.lang[at],
    url: producers.url[at],
    place: places.name[producers.place[at]],
    count: producers.count[at],
    bonus: BONUS.producer - (producers.count[at] ? 0 : LAPSED),
    name: reader.number(name),
    ...reader.fields(
      [name, NAME],
      ...otherNames(producers.others, at).map(([other]) => [other, OTHER_NAME]),
      [places.name[producers.place[at]], KIND],
    ),
  }));
}

function placeRows({ places, elsewhere }, reader, light) {
  const bare = (name) => without(wordsOf(name), light).join(" ");
  const known = (name, weight) => [
    [name, weight],
    [bare(name), weight],
  ];
  return places.name.map((name, at) => ({
    kind: "place",
    title: name,
    lang: places.lang[at],
    // Where nothing was ever made there is no page, but a list of where it is.
    url: places.url[at] || elsewhere,
    empty: !places.url[at],
    former: places.former[at],
    count: places.count[at],
    bonus: BONUS.place - (places.url[at] ? 0 : LAPSED),
    name: reader.number(name),
    ...reader.fields(
      ...known(name, NAME),
      ...otherNames(places.others, at).flatMap(([other]) => known(other, OTHER_NAME)),
      ...places.former[at].split(", ").flatMap((former) => known(former, FORMER_NAME)),
    ),
  }));
}

function outletRows({ outlets, places }, reader) {
  return outlets.name.map((name, at) => ({
    kind: "outlet",
    title: name,
    lang: outlets.lang[at],
    url: outlets.url[at],
    line: [outlets.what[at], places.name[outlets.place[at]]],
    closed: outlets.closed[at],
    bonus: BONUS.outlet - (outlets.closed[at] ? LAPSED : 0),
    name: reader.number(name),
    ...reader.fields(
      [name, NAME],
      ...otherNames(outlets.others, at).map(([other]) => [other, OTHER_NAME]),
      ...around(places, outlets, at),
      [outlets.what[at], KIND],
      [outlets.more[at], KIND],
    ),
  }));
}

function eventRows({ events, places }, reader) {
  return events.name.map((name, at) => ({
    kind: "event",
    title: name,
    lang: events.lang[at],
    url: events.url[at],
    line: [events.when[at], events.where[at]],
    bonus: BONUS.event,
    name: reader.number(name),
    ...reader.fields(
      [name, NAME],
      ...otherNames(events.others, at).map(([other]) => [other, OTHER_NAME]),
      [events.where[at], KIND],
      ...around(places, events, at),
      [events.what[at], KIND],
    ),
  }));
}

/** Return the names of the place of row `at`, of today and of then. */
function around(places, rows, at) {
  const place = rows.place[at];
  return [
    [places.name[place], PLACE],
    [places.name[rows.district[at]], PLACE],
    [places.former[place], PLACE / 2],
  ];
}

/** Return the names in the other languages, each with its language. */
function otherNames(others, at) {
  return Object.entries(others)
    .map(([lang, names]) => [names[at], lang])
    .filter(([name]) => name);
}
