// Keeps what was seen, for places without a network.
//
// It knows no version of the site. A page names the very files that it needs, and what lies under
// such a name never changes: so a page that is kept together with its files is whole, whatever was
// published since. The build writes above this what each language begins with, as SHELLS: its first
// page, the page for when there is no network, the shortlist, the search page, and the pointer to what
// is searched.

const PATIENCE = 3000;
const DAY = 864e5;
const MOST_PAGES = 200;
const MOST_BYTES = 4e7;
const EMPTY = '<svg xmlns="http://www.w3.org/2000/svg"/>';

const PART = /[^\s"'(),]+\.[0-9a-f]{8}\.(?:css|js|woff2|json)\b/g;
const LASTING = /\.[0-9a-f]{8}\.\w+$|\/[0-9a-f]{12}\/\d+\.[jw]|-[0-9a-f]{8}\/.*\.(?:js$|p[af])/;
const TITLE = /<html lang="(.+?)"[^]*?<title>(.+?)(?: ·|<)/;
const CHANGING = /\.(?:csv|ics|json|svg)$/;

const { scope } = registration;
const shells = SHELLS.map((shell) => shell.map((path) => new URL(path, scope).href));

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([clients.claim(), registration.navigationPreload?.enable()]));
});

// Pages are asked for by people, and by the shortlist, which reads those of its products.
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = bare(request.url);
  if (request.method !== "GET" || !address.startsWith(scope)) return;
  if (LASTING.test(address)) {
    const answer = lasting(address).catch(() => fetch(request));
    event.respondWith(answer.catch(() => likeness(address, request)));
  } else if (request.mode === "navigate" || address.endsWith("/") || CHANGING.test(address)) {
    const network = asked(event);
    event.waitUntil(follow(address, network));
    event.respondWith(newest(address, network, request));
  }
});

// A page that was there before the worker asks to be kept, with the files that it has loaded.
addEventListener("message", (event) => {
  const [page, ...files] = event.data.map(bare).filter((each) => each.startsWith(scope));
  const parts = files.filter((each) => LASTING.test(each)).map(lasting);
  event.waitUntil(Promise.allSettled([follow(page, fetch(page)), ...parts]));
});

