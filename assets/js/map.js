// The map: zoom, move, and show some places only. Without this file it is a picture with links.

const CLOSEST = 8;
const STEP = 1.5;
const TIME = 180;
const STRIDE = 0.2;

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** The part of the drawing that is in sight. */
class View {
  #frame;

  constructor(svg, told) {
    this.svg = svg;
    this.told = told;
    const { width, height } = svg.viewBox.baseVal;
    this.whole = { x: 0, y: 0, width, height };
    this.now = { ...this.whole };
    this.aim = this.now;
  }

  get zoom() {
    return this.whole.width / this.aim.width;
  }

  /** Zoom by a factor round a point of the drawing, which stays where it is on the screen. */
  zoomBy(factor, at = this.middle(), smooth = true) {
    const zoom = Math.min(CLOSEST, Math.max(1, this.zoom * factor));
    const width = this.whole.width / zoom;
    const height = this.whole.height / zoom;
    const ratio = width / this.aim.width;
    const x = at.x - (at.x - this.aim.x) * ratio;
    const y = at.y - (at.y - this.aim.y) * ratio;
    this.go({ x, y, width, height }, smooth);
  }

  moveBy(dx, dy, smooth = true) {
    this.go({ ...this.aim, x: this.aim.x + dx, y: this.aim.y + dy }, smooth);
  }

  reset() {
    this.go(this.whole, true);
  }

  /** Bring a point into sight, if it is not. */
  reveal(at) {
    const { x, y, width, height } = this.aim;
    if (at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height) return;
    this.go({ ...this.aim, x: at.x - width / 2, y: at.y - height / 2 }, true);
  }

  middle() {
    return { x: this.aim.x + this.aim.width / 2, y: this.aim.y + this.aim.height / 2 };
  }

  go(aim, smooth) {
    const right = this.whole.width - aim.width;
    const foot = this.whole.height - aim.height;
    const x = Math.min(right, Math.max(0, aim.x));
    const y = Math.min(foot, Math.max(0, aim.y));
    this.aim = { ...aim, x, y };
    this.told(this.zoom);
    cancelAnimationFrame(this.#frame);
    if (!smooth || still.matches) this.#show(this.aim);
    else this.#glide({ ...this.now }, performance.now());
  }

  #glide(from, start) {
    this.#frame = requestAnimationFrame((time) => {
      const part = Math.min(1, Math.max(0, (time - start) / TIME));
      const eased = 1 - (1 - part) ** 3;
      const between = (key) => from[key] + (this.aim[key] - from[key]) * eased;
      const [x, y, width, height] = ["x", "y", "width", "height"].map(between);
      this.#show({ x, y, width, height });
      if (part < 1) this.#glide(from, start);
    });
  }

  #show(box) {
    this.now = box;
    this.svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
    this.svg.style.setProperty("--zoom", this.whole.width / box.width);
  }

  /** The point of the drawing under a point of the screen. */
  at(event) {
    const place = this.svg.getBoundingClientRect();
    const x = this.aim.x + ((event.clientX - place.left) / place.width) * this.aim.width;
    const y = this.aim.y + ((event.clientY - place.top) / place.height) * this.aim.height;
    return { x, y };
  }

  get unit() {
    return this.aim.width / this.svg.getBoundingClientRect().width;
  }
}

function offerButtons(view, controls) {
  controls.hidden = false;
  const act = {
    in: () => view.zoomBy(STEP),
    out: () => view.zoomBy(1 / STEP),
    all: () => view.reset(),
  };
  controls.addEventListener("click", (event) => {
    const button = event.target.closest("[data-map-zoom]");
    if (button) act[button.dataset.mapZoom]();
  });
}

function markButtons(controls, svg, zoom) {
  const off = { in: zoom >= CLOSEST, out: zoom <= 1, all: zoom <= 1 };
  for (const button of controls.querySelectorAll("[data-map-zoom]")) {
    button.setAttribute("aria-disabled", off[button.dataset.mapZoom]);
  }
  svg.classList.toggle("moved", zoom > 1);
  svg.classList.toggle("near-by", zoom >= 2);
}

