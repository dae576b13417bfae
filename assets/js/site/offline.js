// What a page does for places without a network: say that there is none, and have itself kept.

const { documentElement } = document;

function tellWhetherOnline() {
  documentElement.toggleAttribute("data-offline", !navigator.onLine);
}

/** Say since when the copy that is shown was kept. */
function tellSince(spot) {
  const since = new Date(documentElement.dataset.saved);
  const style = { dateStyle: "short", timeStyle: "short" };
  spot.textContent = `(${since.toLocaleString(spot.dataset.since, style)})`;
}

/** Start the worker, which keeps pages from the next one on, and ask it to keep this one too. */
async function beKept({ serviceWorker }) {
  const { controller } = serviceWorker;
  await serviceWorker.register(new URL("../sw.js", import.meta.url));
  if (controller) return;
  const { active } = await serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage([location.href, ...files]);
}

/** Prepare for places without a network. */
export function startOffline() {
  tellWhetherOnline();
  addEventListener("online", tellWhetherOnline);
  addEventListener("offline", tellWhetherOnline);
  if (documentElement.dataset.saved) document.querySelectorAll("[data-since]").forEach(tellSince);
  // Without a secure connection there is no worker, and a private window may refuse one.
  beKept(navigator).catch(() => {});
}
