// The page of the shortlist: its products side by side, as each one's own page tells of them.

// The very list that the marks of the page belong to, not a copy of it.
import { asked, keep, kept, products } from "./site.js";

/** How many products lie beside each other on a sheet, at most. */
const ON_A_SHEET = 5;

const page = document.querySelector("[data-compare]");
const tables = page.querySelector("[data-tables]");
const undo = page.querySelector("[data-do=undo]");
const words = page.dataset;

/** Promises of the products whose pages were asked for, by their ids. */
const known = {};

/** The list that somebody sent, until one turns to a list of one's own. */
let sent = history.state || `${asked}` === `${kept}` ? [] : asked;

/** The list of this device as it was before the last change. */
let before;

/** The products that stand side by side: the head of each, and its facts by their labels. */
let columns = [];

function part(name) {
  return page.querySelector(`[data-part=${name}]`).content.firstElementChild.cloneNode(true);
}

function cell(...nodes) {
  const made = document.createElement("td");
  made.append(...nodes);
  return made;
}

/** Return the column of the product `id`; one that cannot be read says why. */
async function read(id) {
  const address = `${products}${id}/`;
  // Without a network, the worker answers with what a visit left.
  const answer = await fetch(address).catch(() => new Response());
  const text = await answer.text();
  const article = new DOMParser().parseFromString(text, "text/html").querySelector(".product");
  const head = part("head");
  const [link, button] = head.children;
  if (article) fill(head, article, address);
  else link.append(id);
  button.lastElementChild.append(link.textContent);
  button.value = id;
  const reason = answer.status === 404 ? words.gone : words.unreachable;
  return { head, facts: new Map(article ? factsIn(article) : [[words.standing, cell(reason)]]) };
}

function fill(head, article, address) {
  const link = head.firstElementChild;
  const name = article.querySelector("h1");
  const picture = article.querySelector(".hero :is(picture, img)");
  link.href = address;
  link.lang = name.lang || document.documentElement.lang;
  link.append(...name.childNodes);
  // What is large on its own page is small here.
  for (const each of picture?.children ?? []) each.sizes = "11rem";
  if (picture) head.prepend(picture);
}

function* factsIn(article) {
  yield [words.standing, cell(...article.querySelectorAll(".status :is(.star, p)"))];
  const sellers = article.querySelectorAll(".buy :is(.ledger .serif, .chips a)");
  if (sellers.length) yield [article.querySelector(".buy h2").textContent, cell(...sellers)];
  for (const { children } of article.querySelectorAll(".facts > div")) {
    yield [children[0].textContent, cell(...children[1].childNodes)];
  }
}

function listed() {
  return sent.length ? sent : kept;
}

async function show() {
  const list = listed();
  if (list !== sent) history.replaceState(1, "", list.length ? `?sp=${list}` : location.pathname);
  page.dataset.state = list === sent ? "sent" : list.length ? "own" : "none";
  const told = await Promise.all(list.map((id) => (known[id] ??= read(id))));
  // Another list may have come in the meantime.
  if (list !== listed()) return;
  columns = told;
  lay(list.length);
}

/** Put the columns into as many tables as hold `most` each, equally full: six are three and three. */
function lay(most) {
  const rest = [...columns];
  tables.replaceChildren();
  while (rest.length) tables.append(table(rest.splice(0, Math.ceil(most))));
}

function table(shown) {
  const made = part("table");
  made.querySelector("tr").append(...shown.map(({ head }) => head));
  made.querySelector("tbody").append(...labels().map((label) => row(label, shown)));
  return made;
}

/** Return the labels of all facts, each after the one that it follows where it is told. */
function labels() {
  const all = [];
  for (const { facts } of columns) {
    let at = 0;
    for (const label of facts.keys()) {
      if (!all.includes(label)) all.splice(at, 0, label);
      at = all.indexOf(label) + 1;
    }
  }
  return all;
}

function row(label, shown) {
  const made = part("row");
  made.firstElementChild.append(label);
  made.append(...shown.map(({ facts }) => facts.get(label) ?? cell(words.unknown)));
  const said = new Set(columns.map(({ facts }) => facts.get(label)?.textContent));
  made.classList.toggle("same", said.size < 2 && columns.length > 1);
  return made;
}

/** What each button makes of the list of this device; nothing, where it leaves it alone. */
const CHANGES = {
  drop: ({ value }) => kept.filter((id) => id !== value),
  clear: () => [],
  keep: () => sent,
  undo: () => before,
  print: () => print(),
};

page.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-do]");
  const list = CHANGES[button?.dataset.do]?.(button);
  if (!list) return;
  undo.previousElementSibling.textContent = button.dataset.tell;
  undo.hidden = false;
  // It stands at the edge of the screen: nothing need move under the hand.
  undo.focus({ preventScroll: true });
  before = kept;
  sent = [];
  keep(list);
});
document.addEventListener("shortlist", show);
// What another page has changed since is not to be undone.
addEventListener("storage", () => (undo.hidden = true));
addEventListener("beforeprint", () => lay(columns.length / Math.ceil(columns.length / ON_A_SHEET)));
addEventListener("afterprint", () => lay(columns.length));
show();
