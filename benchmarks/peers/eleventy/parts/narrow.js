// Narrow a list of products down and sort it: with a script, which fills these places.

import { escape as e } from "../lib/text.js";

const STAR =
  '<svg class="stars" viewBox="0 0 116 20" aria-hidden="true" focusable="false"><use/></svg>';

export const panel = (t, pointer, scope) => `<details class="facets scripted no-print" data-facets="${pointer}" data-scope="${scope}">
  <summary>${e(t("narrow.title"))}</summary>
  <form><p class="done" hidden><button class="btn" type="submit"></button></p></form>
</details>
<template data-found="facet"><details class="facet"><summary></summary><fieldset><legend class="vh"></legend></fieldset></details></template>
<template data-found="option"><label><input type="checkbox"><span>${STAR}<span data-name></span></span><span class="num"></span></label></template>
<template data-found="chip"><li><button type="button" class="chip"><span></span><svg class="ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M18 6 6 18M6 6l12 12"/></svg></button></li></template>
`;

export const bar = (t, count) => `<div class="listbar scripted">
  <p class="soft" role="status" tabindex="-1" data-kept>${e(count)}</p>
  <label class="no-print">${e(t("narrow.sort"))} <select data-sort><option value="">${e(t("narrow.star"))}</option><option value="name">${e(t("narrow.name"))}</option><option value="newest">${e(t("narrow.newest"))}</option><option value="price">${e(t("narrow.price"))}</option></select></label>
</div>
<ul class="chips" data-chips hidden></ul>
`;

export const found = (t) => `<p class="warn" data-list-failed hidden>${e(t("narrow.failed"))}</p>
<section aria-labelledby="h-found" data-list-found hidden>
  <h2 class="vh" id="h-found">${e(t("narrow.found"))}</h2>
  <div class="cardbox"><ul class="cards"></ul></div>
</section>
<template data-found="card"><li class="card"><h3><a></a></h3><img class="plate" alt="" width="480" height="600" loading="lazy" decoding="async"><span class="star">${STAR}<span></span></span><p><span></span> <span></span> <span class="state"></span></p></li></template>
`;
