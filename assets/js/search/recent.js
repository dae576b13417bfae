// What was searched for lately, kept on this device and nowhere else.

const KEY = "searches";
const KEPT = 6;

/** Return the latest searches, the newest first. */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    // A private window keeps nothing.
    return [];
  }
}

/** Remember that `typed` was searched for. */
export function remember(typed) {
  const asked = typed.trim();
  if (asked) keep([asked, ...recent().filter((each) => each !== asked)].slice(0, KEPT));
}

/** Forget every search. */
export function forget() {
  keep([]);
}

function keep(searches) {
  try {
    localStorage.setItem(KEY, JSON.stringify(searches));
  } catch {
    // As above.
  }
}
