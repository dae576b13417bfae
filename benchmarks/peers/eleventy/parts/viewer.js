// The view in which the pictures of a page open; the script of the page fills it.

import { escape as e } from "../lib/text.js";

const icon = (path) =>
  `<svg class="ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`;
const button = (t, name, path) =>
  `<button class="viewer-${name}" type="button" aria-label="${e(t(`viewer.${name}`))}">${icon(path)}</button>`;

export const viewer = (t) => `<dialog class="viewer" aria-label="${e(t("viewer.label"))}" data-gallery>
  <p class="viewer-count" aria-live="polite" data-gallery-count></p>
  ${button(t, "close", "M5 5l14 14M19 5L5 19")}
  <div class="viewer-track" role="group" aria-label="${e(t("viewer.track"))}" tabindex="0" data-gallery-track></div>
  ${button(t, "back", "M15 4l-8 8 8 8")}
  <div class="viewer-caption" data-gallery-caption></div>
  ${button(t, "next", "M9 4l8 8-8 8")}
</dialog>
`;