function bare(url) {
  return url.replace(/[?#].*/, "");
}

async function asked(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

function renewed(address) {
  return fetch(address, { cache: "no-cache" });
}

/** Return what is kept at `address`; where nothing can be kept, nothing is. */
function found(address) {
  return caches.match(address, { cacheName: scope, ignoreVary: true }).catch(() => {});
}

async function put(address, answer) {
  const cache = await caches.open(scope);
  await cache.put(address, whole(answer));
}

async function forget(addresses) {
  const cache = await caches.open(scope);
  await Promise.all(addresses.map((each) => cache.delete(each)));
}

function whole(answer) {
  if (answer.status !== 200 || answer.redirected) throw answer;
  return answer;
}

/** Return a file that never changes, once it is kept; fail if it cannot be. */
async function lasting(address) {
  const copy = await found(address);
  if (copy) return copy;
  const answer = await fetch(address, { cache: "force-cache" });
  await put(address, answer.clone());
  return answer;
}

/** Return another size of the same photo, which lies in the same folder, or an empty picture. */
async function likeness(address, { destination }) {
  if (destination !== "image") return Response.error();
  const cache = await caches.open(scope);
  const folder = address.replace(/[^/]*$/, "");
  const other = (await cache.keys()).find(({ url }) => url.startsWith(folder));
  return other ? cache.match(other) : new Response(EMPTY, { headers: { "content-type": "image/svg+xml" } });
}

/** Return what the network says of `address`, or what is kept if that fails or takes too long. */
async function newest(address, network, { mode }) {
  const copy = await found(address);
  const late = new Promise((resolve) => copy && setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([network.catch(() => {}), late]);
  if (answer && !(copy && answer.status >= 500)) return answer;
  if (mode !== "navigate") return copy ?? Response.error();
  return copy ? marked(copy) : instead(address);
}

/** Return the page for when there is no network, in the language of `address` or in another. */
async function instead(address) {
  const pages = [shellOf(address), ...shells].map(([, page]) => found(page));
  const page = (await Promise.all(pages)).find(Boolean);
  const text = (await page.text()).replace("data-saved-pages hidden", "");
  const entries = await listed();
  return new Response(text.replace("<!-- saved -->", () => entries), page);
}

/** Return links to the kept pages, the newest first. */
async function listed() {
  const cache = await caches.open(scope);
  let links = "";
  for (const { url } of await cache.keys()) {
    if (!url.endsWith("/")) continue;
    const text = await (await cache.match(url)).text();
    const [, lang, title] = TITLE.exec(text) ?? ["", "", url];
    links = `<li><a href="${url}" lang="${lang}">${title}</a></li>${links}`;
  }
  return links;
}

/** Return the kept `page`, which says so of itself, and since when. */
async function marked(page) {
  const text = await page.text();
  return new Response(text.replace("<html", `<html data-saved="${page.headers.get("date")}"`), page);
}

function shellOf(address) {
  return shells.find(([home]) => address.startsWith(home));
}

/** Keep what the network says of `address`; whatever hinders that, the page is shown all the same. */
async function follow(address, network) {
  try {
    const answer = (await network).clone();
    await alone(() => (answer.status === 404 ? forget([address]) : keep(address, answer)));
    if (!CHANGING.test(address)) await stock(shellOf(address));
    await alone(() => tidy(MOST_BYTES));
  } catch (error) {
    if (error.name === "QuotaExceededError") await alone(() => tidy(0));
  }
}

/** Do `work` while nothing else is kept or thrown out. */
function alone(work) {
  return navigator.locks.request(scope, work);
}

/** See that a language can be searched, and that nothing of it is older than a day. */
async function stock(shell) {
  for (const each of shell) {
    if (!(await isOld(each))) continue;
    const answer = await renewed(each);
    await alone(() => keep(each, answer));
  }
}

async function isOld(address) {
  const copy = await found(address);
  return !copy || Date.now() - Date.parse(copy.headers.get("date")) > DAY;
}

/** Put `answer` away once all is there that it needs; search and its pointer go together. */
async function keep(address, answer) {
  const pair = shells.find((each) => each.includes(address, 3))?.slice(3) ?? [address];
  const answers = await Promise.all(pair.map((each) => (each === address ? answer : renewed(each))));
  for (const [at, each] of answers.entries()) await needs(await whole(each).clone().text(), pair[at]);
  await Promise.all(pair.map((each, at) => put(each, answers[at])));
}

/** Return the addresses of all that `text` cannot do without, and keep it; fail if that fails. */
async function needs(text, address, all = new Set()) {
  for (const [name] of text.matchAll(PART)) {
    const { href } = new URL(name, address);
    if (all.has(href) || !href.startsWith(scope)) continue;
    all.add(href);
    const answer = await lasting(href);
    if (/(?:css|js)$/.test(href)) await needs(await answer.text(), href, all);
  }
  return all;
}

/** Where more than `most` is kept, leave the newest pages, what they need, and half of the rest. */
async function tidy(most) {
  if ((await navigator.storage.estimate()).usage < most) return;
  const cache = await caches.open(scope);
  const all = (await cache.keys()).map(({ url }) => url);
  const first = shells.flat();
  const visited = all.filter((url) => !LASTING.test(url) && !first.includes(url));
  await forget(visited.slice(0, -MOST_PAGES));
  const needed = new Set();
  for (const url of [...first, ...visited.slice(-MOST_PAGES)]) {
    const page = await found(url);
    if (page) await needs(await page.text(), url, needed);
  }
  const rest = all.filter((url) => LASTING.test(url) && !needed.has(url));
  await forget(rest.slice(0, rest.length / 2));
}
