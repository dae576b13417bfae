// The form to search with.

import { GLASS } from "../lib/drawings.js";
import { escape as e } from "../lib/text.js";
import { each } from "./pieces.js";

export const find = ({ t, site }) => `<form class="find" action="${site.index.search}" role="search" data-pointer="${site.pointer}">
  <label class="vh" for="q">${e(t("find.label"))}</label>
  <input id="q" name="q" type="text" inputmode="search" placeholder="${e(t("find.placeholder"))}" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" maxlength="120">
  <button type="submit">${GLASS}<span>${e(t("find.button"))}</span></button>
  <div class="offers" id="offers" role="listbox" aria-label="${e(t("find.offers"))}" data-offers hidden></div>
  <p class="vh" role="status" data-offers-told="${e(t("find.offers_told"))}"></p>
</form>
<template data-found="offers"><div role="group"><p role="presentation"></p></div></template>
<template data-found="offer"><div role="option" aria-selected="false"><span></span><span class="small soft"></span></div></template>
<noscript>
  <p>${e(t("find.without_script"))}</p>
  <ul class="chips">
    ${each(site.menu, ({ url, text }) => `<li><a href="${url}">${e(text)}</a></li>\n    `)}</ul>
</noscript>`;
