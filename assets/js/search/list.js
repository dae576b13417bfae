// Narrow a list of products down, sort it, and keep in the address what was asked for.

import { isNarrowed, readAddress, writeAddress } from "./address.js";
import { setLang, templated, unfold } from "./dom.js";
import { narrow, sorted, within } from "./facets.js";
import { Panel, priced } from "./panel.js";
import { ready } from "./source.js";
import { showPicture, showStars } from "./stars.js";

const CARDS_SHOWN = 24;
const WIDE = "(min-width: 60rem)";

/** A list of products, which is whole as it was written until somebody asks for less. */
export class List {
  constructor(root) {
    this.root = root;
    this.sort = document.querySelector("[data-sort]");
    this.kept = document.querySelector("[data-kept]");
    this.found = document.querySelector("[data-list-found]");
    this.whole = document.querySelector("[data-list-whole]");
    this.failed = document.querySelector("[data-list-failed]");
    this.count = this.kept.textContent;
  }

  start() {
    const show = () => this.#show();
    addEventListener("popstate", show);
    this.root.addEventListener("toggle", show, { once: true });
    this.sort.addEventListener("change", () => this.#ask({ order: this.sort.value }));
    if (isAsked(readAddress())) show();
    // Beside the list there is room for the panel, and its counts are worth a look.
    else if (matchMedia(WIDE).matches) (window.requestIdleCallback ?? setTimeout)(show);
    this.root.open = matchMedia(WIDE).matches;
  }

  #ask(changes) {
    writeAddress({ ...readAddress(), ...changes }, true);
    this.#show();
  }

  async #show() {
    try {
      this.source ??= await ready(this.root.dataset.facets);
      this.rows ??= priced(within(this.source.catalogue.rows, this.root.dataset.scope));
      this.panel ??= new Panel(this.root, this.source, this.rows, (values) => this.#ask({ values }));
      this.#narrow(readAddress());
    } catch (error) {
      console.info("The catalogue file could not be read", error);
      this.failed.hidden = false;
    }
  }

  #narrow(asked) {
    // The list of former products is the only one that holds those without stars.
    const standing = this.rows.some((row) => row.star > 0);
    const narrowed = narrow(this.rows, { values: asked.values, standing });
    const { kept } = narrowed;
    this.panel.show(asked.values, narrowed);
    this.sort.value = asked.order;
    // An order that is not offered leaves the first.
    this.sort.value ||= "";
    this.failed.hidden = true;
    const changed = isAsked(asked);
    this.whole.hidden = changed;
    this.found.hidden = !changed;
    const { say } = this.source;
    const key = kept.length > 0 ? "count.product" : "none_kept";
    this.kept.textContent = changed ? say(key, { count: kept.length }) : this.count;
    if (changed) this.#fill(sorted(kept, this.sort.value || "star"), say);
  }

  #fill(products, say) {
    const cards = products.map((product) => () => card(product, say));
    this.found.querySelector(".unfold")?.remove();
    unfold(this.found.querySelector("ul"), cards, CARDS_SHOWN, (count) => say("more", { count }));
  }
}

function isAsked(asked) {
  return isNarrowed(asked) || asked.order !== "";
}

function card(product, say) {
  const shown = templated("card");
  const link = shown.querySelector("a");
  link.href = product.url;
  link.textContent = product.title;
  setLang(link, product.lang);
  showPicture(shown, product);
  showStars(shown, product, say);
  const [maker, place, note] = shown.querySelectorAll("p > span");
  maker.textContent = product.maker;
  setLang(maker, product.makerLang);
  place.textContent = product.place ?? "";
  note.textContent = product.note;
  return shown;
}

