// Drawings that every page holds; stars.js is written by benchmarks/export.py, from the theme.

export const SEAL = `<svg viewBox="0 0 36 36" aria-hidden="true" focusable="false"><path class="seal" d="M1.5 1 35 1.8 34.4 35 .8 34.2Z"/><path class="seal-cut" d="M18.0 5.6L21.7 13.7L30.6 14.7L24.0 20.7L25.8 29.5L18.0 25.1L10.2 29.5L12.0 20.7L5.4 14.7L14.3 13.7Z"/><path class="seal" d="M0.0 0.0Q1.2 -3.8 0.0 -7.6Q-1.2 -3.8 0.0 0.0ZM0.0 0.0Q4.0 0.0 7.2 -2.3Q3.2 -2.4 0.0 0.0ZM0.0 0.0Q1.2 3.8 4.5 6.1Q3.2 2.3 0.0 0.0ZM0.0 0.0Q-3.2 2.3 -4.5 6.1Q-1.2 3.8 0.0 0.0ZM0.0 0.0Q-3.2 -2.4 -7.2 -2.3Q-4.0 0.0 0.0 0.0Z" transform="translate(18 18.8) scale(1.3)"/></svg>`;

export const TICK = `<svg class="ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path class="add" d="M12 5v14M5 12h14"/><path class="done" d="m5 12.5 4.5 4.5L19 7.5"/></svg>`;

export { STAR_DEFS } from "./stars.js";

export const CHAIN = `<svg class="ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71"/><path d="M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"/></svg>`;

export const GLASS = `<svg class="ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/></svg>`;

export const MOON = `<svg class="ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M12 2v2"/><path d="M14.837 16.385a6 6 0 1 1-7.223-7.222c.624-.147.97.66.715 1.248a4 4 0 0 0 5.26 5.259c.589-.255 1.396.09 1.248.715"/><path d="M16 12a4 4 0 0 0-4-4"/><path d="m19 5-1.256 1.256"/><path d="M20 12h2"/></svg>`;
