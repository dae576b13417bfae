// The search box of pages that show no results themselves.

import { Box } from "./search/box.js";
import { offerNames, offerRecent } from "./search/offers.js";
import { remember } from "./search/recent.js";
import { ready } from "./search/source.js";

const form = document.querySelector("form[data-pointer]");
const input = form.querySelector("input");

function search(typed) {
  input.value = typed;
  if (typed) form.requestSubmit();
  else box.close();
}

async function offer(typed) {
  try {
    const source = await ready(form.dataset.pointer);
    return typed.trim() ? offerNames(typed, source, search) : offerRecent(source, search);
  } catch (error) {
    // The search page, where the box leads, says in words what is amiss.
    console.info("The catalogue file could not be read", error);
    return [];
  }
}

const box = new Box(form, offer);
box.start();
form.addEventListener("submit", () => remember(input.value));
form.addEventListener("focusin", () => ready(form.dataset.pointer).catch(() => {}), { once: true });
