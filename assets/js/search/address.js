// Keep what was asked for in the address, so that it can be sent to somebody and gone back to.

import { FACETS } from "./facets.js";

/** So many letters the box takes too. */
const LONGEST = 120;

/** Return the query, the chosen values of each facet and the order that the address asks for. */
export function readAddress() {
  const asked = new URLSearchParams(location.search);
  const values = FACETS.map((facet) => [facet, new Set(asked.getAll(facet))]);
  return {
    query: (asked.get("q") ?? "").slice(0, LONGEST),
    values: Object.fromEntries(values.filter(([, chosen]) => chosen.size > 0)),
    order: asked.get("sort") ?? "",
  };
}

/** Write what is asked for into the address, as a step to go `back` from or in place. */
export function writeAddress({ query, values, order }, back) {
  const asked = new URLSearchParams();
  if (query) asked.set("q", query);
  for (const facet of FACETS) {
    for (const value of values[facet] ?? []) asked.append(facet, value);
  }
  if (order) asked.set("sort", order);
  const address = new URL(location.href);
  address.search = asked;
  if (address.href === location.href) return;
  history[back ? "pushState" : "replaceState"](null, "", address);
}

/** Tell whether the address asks for anything but a query. */
export function isNarrowed({ values }) {
  return Object.keys(values).length > 0;
}
