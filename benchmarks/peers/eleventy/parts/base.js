// The frame of every page.

import { escape as e, json } from "../lib/text.js";
import { each } from "./pieces.js";
import { GLASS, MOON, SEAL, STAR_DEFS, TICK } from "../lib/drawings.js";

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'";
const MOST = 30;
const module = (url) => `<script src="${url}" type="module" fetchpriority="low"></script>\n`;

/** A page of `edition` with the `head` that it says of itself, and what it holds. */
export function base(edition, head, { main, described = "", scripts = [], after = "" }) {
  const { site, t } = edition;
  const { files } = site;
  const { own, others, alternates, image } = head;
  return `<!doctype html>
<html lang="${site.code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${e(head.title)}</title>
<meta name="description" content="${e(head.description)}">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="canonical" href="${own.absolute}">
${each(alternates, ({ code, absolute }) => `<link rel="alternate" hreflang="${code}" href="${absolute}">\n`)}<link rel="alternate" hreflang="x-default" href="${alternates[0].absolute}">
${each(files.fonts, (font) => `<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>\n`)}<script src="${files.theme}"></script>
<link rel="stylesheet" href="${files.style}">
<link rel="stylesheet" href="${files.print}" media="print">
<link rel="icon" href="${files.icon}" type="image/svg+xml">
<link rel="apple-touch-icon" href="${files.touch}">
<link rel="manifest" href="${site.manifest}">
<link rel="alternate" href="${site.feed}" type="application/atom+xml" title="${e(site.title)}">
${described}<link rel="search" href="${site.opensearch}" type="application/opensearchdescription+xml" title="${e(site.title)}">
<meta name="theme-color" content="#fcfcf9" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#161412" media="(prefers-color-scheme: dark)">
<meta property="og:type" content="website">
<meta property="og:locale" content="${own.locale}">
${each(others, ({ locale }) => `<meta property="og:locale:alternate" content="${locale}">\n`)}<meta property="og:site_name" content="${e(site.title)}">
<meta property="og:title" content="${e(head.title)}">
<meta property="og:description" content="${e(head.description)}">
<meta property="og:url" content="${own.absolute}">
<meta property="og:image" content="${image.url}">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${e(image.alt)}">
<meta name="twitter:card" content="summary_large_image">
<script type="application/ld+json">${json(head.linked)}</script>
${module(files.script)}${each(scripts, module)}</head>
<body>
<a class="skip" href="#h-main">${e(t("menu.skip"))}</a>
${STAR_DEFS}
${masthead(edition, head)}
${kept(edition)}
<p class="offline wrap" role="status"><span class="cut">${e(t("offline.cut"))}</span><span class="copy">${e(t("offline.copy"))} <span data-since="${site.tag}"></span></span></p>
<main id="h-main">
${main}${after}</main>
${footer(edition, head)}
</body>
</html>
`;
}

const entry = (section, current) => (item) =>
  `<li><a href="${item.url}"${item.section === section ? ` aria-current="${current}"` : ""}>${e(item.text)}</a></li>\n`;

function masthead({ site, t }, { section, others }) {
  const entries = each(site.menu, entry(section, "true"));
  return `<header class="mast wrap">
  <a class="logo" href="${site.home}"${section === "home" ? ' aria-current="page"' : ""}>${SEAL}<span>${e(site.title)}</span></a>
  <details class="menu">
    <summary>${e(t("menu.contents"))}</summary>
    <div class="panel wrap">
      <nav aria-label="${e(t("menu.contents"))}"><ul>
${entries}      </ul></nav>
      <button class="btn btn-line" type="button" data-theme-switch aria-pressed="false" hidden>${e(t("menu.theme"))}</button>
    </div>
  </details>
  <nav aria-label="${e(t("menu.main"))}"><ul>
${entries}  </ul></nav>
  <div class="tools">
    ${each(others, ({ link, code, name }) => `<a class="lang" href="${link}" lang="${code}" hreflang="${code}"><span class="long">${e(name)}</span><span class="short" aria-hidden="true">${code.toUpperCase()}</span></a>\n    `)}<a class="tool" href="${site.index.search}">${GLASS}<span class="vh">${e(t("menu.search"))}</span></a>
    <button class="tool" type="button" data-theme-switch aria-pressed="false" hidden>${MOON}<span class="vh">${e(t("menu.theme"))}</span></button>
  </div>
</header>`;
}

function kept({ site, t }) {
  return `<nav class="kept no-print" aria-label="${e(t("shortlist.title"))}" data-shortlist data-products="${site.index.product}" data-most="${MOST}" data-say="${e(t("shortlist.tick", { name: "{name}" }))}" hidden>
  <a href="${site.index.shortlist}"><span>${e(t("shortlist.ticked"))}</span> <b></b></a>
  <p role="alert" hidden>${e(t("shortlist.full", { most: MOST }))}</p>
  <template><button class="pick no-print" type="button">${TICK}</button></template>
</nav>`;
}

function footer({ site, t }, { section, own }) {
  return `<footer class="foot wrap">
  <div class="cols">
    <div class="flow">
      <p class="warn">${e(site.notice)}</p>
      <p class="small no-print"><a href="${e(site.contact)}">${e(t("report.link"))}</a></p>
      <p class="print-only small">${own.absolute}</p>
    </div>
    <nav aria-label="${e(t("menu.lists"))}"><ul>
      ${each(site.lists, entry(section, "true"))}    </ul></nav>
    <nav aria-label="${e(t("menu.about"))}"><ul>
      ${each(site.texts, entry(section, "page"))}    </ul></nav>
  </div>
</footer>`;
}
