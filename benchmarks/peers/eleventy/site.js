// The catalogue, read once and kept in memory for all templates.

import { readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";
import { editions as editionsOf, tie } from "./lib/catalogue.js";
import { siteOf } from "./lib/frame.js";
import { slug } from "./lib/text.js";

const HIGHEST = 3;
const records = JSON.parse(readFileSync("data/products.json", "utf8"));

export const catalogue = tie("data", records);
export const editions = editionsOf(catalogue);
for (const edition of editions) edition.site = siteOf(edition);

const markdown = new MarkdownIt("commonmark").enable(["table", "strikethrough"]);
markdown.core.ruler.push("headings", ({ tokens }) => {
  const opened = tokens.filter((each) => each.type === "heading_open");
  const shift = HIGHEST - Math.min(...opened.map((each) => each.tag[1]));
  const taken = new Set();
  tokens.forEach((token, place) => {
    if (token.type === "heading_open") {
      const base = slug(tokens[place + 1].content);
      let name = base;
      while (taken.has(name)) name = `${base}-${taken.size}`;
      taken.add(name);
      token.attrSet("id", name);
    }
    if (token.type.startsWith("heading_")) token.tag = `h${Math.min(+token.tag[1] + shift, 6)}`;
  });
});

/** The story of `product` in the language of `edition`, as HTML. */
export function storyOf(edition, product) {
  const { title, text } = edition.say(product.story);
  return { title, html: markdown.render(text) };
}
