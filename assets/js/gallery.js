// The pictures of a page as large as the screen, one beside the other.

const dialog = document.querySelector("[data-gallery]");
const [count, track, caption] = dialog.querySelectorAll("p, div");
const [close, back, next] = dialog.querySelectorAll("button");
const links = [...document.querySelectorAll("a.opens")];
/** How far each key leads. */
const ways = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
const last = links.length - 1;
let at = 0;
let opener;

/** A slide with the picture of *link*, which is fetched when it comes near. */
function slideOf(link) {
  const slide = document.createElement("div");
  const picture = link.querySelector("picture").cloneNode(true);
  const [source, image] = picture.children;
  const share = image.getAttribute("width") / image.getAttribute("height");
  source.sizes = `min(100vw, ${Math.ceil(share * 100)}vh)`;
  image.loading = "lazy";
  slide.append(picture);
  return slide;
}

/** Say which picture is shown. */
function tell(place) {
  at = place;
  const image = links[at].querySelector("img");
  const words = document.createElement("span");
  words.lang = image.lang;
  words.append(image.alt);
  const shared = links[at].closest(".gallery")?.nextElementSibling;
  const credit = (links[at].parentNode.querySelector("figcaption") ?? shared)?.cloneNode(true);
  caption.replaceChildren(words, credit ?? "");
  count.textContent = `${at + 1} / ${links.length}`;
  back.setAttribute("aria-disabled", at === 0);
  next.setAttribute("aria-disabled", at === last);
}

function show(place) {
  tell(Math.max(0, Math.min(place, last)));
  track.scrollTo(at * track.clientWidth, 0);
}

function open(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  opener = event.currentTarget;
  // The way back shall lead to the page, not away from it.
  history.pushState("gallery", "");
  dialog.showModal();
  show(links.indexOf(opener));
}

track.append(...links.map(slideOf));
for (const link of links) link.onclick = open;
for (const each of [count, back, next]) each.hidden = !last;
back.onclick = () => show(at - 1);
next.onclick = () => show(at + 1);
close.onclick = () => dialog.close();
track.onscroll = () => dialog.open && tell(Math.round(track.scrollLeft / track.clientWidth));
dialog.onkeydown = (event) => {
  if (event.altKey || !ways[event.key]) return;
  event.preventDefault();
  show(at + ways[event.key]);
};
dialog.onclose = () => {
  opener.focus();
  if (history.state === "gallery") history.back();
};
onpopstate = () => dialog.close();

// Nobody else knows these names.
export {};
