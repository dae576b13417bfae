// The shortlist: the products that a visitor has ticked, kept on this device only, and their marks.

const KEY = "shortlist";

const counter = document.querySelector("[data-shortlist]");
const full = counter.querySelector("[role=alert]");
const main = document.querySelector("main");
const { say, most } = counter.dataset;

/** What the address of each product begins with. */
export const { products } = counter.dataset;

/** The ids that the address of this page names: a list that somebody sent. */
export const asked = idsIn(new URLSearchParams(location.search).get("sp"));

/** The ids of what is ticked, in the order of ticking. */
export let kept;

function idsIn(text) {
  return [...new Set(text?.match(/[\da-z-]+/g))].slice(0, most);
}

/** Make `ids` the list of this device. */
export function keep(ids) {
  kept = ids;
  try {
    localStorage.setItem(KEY, ids);
  } catch {
    // What may not be stored lives as long as the page, and goes along in the counter's link.
    counter.querySelector("a").search = `sp=${ids}`;
  }
  showTicks();
}

/** Read the list, which another page may have changed. */
function recall() {
  try {
    kept = idsIn(localStorage.getItem(KEY));
  } catch {
    kept ??= asked;
  }
  showTicks();
}

function showTicks() {
  for (const button of document.querySelectorAll("[data-pick]")) {
    button.setAttribute("aria-pressed", kept.includes(button.dataset.pick));
  }
  counter.hidden = !kept.length;
  counter.querySelector("b").textContent = kept.length;
  document.dispatchEvent(new Event(KEY));
}

function toggle(id) {
  if (kept.includes(id)) keep(kept.filter((each) => each !== id));
  else if (kept.length < most) keep([...kept, id]);
  else full.hidden = false;
}

/** Give each product that is shown a button to tick it. */
function offerTicks() {
  const shown = main.querySelectorAll(":is(.card, .rowhit):not(.pickable)");
  shown.forEach(offerTick);
  if (shown.length) showTicks();
}

function offerTick(item) {
  item.classList.add("pickable");
  const link = item.querySelector("a");
  if (!link.pathname.startsWith(products)) return;
  const button = counter.querySelector("template").content.firstElementChild.cloneNode(true);
  button.dataset.pick = link.pathname.slice(products.length, -1);
  button.setAttribute("aria-label", say.replace("{name}", link.textContent));
  item.append(button);
}

document.addEventListener("click", ({ target }) => {
  full.hidden = true;
  const button = target.closest("[data-pick]");
  if (button) toggle(button.dataset.pick);
});
addEventListener("storage", recall);
// A page that the browser kept while one was elsewhere has heard of nothing.
addEventListener("pageshow", recall);
recall();
offerTicks();
new MutationObserver(offerTicks).observe(main, { childList: true, subtree: true });
