// What was searched for lately, kept on this device and nowhere else.

const KEY = "searches";
const KEPT = 6;

/** Return the latest searches, the newest first. */
export function recent() {
  try {
    return localStorage.getItem(KEY)?.split("\n").filter(Boolean) ?? [];
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
    localStorage.setItem(KEY, searches.join("\n"));
  } catch {
    // As above.
  }
}
