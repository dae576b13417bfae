import { develop } from "./photos.js";

export default function configure(eleventy) {
  eleventy.addPassthroughCopy({ static: "/" });
  eleventy.on("eleventy.before", develop);
  return { dir: { input: "src", output: "_site" }, templateFormats: ["11ty.js"] };
}
