// What every page can do beyond being read: change the theme, close the menu, pass a link on, tick.

import { startOffline } from "./site/offline.js";
import { asked, keep, kept, products } from "./site/shortlist.js";

export { asked, keep, kept, products };

const root = document.documentElement;

function isDark() {
  if (root.dataset.theme) return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // A private window keeps nothing; the choice holds for this page.
  }
}

function offerTheme(buttons) {
  const tell = () => buttons.forEach((button) => button.setAttribute("aria-pressed", isDark()));
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      switchTheme();
      tell();
    });
  }
  tell();
}

function offerToCloseMenu(menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  // It lies over the page, and must not hide what one turns to.
  const leave = ({ target }) => menu.contains(target) || (menu.open = false);
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
}

function pageAddress() {
  return document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
}

function offerCopy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copies ?? pageAddress());
    button.querySelector("span").textContent = button.dataset.copy;
  });
}

function offerShare(button) {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    // Closing the sheet without a choice is no fault.
    navigator.share({ title: document.title, url: pageAddress() }).catch(() => {});
  });
}

/** Returns the words of the last part of an address that has some; empty: there are none. */
function wordsOf(path) {
  const parts = decoded(path).split("/").map((part) => part.replace(/\.\w+$/, "").replace(/[-_+\s]+/g, " ").trim());
  return parts.reverse().find((part) => /\p{L}{3}/u.test(part))?.slice(0, 80) ?? "";
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    // Half a letter at its end, as when an address was cut off.
    return path;
  }
}

/** Offers to search for the words of the address, and puts them into the box. */
function offerGuess(guess) {
  const words = wordsOf(location.pathname);
  if (!words) return;
  const link = guess.querySelector("a");
  link.textContent = words;
  link.search = new URLSearchParams({ q: words });
  document.querySelector("form.find input").value = words;
  guess.hidden = false;
}

/** Let the other language show what is searched for and chosen here. */
function takeAlong(link) {
  link.addEventListener("click", () => (link.search = location.search));
}

// What can wait does: the page is there first.
addEventListener("load", startOffline);
offerTheme(document.querySelectorAll("[data-theme-switch]"));
const menu = document.querySelector("details.menu");
if (menu) offerToCloseMenu(menu);
document.querySelectorAll("[data-copy]").forEach(offerCopy);
document.querySelectorAll("[data-share]").forEach(offerShare);
document.querySelectorAll("[data-guess]").forEach(offerGuess);
document.querySelectorAll("a.lang").forEach(takeAlong);
