// The search page: names and places as one types, the words of the stories when one pauses.

import { isNarrowed, readAddress, writeAddress } from "./address.js";
import { Box } from "./box.js";
import { afterwards, made, settle } from "./dom.js";
import { narrow, sorted, within } from "./facets.js";
import { plain } from "./highlight.js";
import { findNames, nearby } from "./matching.js";
import { offerRecent } from "./offers.js";
import { Panel, priced } from "./panel.js";
import { readQuery } from "./query.js";
import { remember } from "./recent.js";
import { section, sections } from "./results.js";
import { ready } from "./source.js";
import { findStories } from "./stories.js";

const PAUSE = 250;
const LETTERS_FOR_STORIES = 2;
const NAMES_GUESSED = 3;

/** The page that shows results below its box. */
export class SearchPage {
  #asked = 0;
  /** Shows in the panel what there is to choose from: none of it is made before it is needed. */
  #count = this.#find;
  #now;
  #pause;
  /** Whether what is asked for is to be gone back to, once somebody types something else. */
  #rests;

  constructor(form, facets) {
    this.form = form;
    this.input = form.querySelector("input");
    this.facets = facets;
    this.sort = document.querySelector("[data-sort]");
    this.found = document.querySelector("[data-find-results]");
    this.status = document.querySelector("[data-find-status]");
    this.failed = document.querySelector("[data-find-failed]");
    this.lists = document.querySelector("[data-find-lists]");
    this.whole = document.querySelector("[data-find-state]");
    const search = (text) => {
      this.input.value = text;
      form.requestSubmit();
    };
    this.box = new Box(form, (typed, source) => (typed.trim() ? [] : offerRecent(source, search)));
  }

