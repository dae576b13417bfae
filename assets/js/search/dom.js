// Fill the templates that pages carry.

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

/** Wait until what is already waiting is done: whoever types fast is answered for the last key. */
export function settle() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Show rows made by the functions `makes` in `list`: some at first, more whenever asked for. */
export function unfold(list, makes, shown, said) {
  list.replaceChildren(...makes.slice(0, shown).map((make) => make()));
  if (makes.length <= shown) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-line";
  const line = document.createElement("p");
  line.className = "main unfold";
  line.append(button);
  list.after(line);
  const tell = () => {
    const rest = makes.length - list.children.length;
    button.textContent = said(rest);
    line.hidden = rest === 0;
  };
  button.addEventListener("click", () => {
    const first = list.children.length;
    list.append(...makes.slice(first, first + STEP).map((make) => make()));
    list.children[first].querySelector("a").focus();
    tell();
  });
  tell();
}
