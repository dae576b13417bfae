import { defineCollection } from "astro:content";
import { file, glob } from "astro/loaders";

export const collections = {
  products: defineCollection({ loader: file("data/products.json") }),
  stories: defineCollection({ loader: glob({ base: "content/stories", pattern: "*/*.md" }) }),
};