function offerKeys(view, frame) {
  const stride = (x, y) => () => view.moveBy(x * view.aim.width * STRIDE, y * view.aim.height * STRIDE);
  const keys = {
    "+": () => view.zoomBy(STEP),
    "=": () => view.zoomBy(STEP),
    "-": () => view.zoomBy(1 / STEP),
    "−": () => view.zoomBy(1 / STEP),
    0: () => view.reset(),
    ArrowLeft: stride(-1, 0),
    ArrowRight: stride(1, 0),
    ArrowUp: stride(0, -1),
    ArrowDown: stride(0, 1),
  };
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", frame.dataset.keys);
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    // At full size there is nowhere to go, and the arrows belong to the page.
    if (event.key.startsWith("Arrow") && view.zoom <= 1) return;
    event.preventDefault();
    keys[event.key]();
  });
}

function offerWheel(view) {
  view.svg.addEventListener(
    "wheel",
    (event) => {
      // A wheel alone scrolls the page; a pinch on a touchpad comes with ctrl.
      if (!event.ctrlKey) return;
      event.preventDefault();
      view.zoomBy(Math.exp(-event.deltaY / 200), view.at(event), false);
    },
    { passive: false },
  );
}

/** Drag with one finger once the map is enlarged; pinch with two at any time. */
function offerDrag(view) {
  const down = new Map();
  let dragged = false;
  const spread = () => {
    const [one, two] = [...down.values()];
    return Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
  };
  const lift = (event) => down.delete(event.pointerId);
  view.svg.addEventListener("pointerdown", (event) => {
    if (!down.size) dragged = false;
    down.set(event.pointerId, event);
  });
  view.svg.addEventListener("pointermove", (event) => {
    const last = down.get(event.pointerId);
    if (!last) return;
    const before = down.size === 2 ? spread() : 0;
    const moved = Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY);
    if (!dragged && moved < 4) return;
    dragged = true;
    down.set(event.pointerId, event);
    if (before) view.zoomBy(spread() / before, view.at(event), false);
    else if (view.zoom > 1) {
      view.svg.setPointerCapture(event.pointerId);
      const { unit } = view;
      view.moveBy((last.clientX - event.clientX) * unit, (last.clientY - event.clientY) * unit, false);
    }
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) view.svg.addEventListener(end, lift);
  view.svg.addEventListener("dragstart", (event) => event.preventDefault());
  // The end of a drag over a mark is no click on it.
  view.svg.addEventListener("click", (event) => dragged && event.preventDefault(), true);
}

function followFocus(view) {
  view.svg.addEventListener("focusin", (event) => {
    const box = event.target.getBoundingClientRect();
    view.reveal(view.at({ clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }));
  });
}

function offerFilter(form, page) {
  const rows = [...page.querySelectorAll("tbody tr")];
  const marks = [...page.querySelectorAll(".mapview a.mark")];
  const pins = [...page.querySelectorAll(".mapview a.pin")];
  const names = [...page.querySelectorAll(".mapview [data-of]")];
  const table = page.querySelector("table");
  const status = form.querySelector("[data-map-status]");
  const outlets = form.elements.namedItem("outlets");

  function apply() {
    const stars = new Set(new FormData(form).getAll("star"));
    const district = form.elements.namedItem("district").value;
    const pinned = outlets?.checked ?? false;
    const inside = (each) => !district || each.dataset.in.split(" ").includes(district);
    const seen = (each) => inside(each) && stars.has(each.dataset.star);
    const sells = (row) => pinned && inside(row) && row.lastElementChild.textContent !== "";
    for (const row of rows) row.hidden = !(seen(row) || sells(row));
    const away = new Set();
    for (const mark of marks) {
      mark.classList.toggle("away", !seen(mark));
      if (!seen(mark)) away.add(mark.dataset.id);
    }
    for (const name of names) name.classList.toggle("away", away.has(name.dataset.of));
    for (const pin of pins) {
      const row = document.getElementById(pin.getAttribute("href").slice(1));
      pin.classList.toggle("away", !(pinned && inside(row)));
    }
    table.classList.toggle("no-outlets", !pinned);
    status.textContent = status.dataset.say.replace("{shown}", rows.filter((row) => !row.hidden).length);
  }

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A browser that comes back to the page may have kept what was chosen.
  apply();
}

function start(page) {
  const frame = page.querySelector("[data-map-view]");
  if (!frame) return;
  const svg = frame.querySelector("svg.map");
  const controls = frame.querySelector("[data-map-controls]");
  const view = new View(svg, (zoom) => markButtons(controls, svg, zoom));
  offerButtons(view, controls);
  offerKeys(view, frame);
  offerWheel(view);
  offerDrag(view);
  followFocus(view);
  markButtons(controls, svg, 1);
  offerFilter(page.querySelector("[data-map-filter]"), page);
}

const page = document.querySelector("[data-map]");
if (page) start(page);

// Nobody else knows these names.
export {};
