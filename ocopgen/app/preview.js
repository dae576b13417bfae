// Keeps an open page of the preview like what was saved, and shows what keeps it from being so.
"use strict";
{
  const OWN = "#ocopgen-preview";
  const own = document.querySelector(OWN);
  const address = `/__ocopgen/events?path=${encodeURIComponent(decoded(location.pathname))}`;
  let events = null;
  let last = null;
  let shown = own.dataset.page;

  // A script that waits for nobody: it sees the page before the scripts of the site change it.
  const came = document.documentElement.cloneNode(true);
  const twins = new Map();
  twin(came, document.documentElement);

  // Where a browser lets nothing be kept, there is nothing to send away.
  if (navigator.serviceWorker) keepNothing(navigator.serviceWorker).catch(() => {});

  // A browser grants a host six lines in all: a page that nobody sees gives up its own.
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  addEventListener("pagehide", hush);
  addEventListener("pageshow", listen);
  if (!document.hidden) listen();

  // The worker of a finished site that stood here goes, with what it kept, and none comes after it.
  async function keepNothing(workers) {
    workers.register = () => Promise.reject(new Error("A preview keeps nothing"));
    const worker = await workers.getRegistration();
    await worker?.unregister();
    const ofSites = (await caches.keys()).filter((name) => location.href.startsWith(name));
    await Promise.all(ofSites.map((name) => caches.delete(name)));
  }

  function listen() {
    if (events) return;
    events = new EventSource(address);
    events.onmessage = hear;
  }

  function hush() {
    events?.close();
    events = null;
  }

  function hear({ data }) {
    if (data === last) return; // a sign of life; whoever has shut the box is left in peace
    last = data;
    const { page, sheets, complaint } = JSON.parse(data);
    if (page !== shown) {
      renew();
      return;
    }
    dress(sheets);
    document.getElementById("ocopgen-faults")?.remove();
    if (complaint) show(complaint);
  }

  // Words are exchanged where they stand; whatever else is another asks for the whole page once more.
  async function renew() {
    hush();
    const page = await fetch(location.href).then(read).catch(() => null);
    const changes = page ? changed(came, page) : null;
    if (!changes) {
      location.reload();
      return;
    }
    for (const [was, now] of changes) {
      take(was, now);
      take(twins.get(was), now);
    }
    shown = page.querySelector(OWN).dataset.page;
    last = null;
    listen();
  }

  async function read(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    while (page.querySelector(OWN)?.nextSibling) page.querySelector(OWN).nextSibling.remove();
    return page.documentElement;
  }

  function twin(was, here) {
    twins.set(was, here);
    was.childNodes.forEach((child, place) => twin(child, here.childNodes[place]));
  }

  // Returns what is to be exchanged, each as it came with what it is now, or null if it is not all.
  function changed(was, now) {
    const inside = (page) => Array.from(page.querySelectorAll("template"), (each) => each.innerHTML);
    if (inside(was).join() !== inside(now).join()) return null;
    const changes = [];
    const same = (one, other) => {
      if (one.isEqualNode(other)) return true;
      if (one.nodeName !== other.nodeName) return false;
      // What the page adds to itself, what nobody sees, and what `dress` exchanges.
      if (one.matches?.(`${OWN}, noscript, [rel=stylesheet]`)) return true;
      if (isQuiet(one)) return changes.push([one, other]);
      const [ones, others] = [one.childNodes, other.childNodes];
      if (ones.length !== others.length) return false;
      if (one !== was && !one.cloneNode().isEqualNode(other.cloneNode())) return false;
      return Array.from(ones).every((each, place) => same(each, others[place]));
    };
    return same(was, now) ? changes : null;
  }

  // Tells whether a node may be exchanged because no script has acted on it, or ever will.
  function isQuiet(node) {
    const here = twins.get(node);
    if (!here.isConnected || !here.isEqualNode(node)) return false;
    if (node.nodeType !== Node.TEXT_NODE) return node.nodeName === "META";
    return node.parentNode.nodeName !== "SCRIPT" || node.parentNode.type === "application/ld+json";
  }

  function take(node, now) {
    if (node.nodeType === Node.TEXT_NODE) node.data = now.data;
    else for (const { name, value } of now.attributes) node.setAttribute(name, value);
  }

  function decoded(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }

  // Only the style sheets are others: the old one goes when the new one is there, so nothing flickers.
  function dress(sheets) {
    const worn = [...document.querySelectorAll("link[rel~=stylesheet]:not([data-leaving])")];
    worn.forEach((link, place) => {
      if (!sheets[place] || link.getAttribute("href") === sheets[place]) return;
      const fresh = link.cloneNode();
      fresh.href = sheets[place];
      link.dataset.leaving = "";
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    });
  }

  function show({ title, faults, count }) {
    const box = element("dialog", "");
    box.id = "ocopgen-faults";
    box.lang = own.lang;
    box.setAttribute("aria-label", title);
    const heading = element("h2", title);
    const list = element("ol", "");
    list.append(...faults.map(item));
    const shut = element("button", own.dataset.shut);
    shut.addEventListener("click", () => box.close());
    const foot = element("footer", "");
    foot.append(element("p", count), shut);
    // A tree of its own: no style of the site reaches it, and none of its own reaches the site.
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/__ocopgen/preview.css";
    const inside = element("div", "");
    inside.id = "inside";
    inside.append(heading, list, foot);
    const frame = element("div", "");
    frame.attachShadow({ mode: "open" }).append(style, inside);
    box.append(frame);
    box.style.cssText = "padding: 0; border: 0; max-width: none; background: none; margin: auto";
    document.body.append(box);
    style.onload = style.onerror = () => box.isConnected && !box.open && box.showModal();
  }

  function item({ says, place, line, caret, mend }) {
    const fault = element("li", "");
    if (place) fault.append(element("p", place, "place"));
    fault.append(element("p", says, "says"));
    if (line) fault.append(element("pre", caret ? `${line}\n${caret}` : line));
    if (mend) fault.append(element("p", mend, "mend"));
    return fault;
  }

  function element(name, text, kind) {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }
}
