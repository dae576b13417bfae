import { sitemaps } from "../../lib/sitemap.js";
import { editions } from "../site.js";

export const getStaticPaths = () =>
  sitemaps(editions).map(({ path, text }) => ({
    params: { map: path.slice(1, -".xml".length) },
    props: { text },
  }));

export const GET = ({ props }) =>
  new Response(props.text, { headers: { "Content-Type": "application/xml" } });
