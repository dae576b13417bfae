// Searching and narrowing down: the search page, lists of products, and boxes that lead to search.

import { Box } from "./search/box.js";
import { List } from "./search/list.js";
import { offerNames, offerRecent } from "./search/offers.js";
import { SearchPage } from "./search/page.js";
import { remember } from "./search/recent.js";
import { ready } from "./search/source.js";

/** Let a box on a page without results offer names, and lead to the search page. */
function offerBelow(form) {
  const input = form.querySelector("input");
  const pointer = form.dataset.pointer;
  const search = (typed) => {
    input.value = typed;
    if (typed) form.requestSubmit();
    else box.close();
  };
  const box = new Box(form, (typed, source) =>
    typed.trim() ? offerNames(typed, source, search) : offerRecent(source, search),
  );
  box.start();
  form.addEventListener("submit", () => remember(input.value));
  form.addEventListener("focusin", () => ready(pointer).catch(() => {}), { once: true });
}

const form = document.querySelector("form[data-pointer]");
const facets = document.querySelector("[data-facets]");
if (form && facets) new SearchPage(form, facets).start();
else if (form) offerBelow(form);
else new List(facets).start();
