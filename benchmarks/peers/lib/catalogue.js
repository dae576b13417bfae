// Everything that the site shows, tied together: read once, kept in memory.

import { readFileSync } from "node:fs";
import { Edition } from "./edition.js";
import { standing } from "./standing.js";

/** The catalogue in `folder`; `records` are the products, read by whoever builds the site. */
export function tie(folder, records) {
  const read = (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
  const [areas, programme, { sectors }] = ["areas", "programme", "sectors"].map(read);
  const { day } = read("day");
  const standings = new Map();
  for (const product of records) {
    const worth = standing(product, programme, day);
    if (worth) standings.set(product.id, worth);
  }
  const communesOf = new Map(areas.districts.map((each) => [each.id, []]));
  for (const { id, districts } of areas.communes) {
    for (const each of districts) communesOf.get(each)?.push(id);
  }
  return {
    day,
    programme,
    sectors,
    standings,
    communesOf,
    kinds: new Map(kinds(sectors)),
    districts: byId(areas.districts),
    communes: byId(areas.communes),
    products: byId(records.filter((each) => standings.has(each.id))),
    producers: byId(read("producers")),
    site: read("site"),
    texts: read("texts"),
    messages: read("messages"),
    assets: read("assets"),
    maps: read("maps"),
    photos: new Map(),
  };
}

/** The catalogue in each language of its site, the first one first. */
export function editions(catalogue) {
  const all = catalogue.site.languages.map((language) => new Edition(catalogue, language));
  for (const each of all) each.siblings = all;
  return all;
}

const byId = (records) => new Map(records.map((each) => [each.id, each]));

function* kinds(sectors) {
  for (const sector of sectors) {
    for (const group of sector.groups) {
      for (const set of group.sets) yield [set.id, { sector, group, set }];
    }
  }
}
