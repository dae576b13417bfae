// The search box as a combobox: what it offers opens below it, as the ARIA practices describe.

import { templated } from "./dom.js";
import { ready } from "./source.js";

export class Box {
  #options = [];
  #active = -1;
  #opened = 0;

  /** `offer` is told what is typed and what there is, and returns groups of options by name. */
  constructor(form, offer) {
    this.form = form;
    this.input = form.querySelector("input");
    this.list = form.querySelector("[data-offers]");
    this.told = form.querySelector("[data-offers-told]");
    this.offer = offer;
  }

  start() {
    const { input } = this;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    this.#expand(false);
    input.addEventListener("input", () => this.open());
    input.addEventListener("click", () => this.open());
    input.addEventListener("keydown", (event) => this.#press(event));
    this.form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.form.contains(relatedTarget)) this.close();
    });
    // A press of the mouse shall not take the focus from the box before it has chosen.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  /** Show what is offered for what is typed, if there is anything. */
  async open() {
    const number = ++this.#opened;
    // Where the catalogue cannot be read, the search page says what is amiss.
    const source = await ready(this.form.dataset.pointer).catch(() => {});
    // Whoever goes on typing, closes the list or goes away wants something else by now.
    if (!source || number !== this.#opened || document.activeElement !== this.input) return;
    const groups = this.offer(this.input.value, source);
    this.#options = [];
    this.list.replaceChildren(...groups.map((group, at) => this.#group(group, at)));
    this.#expand(this.#options.length > 0);
  }

  close() {
    this.#opened += 1;
    this.#expand(false);
  }

  #expand(shown) {
    const { offersTold } = this.told.dataset;
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", shown);
    this.told.textContent = shown ? offersTold.replace("{count}", this.#options.length) : "";
    this.#activate(-1);
  }

  #group({ name, options }, at) {
    const shown = templated("offers");
    const heading = shown.querySelector("[role=presentation]");
    heading.id = `${this.list.id}-${at}`;
    heading.textContent = name;
    heading.hidden = !name;
    if (name) shown.setAttribute("aria-labelledby", heading.id);
    shown.append(...options.map((option) => this.#option(option)));
    return shown;
  }

  #option({ title, note = [], choose }) {
    const shown = templated("offer");
    shown.id = `${this.list.id}-option-${this.#options.length}`;
    const [first, second] = shown.children;
    first.append(...title);
    second.append(...note);
    shown.addEventListener("click", choose);
    this.#options.push(shown);
    return shown;
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const done = this.#pressed(event);
    if (done) event.preventDefault();
  }

  /** Do what a key is for, and tell whether that was all. */
  #pressed({ key, altKey }) {
    const last = this.#options.length - 1;
    const shown = !this.list.hidden;
    if (key === "Escape") return this.#escape(shown);
    if (key === "ArrowDown" && !shown) return void this.open();
    if (!shown) return false;
    if (key === "ArrowUp" && altKey) return (this.close(), true);
    if (key === "ArrowDown") return this.#activate(this.#active < last ? this.#active + 1 : -1);
    if (key === "ArrowUp") return this.#activate(this.#active < 0 ? last : this.#active - 1);
    if (key === "Enter" && this.#active >= 0) return (this.#options[this.#active].click(), true);
    if (key === "Tab") this.close();
    return false;
  }

  #escape(shown) {
    if (!shown && !this.input.value) return false;
    if (shown) this.close();
    else {
      this.input.value = "";
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return true;
  }

  /** Mark option number `at` as the one that Enter chooses; -1: none. */
  #activate(at) {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = at;
    const option = this.#options[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    return true;
  }
}
