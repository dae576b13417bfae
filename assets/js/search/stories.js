// Ask Pagefind for the words of the stories.

import { settle } from "./dom.js";
import { fold, oneToneSchool, wordsOf } from "./words.js";

const STORIES_SHOWN = 12;
const LOOKED_AT = 60;
const EXCERPT_WORDS = 26;
const LONGEST_ENDING = 3;
const SHORTEST_STEM = 4;
const NOT_HELD = 0;
const WITHOUT_MARKS = 1;
const AS_TYPED = 2;
const EXACTLY = 3;

let loading;

/** Load Pagefind from the folder `bundle`, once. */
function load(bundle) {
  loading ??= import(`${bundle}pagefind.js`).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Return the pages whose prose holds all that `query` asks for, best first. */
export async function findStories(bundle, query) {
  const pagefind = await load(bundle);
  // To read the program and to set it going are each as much as one may do at a time.
  await settle();
  // Whoever types marks means them, and gets pages with the same first; whoever types none, any.
  const diacriticSimilarity = isPlain(wordsTyped(query)) ? 0 : 2;
  await pagefind.options({ excerptLength: EXCERPT_WORDS, ranking: { diacriticSimilarity } });
  const { results } = await pagefind.search(indexed(wordsTyped(query)));
  const stories = [];
  for (let from = 0; from < Math.min(results.length, LOOKED_AT); from += STORIES_SHOWN) {
    const pages = await Promise.all(results.slice(from, from + STORIES_SHOWN).map((each) => each.data()));
    for (const page of pages) {
      const how = held(page, query);
      if (how !== NOT_HELD) stories.push({ page, held: how });
      await settle();
    }
    if (stories.length >= STORIES_SHOWN) break;
  }
  const asTyped = stories.filter((each) => each.held >= AS_TYPED);
  const shown = (asTyped.length > 0 ? asTyped : stories).slice(0, STORIES_SHOWN);
  return shown.map((each) => ({ ...storyOf(each.page), exact: each.held === EXACTLY }));
}

function wordsTyped(query) {
  return query.words.map((word) => word.marked).join(" ");
}

/**
 * Return how `page` holds each word and each phrase: with the marks that were typed, or without;
 * or `EXACTLY`, where it holds the very words in a row.
 *
 * Pagefind drops a word that it does not know, and mistakes some phrases (1.5.2), so what comes
 * back is read again.
 */
function held(page, query) {
  const text = [page.meta.title, page.meta.alt, page.content].map(restored).join(" ");
  const marked = ` ${wordsOf(text).join(" ")} `;
  const plain = fold(marked);
  const last = query.words.length - 1;
  const part = (word, at) => (at < last && word.length < SHORTEST_STEM ? `${word} ` : stem(word));
  const asTyped = (words) => (isPlain(words) ? plain : marked).includes(` ${words}`);
  if (!query.phrases.every((phrase) => asTyped(`${phrase.join(" ")} `))) return NOT_HELD;
  if (!query.words.every((word, at) => plain.includes(` ${part(word.plain, at)}`))) return NOT_HELD;
  if (asTyped(`${wordsTyped(query)} `)) return EXACTLY;
  return query.words.every((word, at) => asTyped(part(word.marked, at))) ? AS_TYPED : WITHOUT_MARKS;
}

function isPlain(words) {
  return fold(words) === words;
}

/** Return what a long word shares with its other forms; the last one may be unfinished anyway. */
function stem(word) {
  return word.slice(0, Math.max(SHORTEST_STEM, word.length - LONGEST_ENDING));
}

function storyOf(page) {
  return {
    url: page.meta.url,
    title: restored(page.meta.title),
    lang: page.meta.lang ?? "",
    saidIn: page.meta.said ?? "",
    excerpt: partsOf(restored(page.excerpt)),
  };
}

/** Return the pieces of an excerpt, each with whether it is marked; all of it is plain text. */
function partsOf(excerpt) {
  return excerpt.split(/<\/?mark>/u).map((part, at) => ({
    marked: at % 2,
    text: part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
  }));
}

/** Return `text` as Pagefind was given it: it ignores the mark of ḏ, but not that of đ. */
function indexed(text) {
  return oneToneSchool(text).replaceAll("đ", "ḏ").replaceAll("Đ", "Ḏ");
}

function restored(text = "") {
  return text.replaceAll("ḏ", "đ").replaceAll("Ḏ", "Đ");
}
