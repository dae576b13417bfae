// The catalogue in one language: its words, its lists in their order, its cards and links.

import { Formats } from "./formats.js";
import { Routes } from "./routes.js";
import { mark } from "./standing.js";
import { words } from "./words.js";

export const STARS = [5, 4, 3];
const KINDS = ["district", "commune", "sector", "group", "set", "producer"];
const MARKED = 0.4;
const DRAWN = { width: 480, height: 600 };

/** One catalogue, read in one language. */
export class Edition {
  constructor(catalogue, language) {
    const tag = language.locale.replace("_", "-");
    this.catalogue = catalogue;
    this.code = language.code;
    this.tag = tag;
    this.t = words(catalogue.messages[this.code], tag);
    this.formats = new Formats(this.t, tag);
    this.routes = new Routes(language);
    // Names of places stand on all pages, so all are in the order of the first language.
    const [{ locale }] = catalogue.site.languages;
    this.collator = new Intl.Collator(locale.replace("_", "-"), { numeric: true });
    this.origin = catalogue.site.base_url.replace(/\/$/, "");
    this.province = this.say(catalogue.site.province);
    this.title = this.say(catalogue.site.title);
    this.marks = new Map();
    this.made = new Map();
    this.shelve();
  }

  say(text) {
    return text[this.code];
  }

  /** The same words in the other languages, where they differ. */
  others(text) {
    const own = this.say(text);
    return Object.entries(text)
      .filter(([code, said]) => code !== this.code && said !== own)
      .map(([lang, said]) => ({ text: said, lang }));
  }

  absolute(url) {
    return this.origin + url;
  }

  /** Put the products into their lists: by star, five first, then by name. */
  shelve() {
    const { products, standings, kinds } = this.catalogue;
    const byName = [...products.values()].sort((a, b) =>
      this.collator.compare(this.say(a.name), this.say(b.name)),
    );
    const starOf = (product) => standings.get(product.id).star;
    this.stars = new Map(
      STARS.map((star) => [star, byName.filter((each) => starOf(each) === star)]),
    );
    this.all = STARS.flatMap((star) => this.stars.get(star));
    this.boards = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
    for (const product of this.all) {
      const { sector, group } = kinds.get(product.set);
      const at = { ...product, sector: sector.id, group: group.id };
      for (const kind of KINDS) if (at[kind]) put(this.boards[kind], at[kind], product);
    }
    this.setsByName = new Map();
    this.place = new Map();
    for (const product of byName) {
      this.place.set(product.id, put(this.setsByName, product.set, product));
    }
  }

  mark(product) {
    let found = this.marks.get(product.id);
    if (!found) {
      found = mark(this, this.catalogue.standings.get(product.id));
      this.marks.set(product.id, found);
    }
    return found;
  }

  card(product) {
    let found = this.made.get(product.id);
    if (!found) {
      const { star, stars, note } = this.mark(product);
      found = {
        name: this.say(product.name),
        url: this.routes.to("product", product.id),
        picture: this.pictures(product)[0],
        star,
        stars,
        producer: this.say(this.catalogue.producers.get(product.producer).name),
        place: this.where(product),
        note,
      };
      this.made.set(product.id, found);
    }
    return found;
  }

  cards(products) {
    return products.map((each) => this.card(each));
  }

  /** The photos of `product`, or the drawing that stands in for them. */
  pictures(product) {
    const { photos, kinds, assets } = this.catalogue;
    const own = (product.photos ?? []).map((photo) => ({
      ...photos.get(`${product.id}/${photo.file}`),
      tone: `tone-${photo.tone}`,
      alt: this.say(photo.alt),
    }));
    if (own.length) return own;
    const { sector, group } = kinds.get(product.set);
    const path = assets[`sectors/${sector.id}/${group.id}.svg`] ?? assets[`sectors/${sector.id}.svg`];
    return [{ url: `/${path}`, ...DRAWN }];
  }

  where(record) {
    return record.commune ? this.commune(record.commune) : this.formerDistrict(record.district);
  }

  commune(id) {
    return this.say(this.catalogue.communes.get(id).name);
  }

  district(id) {
    return this.say(this.catalogue.districts.get(id).name);
  }

  formerDistrict(id) {
    return this.t("place.former", { name: this.district(id) });
  }

  /** A name without the word for its kind: "Xuân Lộc" for "Huyện Xuân Lộc". */
  bare(name) {
    for (const kind of this.t("place.kinds").split("|")) {
      if (name.startsWith(kind)) return name.slice(kind.length).trim();
      if (name.endsWith(kind)) return name.slice(0, -kind.length).trim();
    }
    return name;
  }

  /** A link to the list of `kind` called `id`, which leads nowhere where there is none. */
  listed(kind, id, text) {
    return { text, url: this.boards[kind].has(id) ? this.routes.to(kind, id) : "" };
  }

  communeLink(id) {
    return this.listed("commune", id, this.commune(id));
  }

  districtLink(id) {
    return this.listed("district", id, this.formerDistrict(id));
  }

  setLink(id) {
    const { set } = this.catalogue.kinds.get(id);
    return { text: this.say(set.name), url: this.routes.to("set", id) };
  }

  producerLink(id) {
    const name = this.say(this.catalogue.producers.get(id).name);
    return { text: name, url: this.routes.to("producer", id) };
  }

  count(kind, id, text) {
    return { ...this.listed(kind, id, text), count: this.boards[kind].get(id)?.length ?? 0 };
  }

  /** Where facts were read, and when. */
  sources(sources) {
    return sources.map(({ title, url, accessed }) => {
      const note = this.t("source.accessed", { day: this.formats.day(accessed) });
      return { text: title, lang: this.languageOf(title), url, outside: true, note };
    });
  }

  /** The language of a line that only its letters tell; nothing where it is the page's own. */
  languageOf(line) {
    const all = line.split(/\s+/);
    const marked = all.filter((word) => /[^\x00-\x7f]/.test(word)).length;
    const [first, second] = this.catalogue.site.languages;
    const { code } = marked >= all.length * MARKED ? first : second;
    return code === this.code ? "" : code;
  }

  numbered(title, number) {
    return number === 1 ? title : this.t("list.part", { title, number });
  }

  /** How many there are of what, in words. */
  counted(kind, count) {
    return this.t(`count.${kind}`, { count, number: this.formats.number(count) });
  }
}

/** Put `product` on the board `id`, and return where it stands there. */
function put(boards, id, product) {
  const board = boards.get(id);
  if (board) return board.push(product) - 1;
  boards.set(id, [product]);
  return 0;
}
