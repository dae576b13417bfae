// Every size of every photo.

import { getImage } from "astro:assets";

const WIDTHS = [320, 520, 800, 1600];
const FALLBACK = 800;
const files = import.meta.glob("../photos/*/*.jpg", { eager: true, import: "default" });

/** Ask for the photos of all products, and tell the catalogue where they will be. */
export async function develop(catalogue) {
  for (const product of catalogue.products.values()) {
    for (const { file, width, height } of product.photos ?? []) {
      const src = files[`../photos/${product.id}/${file}`];
      const [plain, ...sizes] = await Promise.all([
        getImage({ src, width: FALLBACK, format: "jpg", quality: 80 }),
        ...WIDTHS.map((each) => getImage({ src, width: each, format: "webp", quality: 75 })),
      ]);
      catalogue.photos.set(`${product.id}/${file}`, {
        url: plain.src,
        width,
        height,
        sources: sizes.map((each, at) => `${each.src} ${WIDTHS[at]}w`).join(", "),
        largest: sizes.at(-1).src,
      });
    }
  }
}
