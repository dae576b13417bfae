// Narrow products down: what a choice keeps, and what each further choice would keep.

/** The facets in the order in which they are offered. */
export const FACETS = [
  "star",
  "district",
  "sector",
  "set",
  "commune",
  "kind",
  "season",
  "sold",
  "status",
];

const ORDERS = {
  star: (one, other) => other.facets.star - one.facets.star,
  newest: (one, other) => other.issued - one.issued,
  price: (one, other) => (one.price || Infinity) - (other.price || Infinity) || 0,
};

/**
 * Return the products of `rows` that `choice` keeps, and how many each value of a facet would keep.
 *
 * Values of one facet add to each other; facets narrow each other, so that the counts of a facet
 * leave its own choice aside.
 */
export function narrow(rows, choice) {
  const kept = [];
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  const asked = FACETS.filter((facet) => choice.values[facet]?.size || facet === "status");
  for (const row of rows) {
    const refused = asked.filter((facet) => refuses(choice, facet, row));
    if (refused.length === 0) kept.push(row);
    if (refused.length > 1) continue;
    for (const facet of refused.length === 1 ? refused : FACETS) {
      const value = row.facets[facet];
      if (value) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    }
  }
  return { kept, counts };
}

function refuses({ values, standing }, facet, row) {
  const chosen = values[facet];
  if (chosen?.size) return !chosen.has(row.facets[facet]);
  // A list holds what carries stars today, unless somebody asks for another state.
  return facet === "status" && standing && !row.facets.star;
}

/** Return the products of `rows` that belong to the list `scope`: "district=xuan-loc". */
export function within(rows, scope) {
  const products = rows.filter((row) => row.kind === "product");
  const [facet, value] = scope.split("=");
  return facet ? products.filter((row) => row.facets[facet] === value) : products;
}

/** Return `rows` sorted by `order`, and by name where that makes no difference. */
export function sorted(rows, order) {
  const compare = ORDERS[order] ?? (() => 0);
  return [...rows].sort((one, other) => compare(one, other) || one.rank - other.rank);
}
