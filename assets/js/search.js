// The search box: names and places as one types, the words of the stories when one pauses.

import { readCatalogue } from "./search/catalogue.js";
import { findNames, nearby } from "./search/matching.js";
import { readQuery } from "./search/query.js";
import { grouped, section } from "./search/results.js";
import { readShort, sayer } from "./search/saying.js";
import { findStories } from "./search/stories.js";
import { fold, wordsOf } from "./search/words.js";

const PAUSE = 250;
const LETTERS_FOR_STORIES = 2;
const GUESSES = 3;

/** A promise of the pointer file and the catalogue file; both are fetched at the first need. */
let opening;

async function open(address) {
  // The pointer alone knows the newest names; everything that it names is kept for good.
  const pointer = await fetchJson(address, { cache: "no-cache" });
  const catalogue = readCatalogue(await fetchJson(pointer.catalogue));
  const say = sayer(pointer.words, document.documentElement.lang);
  return { catalogue, bundle: pointer.bundle, say, short: readShort(say("short")) };
}

async function fetchJson(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

function ready(form) {
  opening ??= open(form.dataset.pointer).catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** The page that shows results below its box. */
class SearchPage {
  #typed = "";
  #pause;

  constructor(form, found) {
    this.form = form;
    this.input = form.querySelector("input");
    this.found = found;
    this.status = document.querySelector("[data-find-status]");
    this.failed = document.querySelector("[data-find-failed]");
    this.lists = document.querySelector("[data-find-lists]");
  }

  start() {
    this.input.addEventListener("input", () => this.#changed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#changed();
    });
    addEventListener("popstate", () => this.#restore());
    document.addEventListener("keydown", (event) => this.#steer(event));
    this.#restore();
  }

  #restore() {
    this.input.value = new URLSearchParams(location.search).get("q") ?? "";
    this.#find();
  }

  #changed() {
    const address = new URL(location.href);
    const typed = this.input.value.trim();
    if (typed) address.searchParams.set("q", typed);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    this.#find();
  }

  async #find() {
    const typed = this.input.value;
    this.#typed = typed;
    clearTimeout(this.#pause);
    if (!typed.trim()) {
      this.found.replaceChildren();
      this.status.textContent = "";
      this.found.removeAttribute("aria-busy");
      return;
    }
    try {
      const source = await ready(this.form);
      if (typed === this.#typed) this.#showNames(source, typed);
    } catch (error) {
      this.#fail(error);
    }
  }

  #showNames(source, typed) {
    this.#offerLists(false);
    const query = readQuery(typed, source.short);
    const names = findNames(source.catalogue, query);
    // A quoted phrase is looked for in the prose alone, unless a name has it.
    const hits = query.phrases.length ? names.hits.filter((hit) => saysAll(hit, query)) : names.hits;
    this.found.setAttribute("aria-busy", "true");
    this.#show(hits, query, source);
    this.#pause = setTimeout(async () => {
      const { stories, failed } = await this.#stories(source, query, hits);
      if (typed !== this.#typed) return;
      this.#finish({ source, query, hits, stories, failed, slipped: names.slipped });
    }, PAUSE);
  }

  async #stories(source, query, hits) {
    const asked = source.bundle && query.joined.plain.length >= LETTERS_FOR_STORIES;
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
    const names = slipped && rows.length > 0 ? [] : hits;
    const all = [...names, ...rows];
    if (rows.length > 0) this.#show(all, query, source);
    this.#tell(all.length, query, source, slipped && names.length > 0);
    if (all.length === 0) this.#suggest(query, source);
    if (failed) this.#note(source.say("stories_failed"));
    this.found.removeAttribute("aria-busy");
  }

  #show(hits, query, { say }) {
    const sections = grouped(hits).map(([kind, each]) => section(kind, each, query, say));
    this.found.replaceChildren(...sections);
  }

  #tell(count, query, { say }, slipped) {
    const key = count === 0 ? "none" : slipped ? "near" : "results";
    this.status.textContent = say(key, { count, query: query.text });
  }

  /** Ask in the status line, where a screen reader tells of it too. */
  #suggest(query, { catalogue, say }) {
    const names = nearby(catalogue, query, GUESSES);
    const asked = document.createElement("span");
    asked.dataset.suggested = "";
    if (names.length > 0) asked.append(say("suggest"), " ", ...names.flatMap(suggestion), "?");
    else asked.append(say("lists"));
    this.status.append(" ", asked);
    this.found.replaceChildren();
    this.#offerLists(names.length === 0);
  }

  #offerLists(offered, failed = false) {
    this.failed.hidden = !failed;
    this.lists.hidden = !offered;
  }

  #note(text) {
    const line = document.createElement("p");
    line.className = "soft";
    line.textContent = text;
    this.found.append(line);
  }

  #fail(error) {
    console.info("The catalogue file could not be read", error);
    this.found.replaceChildren();
    this.status.textContent = "";
    this.#offerLists(true, true);
    this.found.removeAttribute("aria-busy");
  }

  /** Let the arrow keys walk through the hits, and Escape lead back to the box. */
  #steer(event) {
    const links = [...this.found.querySelectorAll("a")];
    const places = [this.input, ...links];
    const at = places.indexOf(document.activeElement);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: at > 0 ? 0 : -1 }[event.key];
    if (next === undefined || !places[next]) return;
    event.preventDefault();
    places[next].focus();
  }
}

/** Tell whether the title of `hit` has every phrase of `query`. */
function saysAll(hit, query) {
  const title = ` ${wordsOf(hit.row.title).map(fold).join(" ")} `;
  return query.phrases.every((words) => title.includes(` ${words.map(fold).join(" ")} `));
}

function suggestion(name, at) {
  const address = new URL(location.href);
  address.searchParams.set("q", name);
  const link = document.createElement("a");
  link.href = address.href;
  link.textContent = name;
  return at === 0 ? [link] : [", ", link];
}

for (const form of document.querySelectorAll("form[data-pointer]")) {
  const found = document.querySelector("[data-find-results]");
  form.addEventListener("focusin", () => ready(form).catch(() => {}), { once: true });
  if (found) new SearchPage(form, found).start();
}
