// Every size of every photo, made before the pages that show them.

import Image from "@11ty/eleventy-img";
import { catalogue } from "./site.js";

const WIDTHS = [320, 520, 800, 1600];
const FALLBACK = 800;
const shared = {
  outputDir: "_site/anh/",
  urlPath: "/anh/",
  sharpWebpOptions: { quality: 75, effort: 2 },
  sharpJpegOptions: { quality: 80 },
};

/** Make the photos of all products, and tell the catalogue where they are. */
export async function develop() {
  const all = [...catalogue.products.values()].flatMap((product) =>
    (product.photos ?? []).map((photo) => ({ ...photo, name: `${product.id}/${photo.file}` })),
  );
  await Promise.all(
    all.map(async ({ name, width, height }) => {
      const source = `photos/${name}`;
      const [{ webp }, { jpeg }] = await Promise.all([
        Image(source, { ...shared, widths: WIDTHS, formats: ["webp"] }),
        Image(source, { ...shared, widths: [FALLBACK], formats: ["jpeg"] }),
      ]);
      catalogue.photos.set(name, {
        url: jpeg[0].url,
        width,
        height,
        sources: webp.map((each) => each.srcset).join(", "),
        largest: webp.at(-1).url,
      });
    }),
  );
}
