// The panel of facets: what can be chosen, what is chosen, and how to take it away again.

import { fill, templated } from "./dom.js";
import { FACETS } from "./facets.js";

const STATUSES = ["valid", "renewal", "extended", "undated", "expired", "withdrawn"];
/** Facets that are one box to tick: what they ask of a product is either so or not known. */
const TICKS = ["season", "sold"];
const OPEN_FROM_THE_START = 2;

/** Return `rows`, and offer to sort by price only if one of them has any: many a catalogue has none. */
export function priced(rows) {
  if (!rows.some((row) => row.price)) document.querySelector("[data-sort] [value=price]")?.remove();
  return rows;
}

export class Panel {
  #facets = [];

  /** Offer what the products of `rows` differ in; `changed` is told the values that are chosen. */
  constructor(root, { catalogue, say }, rows, changed) {
    this.root = root;
    this.form = root.querySelector("form");
    this.done = root.querySelector(".done");
    this.chips = document.querySelector("[data-chips]");
    this.say = say;
    this.names = catalogue.names;
    this.changed = changed;
    for (const facet of FACETS) {
      const values = this.#offered(facet, rows);
      if (values.length > (TICKS.includes(facet) ? 0 : 1)) this.#add(facet, values);
    }
    this.form.addEventListener("change", () => changed(this.#chosen()));
    this.form.addEventListener("submit", (event) => this.#leave(event));
  }

  #offered(facet, rows) {
    const found = rows.map((row) => row.facets[facet]).filter(Boolean);
    const values = [...new Set(found)];
    if (TICKS.includes(facet)) return found.length < rows.length ? values : [];
    if (facet === "star") return values.sort().reverse();
    if (facet === "status") return STATUSES.filter((status) => values.includes(status));
    // The file names them in order; to make a browser's collator takes longer than all the rest.
    const known = new Set(values);
    return [...this.names[facet].keys()].filter((value) => known.has(value));
  }

  #said(facet, value) {
    if (facet === "star") return this.say("star", { count: value });
    if (facet === "status") return this.say(`status.${value}`);
    if (TICKS.includes(facet)) return this.say(`only.${facet}`);
    return this.names[facet].get(value) ?? value;
  }

  #add(facet, values) {
    const shown = templated("facet");
    fill(shown, "summary, legend", this.say(`facet.${facet}`));
    shown.open = this.#facets.length < OPEN_FROM_THE_START || TICKS.includes(facet);
    const options = values.map((value) => this.#option(facet, value));
    shown.querySelector("fieldset").append(...options.map((option) => option.shown));
    this.#facets.push({ facet, shown, options });
    this.done.before(shown);
  }

  /** Close the panel, which on a phone stands before what it was opened for. */
  #leave(event) {
    event.preventDefault();
    this.root.open = false;
    const kept = document.querySelector("[data-kept]");
    kept.focus();
    kept.scrollIntoView();
  }

  #option(facet, value) {
    const shown = templated("option");
    const input = shown.querySelector("input");
    input.name = facet;
    input.value = value;
    fill(shown, "[data-name]", this.#said(facet, value));
    const stars = shown.querySelector("svg");
    if (facet === "star") stars.querySelector("use").setAttribute("href", `#s${value}`);
    else stars.remove();
    return { value, shown, input, count: shown.querySelector(".num") };
  }

  #chosen() {
    const pairs = this.#facets.map(({ facet, options }) => [
      facet,
      new Set(options.filter((each) => each.input.checked).map((each) => each.value)),
    ]);
    return Object.fromEntries(pairs.filter(([, chosen]) => chosen.size > 0));
  }

  /** Show what is chosen, how many products it keeps, and how many each further choice would. */
  show(values, { kept: { length }, counts }) {
    this.done.hidden = false;
    this.done.firstElementChild.textContent = this.say("show", { count: length });
    for (const { facet, shown, options } of this.#facets) {
      for (const { value, input, count, shown: label } of options) {
        const kept = counts[facet].get(value) ?? 0;
        input.checked = values[facet]?.has(value) ?? false;
        input.disabled = kept === 0 && !input.checked;
        label.classList.toggle("off", input.disabled);
        count.textContent = kept;
      }
      if (values[facet]) shown.open = true;
    }
    this.#showChips(values);
  }

  #showChips(values) {
    const chosen = Object.entries(values).flatMap(([facet, each]) =>
      [...each].map((value) => [facet, value]),
    );
    const chips = chosen.map(([facet, value]) =>
      this.#chip(this.#said(facet, value), () => {
        const rest = new Set([...values[facet]].filter((each) => each !== value));
        const { [facet]: _, ...others } = values;
        return rest.size > 0 ? { ...others, [facet]: rest } : others;
      }),
    );
    if (chips.length > 1) chips.push(this.#chip(this.say("clear"), () => ({})));
    this.chips.replaceChildren(...chips);
    this.chips.hidden = chips.length === 0;
  }

  #chip(said, rest) {
    const shown = templated("chip");
    const button = shown.querySelector("button");
    fill(shown, "span", said);
    if (said !== this.say("clear")) {
      button.setAttribute("aria-label", this.say("take_away", { name: said }));
    }
    button.addEventListener("click", () => {
      this.changed(rest());
      // The button is gone; the next one, or what the choice came to, takes its place.
      (this.chips.querySelector("button") ?? document.querySelector("[data-kept]")).focus();
    });
    return shown;
  }
}
