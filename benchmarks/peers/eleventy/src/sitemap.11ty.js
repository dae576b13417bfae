import { sitemaps } from "../lib/sitemap.js";
import { editions } from "../site.js";

// Told when it is asked for: by then the photos have their addresses.
export const data = () => ({
  files: sitemaps(editions),
  pagination: { data: "files", size: 1, alias: "file" },
  permalink: ({ file }) => file.path,
  eleventyExcludeFromCollections: true,
});

export const render = ({ file }) => file.text;
