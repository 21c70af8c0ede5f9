// @ts-check
/// <reference lib="dom" />
import { element } from "./element.js";

/** How long a notice stays, in milliseconds; longer ones stay longer. */
const STAY = { least: 2500, per_letter: 45 };

/**
 * Shows a short line over a phone that goes away by itself.
 * @param {HTMLElement} host
 * @param {string} text
 */
export function notice(host, text) {
  for (const earlier of host.querySelectorAll(".notice")) earlier.remove();
  const made = element("p", { class: "notice", role: "status" }, text);
  made.addEventListener("click", () => made.remove());
  host.append(made);
  setTimeout(() => made.remove(), STAY.least + STAY.per_letter * text.length);
}
