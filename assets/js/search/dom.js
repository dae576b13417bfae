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

/** Show rows made by the functions `makes` in `list`: some at first, the rest when asked for. */
export function unfold(list, makes, shown, said) {
  list.replaceChildren(...makes.slice(0, shown).map((make) => make()));
  const rest = makes.length - shown;
  if (rest <= 0) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-line";
  button.textContent = said(rest);
  const line = document.createElement("p");
  line.className = "main unfold";
  line.append(button);
  list.after(line);
  button.addEventListener("click", () => {
    list.append(...makes.slice(shown).map((make) => make()));
    list.children[shown].querySelector("a").focus();
    line.remove();
  });
}