  start() {
    this.box.start();
    this.input.addEventListener("input", () => {
      this.#ask({ query: this.input.value.trim() }, this.#rests);
      this.#rests = false;
    });
    this.sort.addEventListener("change", () => this.#ask({ order: this.sort.value }, true));
    this.form.addEventListener("focusin", () => this.#source().catch(() => {}), { once: true });
    this.facets.addEventListener("toggle", () => this.#count(), { once: true });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember(this.input.value);
      this.box.close();
      this.#ask({ query: this.input.value.trim() });
    });
    // Whoever opens a result was looking for it with these words.
    this.found.addEventListener("click", () => remember(this.input.value));
    addEventListener("popstate", () => this.#restore());
    document.addEventListener("keydown", (event) => this.#steer(event));
    this.#restore();
  }

  async #source() {
    const source = await ready(this.form.dataset.pointer);
    this.products ??= priced(within(source.catalogue.rows, ""));
    return source;
  }

  #restore() {
    this.#now = readAddress();
    this.input.value = this.#rests = this.#now.query;
    this.#find(settle);
  }

  async #ask(changes, back) {
    this.#now = { ...this.#now, ...changes };
    this.#rests = true;
    await this.#find();
    // To rewrite the address takes longer than to find a name, and nobody waits for it.
    afterwards(() => writeAddress(this.#now, back));
  }

  /** Find what is asked for; between finding and showing it, wait for `between`. */
  async #find(between) {
    const number = ++this.#asked;
    clearTimeout(this.#pause);
    this.found.setAttribute("aria-busy", "true");
    const asked = this.#now;
    this.sort.value = asked.order;
    // An order that is not offered leaves the first.
    this.sort.value ||= "";
    try {
      if (!asked.query && !isNarrowed(asked) && !this.panel && !this.facets.open) return this.#empty();
      const source = await this.#source();
      if (number === this.#asked) await this.#answer(source, asked, number, between);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #answer(source, asked, number, between) {
    const query = readQuery(asked.query, source.terms);
    const names = findNames(source.catalogue, query);
    if (between) await between();
    if (number !== this.#asked) return;
    this.#offerLists(false);
    this.whole.dataset.findState = "some";
    const hits = this.#narrowed(source, asked, query, names.hits);
    this.found.replaceChildren(...sections(hits, query, source.say));
    const narrowed = isNarrowed(asked);
    if (query.nothing) {
      if (narrowed) this.#tell("narrowed", hits.length, query, source);
      else this.#empty();
      return;
    }
    this.#pause = setTimeout(async () => {
      const told = await this.#stories(source, query, narrowed ? undefined : hits);
      if (number === this.#asked) this.#finish({ source, query, hits, slipped: names.slipped, ...told });
    }, PAUSE);
  }

  /** Return the hits that the facets keep; who narrows down asks for products alone. */
  #narrowed(source, asked, query, hits) {
    // A quoted phrase is looked for in the prose alone, unless a name has it.
    const said = query.phrases.length ? hits.filter((hit) => saysAll(hit, query)) : hits;
    const named = query.nothing ? source.catalogue.rows : said.map((hit) => hit.row);
    const narrowed = narrow(within(named, ""), { values: asked.values });
    const number = this.#asked;
    this.#count = () => {
      if (number !== this.#asked) return;
      this.panel ??= new Panel(this.facets, source, this.products, (values) =>
        this.#ask({ values }, true),
      );
      this.panel.show(asked.values, narrowed);
    };
    // The counts may come a frame later than what was asked for.
    if (this.panel || this.facets.open || isNarrowed(asked)) afterwards(this.#count);
    const order = this.sort.value || (query.nothing ? "star" : "");
    const products = (order ? sorted(narrowed.kept, order) : narrowed.kept).map((row) => ({ row }));
    if (isNarrowed(asked)) return products;
    if (query.nothing) return [];
    return order ? [...products, ...said.filter((hit) => hit.row.kind !== "product")] : said;
  }

  async #stories(source, query, hits) {
    const asked = hits && source.bundle && query.joined.plain.length >= LETTERS_FOR_STORIES;
    if (!asked) return { stories: [] };
    try {
      const known = new Set(hits.map((hit) => hit.row.url));
      const stories = await findStories(source.bundle, query);
      return { stories: stories.filter((story) => !known.has(story.url)) };
    } catch (error) {
      console.info("Pagefind could not be asked", error);
      return { stories: [], failed: true };
    }
  }

  #finish({ source, query, hits, stories, failed, slipped }) {
    const rows = stories.map((story) => ({ row: { ...story, kind: "story" } }));
    // Words that a story really holds are better than names that are only spelled alike.
    const names = slipped && stories.some((story) => story.exact) ? [] : hits;
    const all = [...names, ...rows];
    if (names !== hits) this.found.replaceChildren();
    if (rows.length > 0) this.found.append(section("story", rows, query, source.say));
    this.#tell(slipped && names.length > 0 ? "near" : "results", all.length, query, source);
    if (failed) this.found.append(made("p", source.say("stories_failed")));
  }

  #tell(key, count, query, source) {
    const none = isNarrowed(this.#now) ? "none_kept" : "none";
    const said = count ? key : none;
    this.status.textContent = source.say(said, { count, query: query.text });
    this.found.removeAttribute("aria-busy");
    if (said === "none") this.#suggest(query, source);
  }

  #empty() {
    this.#count = this.#find;
    this.#offerLists(true);
    this.whole.dataset.findState = "empty";
    this.found.replaceChildren();
    this.status.textContent = "";
    this.found.removeAttribute("aria-busy");
  }

  /** Ask in the status line, where a screen reader tells of it too. */
  #suggest(query, { catalogue, say }) {
    const names = nearby(catalogue, query, NAMES_GUESSED);
    const asked = made("span");
    asked.dataset.suggested = "";
    if (names.length > 0) asked.append(say("suggest"), " ", ...names.flatMap(suggestion), "?");
    else asked.append(say("lists"));
    this.status.append(" ", asked);
    this.whole.dataset.findState = "none";
    this.#offerLists(names.length === 0);
  }

  #offerLists(offered, failed = false) {
    this.failed.hidden = !failed;
    this.lists.hidden = !offered;
  }

  #fail(error) {
    console.info("The catalogue file could not be read", error);
    this.#empty();
    this.#offerLists(true, true);
  }

  /** Let the arrow keys walk through the hits, and Escape lead back to the box. */
  #steer(event) {
    const links = [...this.found.querySelectorAll("a")];
    const places = [this.input, ...links];
    const at = places.indexOf(document.activeElement);
    const taken = event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey;
    if (at < 0 || taken) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: at > 0 ? 0 : -1 }[event.key];
    if (next === undefined || !places[next]) return;
    event.preventDefault();
    places[next].focus();
  }
}

/** Tell whether the title of `hit` has every phrase of `query`. */
function saysAll(hit, query) {
  const title = ` ${plain(hit.row.title).join(" ")} `;
  return query.phrases.every((words) => title.includes(` ${plain(words.join(" ")).join(" ")} `));
}

function suggestion(name, at) {
  const address = new URL(location.href);
  address.searchParams.set("q", name);
  const link = made("a", name);
  link.href = address;
  return at === 0 ? [link] : [", ", link];
}

