// Read the catalogue file: columns as they travel, rows as they are searched and narrowed down.

import { settle } from "./dom.js";
import { without } from "./query.js";
import { readable, wordsOf } from "./words.js";

export const NAME = 10;
export const OTHER_NAME = 8;
const FORMER_NAME = 8.5;
const MAKER = 5;
const PLACE = 4;
export const KIND = 2;
/** Stands for what is so with most rows. */
const USUAL = -2;

/** A product rather than its maker, a maker rather than a place or a shop, where both fit as well. */
const BONUS = { product: 0.5, producer: 0.2, place: 0, outlet: -0.6, event: -0.6 };
/** Enough that what carries stars comes first, unless the whole name of the other was typed. */
const LAPSED = 2.5;
const STAR = 0.02;
/** Milliseconds of reading after which it is somebody else's turn. */
const BREATH = 4;

/**
 * Return the catalogue that `file` describes, ready to be searched.
 *
 * `names` tells what each value of a facet is called, in the order in which they are offered.
 * A place is known without the word for its kind too, which is one of the `light` ones.
 * Where it stands in another's row, a district is said to be one of then, as on every page: a
 * commune may bear its name.
 */
export async function readCatalogue(file, { light }, say) {
  const { places, communes } = file;
  places.said = places.name.map((name, at) => (at < communes ? name : say("then", { name })));
  const reader = new Reader();
  const rows = [];
  let since = performance.now();
  for (const rowsIn of [productRows, producerRows, placeRows, outletRows, eventRows]) {
    for (const row of rowsIn(file, reader, light)) {
      row.rank = rows.push(row);
      if (performance.now() - since < BREATH) continue;
      // Whoever types meanwhile shall see the letters.
      await settle();
      since = performance.now();
    }
  }
  await settle();
  const { texts, vocabulary } = reader;
  return { texts, rows, vocabulary, names: namesOf(file) };
}

/** Gives each text a number, so that what many rows share is compared once. */
class Reader {
  texts = [];
  /** The numbers of the texts that hold a word, by word. */
  vocabulary = new Map();
  #known = new Map();

