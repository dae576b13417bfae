// What a page does for places without a network: say that there is none, and have itself kept.

const root = document.documentElement;

function tellWhetherOnline() {
  root.toggleAttribute("data-offline", !navigator.onLine);
}

/** Say since when the copy that is shown was kept. */
function tellSince(spot) {
  const since = new Date(root.dataset.saved);
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

tellWhetherOnline();
addEventListener("online", tellWhetherOnline);
addEventListener("offline", tellWhetherOnline);
if (root.dataset.saved) document.querySelectorAll("[data-since]").forEach(tellSince);
// Without a secure connection there is no worker, and a private window may refuse one.
beKept(navigator).catch(() => {});
