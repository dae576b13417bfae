// The catalogue, read once and kept in memory for all pages.

import { getCollection } from "astro:content";
import { editions as editionsOf, tie } from "../lib/catalogue.js";
import { siteOf } from "../lib/frame.js";
import { develop } from "./photos.js";

const [products, stories] = await Promise.all([
  getCollection("products"),
  getCollection("stories"),
]);
const catalogue = tie("data", products.map((each) => each.data));
await develop(catalogue);

export const editions = editionsOf(catalogue);
for (const edition of editions) edition.site = siteOf(edition);

const told = new Map(stories.map((each) => [each.id, each]));

/** The story of `product` in the language of `edition`, as HTML. */
export function storyOf(edition, product) {
  const { data, rendered } = told.get(`${edition.code}/${product.id}`);
  return { title: data.title, html: rendered.html };
}
