// Make elements, and fill the templates that pages carry.

/** Stands between the parts of a line, and begins none. */
export const DOT = "\u00a0· ";

/** Return a new element `name` that holds `content`. */
export function made(name, ...content) {
  const element = document.createElement(name);
  element.append(...content);
  return element;
}

/** Return a new copy of the page's template `name`. */
export function templated(name) {
  const template = document.querySelector(`template[data-found="${name}"]`);
  return template.content.firstElementChild.cloneNode(true);
}

/** Write `text` into each element of `shown` that `selector` names. */
export function fill(shown, selector, text) {
  for (const each of shown.querySelectorAll(selector)) each.textContent = text;
}

/** Mark the language of `element` where it is another one than the page's. */
export function setLang(element, lang) {
  if (lang) element.lang = lang;
}

const STEP = 96;
/** As many rows as a screen may hold; whatever is below it can wait. */
export const FIRST = Math.ceil(innerHeight / 150);

/** Wait until what is already waiting is done. A message comes sooner than a timer. */
export function settle() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage("");
  });
}

/** Do `work` once all that was changed stands on the screen. */
export function afterwards(work) {
  requestAnimationFrame(() => setTimeout(work));
}

/** Show rows made by the functions `makes` in `list`: the `first` at once, more when asked for. */
export function unfold(list, makes, shown, said, first = FIRST) {
  const add = (from, to) => list.append(...makes.slice(from, to).map((make) => make()));
  list.replaceChildren();
  add(0, Math.min(first, shown));
  const last = list.lastElementChild;
  afterwards(() => {
    // The next answer may have taken the place of this one.
    if (list.isConnected && list.lastElementChild === last) add(first, shown);
  });
  if (makes.length <= shown) return;
  const button = made("button");
  button.className = "btn btn-line";
  const line = made("p", button);
  line.className = "main unfold";
  list.after(line);
  const tell = (rest) => {
    button.textContent = said(rest);
    line.hidden = rest === 0;
  };
  button.addEventListener("click", () => {
    const next = list.children.length;
    add(next, next + STEP);
    list.children[next].querySelector("a").focus();
    tell(makes.length - list.children.length);
  });
  tell(makes.length - shown);
}
