import { satteri } from "@astrojs/markdown-satteri";
import { defineConfig } from "astro/config";
import { slug } from "./lib/text.js";

/** Stories begin at the third level of their page. */
const lower = {
  name: "lower",
  heading(node, context) {
    context.setProperty(node, "depth", Math.min(node.depth + 1, 6));
  },
};

/** Addresses of headings without marks, each one once. */
const named = () => {
  const taken = new Set();
  return {
    name: "named",
    element: {
      filter: ["h3", "h4", "h5", "h6"],
      visit(node, context) {
        const base = slug(context.textContent(node));
        let name = base;
        while (taken.has(name)) name = `${base}-${taken.size}`;
        taken.add(name);
        context.setProperty(node, "id", name);
      },
    },
  };
};

export default defineConfig({
  site: "https://ocop.example",
  publicDir: "./static",
  cacheDir: "./.cache",
  compressHTML: false,
  trailingSlash: "always",
  build: { concurrency: 1, assets: "anh" },
  image: {
    service: {
      entrypoint: "astro/assets/services/sharp",
      config: { webp: { effort: 2 }, jpeg: {} },
    },
  },
  markdown: {
    syntaxHighlight: false,
    processor: satteri({
      mdastPlugins: [lower],
      hastPlugins: [named],
      features: { smartPunctuation: false },
    }),
  },
});
