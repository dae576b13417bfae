// The catalogue, read once and kept in memory for all templates.

import { readFileSync } from "node:fs";
import { CORE_SCHEMA, load } from "js-yaml";
import MarkdownIt from "markdown-it";
import { editions as editionsOf, tie } from "./lib/catalogue.js";
import { siteOf } from "./lib/frame.js";
import { slug } from "./lib/text.js";

const HIGHEST = 3;
const LANGUAGES = ["vi", "en"];
const MATTER = "---\n";

const text = (path) => readFileSync(path, "utf8");
const yaml = (said) => load(said, { schema: CORE_SCHEMA });

/** The record `id` as its editor wrote it, with its stories and what is given `ready`. */
function record(id, ready) {
  const folder = `records/${id}`;
  const stories = LANGUAGES.map((code) => [code, story(text(`${folder}/story.${code}.md`))]);
  return { id, ...yaml(text(`${folder}/product.yaml`)), ...ready, story: Object.fromEntries(stories) };
}

function story(said) {
  const end = said.indexOf(MATTER, MATTER.length);
  return { ...yaml(said.slice(MATTER.length, end)), text: said.slice(end + MATTER.length).trim() };
}

const ready = JSON.parse(text("data/ready.json"));
const records = Object.entries(ready).map(([id, known]) => record(id, known));

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