  number(text) {
    if (!this.#known.has(text)) {
      // Copied, V8 reads it a third faster.
      const number = this.texts.push({ ...readable(text) }) - 1;
      this.#known.set(text, number);
      for (const word of this.texts[number].words) {
        if (!this.vocabulary.has(word)) this.vocabulary.set(word, []);
        this.vocabulary.get(word).push(number);
      }
    }
    return this.#known.get(text);
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

/** Return what each value of a facet is called, by facet, in the order of the file. */
function namesOf({ places, communes, sets, sectors, kinds }) {
  const called = (ids, names) => new Map(ids.map((id, at) => [id, names[at]]));
  const placed = (...part) => called(places.url.slice(...part).map(lastOf), places.name.slice(...part));
  return {
    // A commune may bear the id of a district of then.
    district: placed(communes),
    commune: placed(0, communes),
    sector: called(sectors.id, sectors.name),
    set: called(sets.id, sets.name),
    kind: called(kinds.id, kinds.name),
  };
}

/** Return the id that an address ends with. */
function lastOf(url) {
  return url.split("/").at(-2) ?? "";
}

/**
 * Yield a row for each entry of `table`.
 *
 * `tell` says what is peculiar to an entry, and which texts beside its names it is found by, each
 * with its weight.
 */
function* rowsOf(kind, table, reader, tell) {
  for (const [at, title] of table.name.entries()) {
    const others = otherNames(table, at);
    const [own, ...texts] = tell(at, others);
    const names = [[title, NAME], ...others.map(([other]) => [other, OTHER_NAME])];
    yield {
      kind,
      title,
      lang: table.lang[at],
      url: table.url[at],
      others,
      name: reader.number(title),
      ...own,
      ...reader.fields(...names, ...texts),
    };
  }
}

function productRows({ products, producers, places, sets, sectors, kinds }, reader) {
  const month = 1 << new Date().getMonth();
  const placeIds = places.url.map(lastOf);
  const kindSaid = sets.name.map((name, at) => `${name}, ${sectors.name[sets.sector[at]]}`);
  return rowsOf("product", products, reader, (at) => {
    const set = products.set[at];
    const by = products.producer[at];
    const star = products.star[at];
    const maker = producers.name[by];
    const home = products.place[at] === USUAL ? producers.place[by] : products.place[at];
    const area = products.district[at] === USUAL ? places.district[home] : products.district[at];
    const place = places.name[home];
    const then = places.said[area];
    const own = {
      star,
      note: products.note[at],
      issued: products.issued[at],
      price: products.price[at],
      // What each facet says of the product; nothing where that is unknown.
      facets: {
        star: String(star || ""),
        district: placeIds[area],
        commune: placeIds[home],
        sector: sectors.id[sets.sector[set]],
        group: sets.group[set],
        set: sets.id[set],
        producer: lastOf(producers.url[by]),
        former: star ? "" : "yes",
        kind: kinds.id[producers.kind[by]],
        season: products.months[at] & month ? "now" : "",
        sold: products.sold[at] ? "now" : "",
        status: products.status[at],
      },
      thumbnail: products.thumbnail[at] || sets.thumbnail[set],
      tone: products.tone[at],
      maker,
      makerLang: producers.lang[by],
      place: places.said[home] ?? then,
      reasons: [then, places.former[home], kindSaid[set], products.more[at]],
      bonus: BONUS.product + star * STAR - (star ? 0 : LAPSED),
    };
    return [
      own,
      [maker, MAKER],
      ...otherNames(producers, by).map(([other]) => [other, MAKER]),
      [place, PLACE],
      [then, PLACE],
      [places.former[home], PLACE / 2],
      [kindSaid[set], KIND],
      [products.more[at], KIND],
    ];
  });
}

function producerRows({ producers, places }, reader) {
  return rowsOf("producer", producers, reader, (at) => {
    const home = producers.place[at];
    const count = producers.count[at];
    const own = { place: places.said[home], count, bonus: BONUS.producer - (count ? 0 : LAPSED) };
    return [own, [places.name[home], KIND]];
  });
}

function placeRows({ places }, reader, light) {
  const bare = (name) => without(wordsOf(name), light).join(" ");
  return rowsOf("place", places, reader, (at, others) => {
    // Where nothing was ever made there is no page, but a line in a list.
    const empty = places.url[at].includes("#");
    const former = places.former[at];
    const own = {
      empty,
      former,
      count: places.count[at],
      bonus: BONUS.place - (empty ? LAPSED : 0),
    };
    return [
      own,
      [bare(places.name[at]), NAME],
      [places.said[at], OTHER_NAME],
      ...others.map(([other]) => [bare(other), OTHER_NAME]),
      ...former.split(", ").flatMap((name) => [
        [name, FORMER_NAME],
        [bare(name), FORMER_NAME],
      ]),
    ];
  });
}

function outletRows({ outlets, places }, reader) {
  return rowsOf("outlet", outlets, reader, (at) => {
    const what = outlets.what[at];
    const closed = outlets.closed[at];
    const line = [what, places.said[outlets.place[at]]];
    const own = { line, closed, bonus: BONUS.outlet - (closed ? LAPSED : 0) };
    return [own, ...around(places, outlets, at), [what, KIND], [outlets.more[at], KIND]];
  });
}

function eventRows({ events, places }, reader) {
  return rowsOf("event", events, reader, (at) => {
    const where = events.where[at];
    const own = { line: [events.when[at], where], bonus: BONUS.event };
    return [own, [where, KIND], ...around(places, events, at), [events.what[at], KIND]];
  });
}

/** Return the names of the place of row `at`, of today and of then. */
function around(places, rows, at) {
  const place = rows.place[at];
  return [
    [places.name[place], PLACE],
    [places.said[rows.district[at]], PLACE],
    [places.former[place], PLACE / 2],
  ];
}

/** Return the names in the other languages of an entry, each with its language. */
function otherNames({ others }, at) {
  return Object.entries(others)
    .map(([lang, names]) => [names[at], lang])
    .filter(([name]) => name);
}
