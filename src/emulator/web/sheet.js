// @ts-check
/// <reference lib="dom" />
import { element } from "./element.js";

/**
 * @template V
 * @typedef {{ label: string, value: V, primary?: boolean }} Choice
 */

/**
 * Asks something over one phone, leaving the other usable. The focus returns where it was.
 * @template V
 * @param {HTMLElement} host the phone
 * @param {{ title?: string, body?: (Node | string)[], choices: readonly Choice<V>[],
 *   urgent?: boolean }} question an urgent one is read out at once and has no way around it
 * @returns {Promise<V | null>} null when dismissed
 */
export function ask(host, { title, body = [], choices, urgent = false }) {
  const { promise, resolve } = Promise.withResolvers();
  const focused = document.activeElement;
  const others = Array.from(host.children).filter((child) =>
    child instanceof HTMLElement && !child.inert
  );
  const close = (/** @type {V | null} */ value) => {
    backdrop.remove();
    for (const other of others) if (other instanceof HTMLElement) other.inert = false;
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
    resolve(value);
  };
  const primary = choices.find((choice) => choice.primary) ?? choices[0];
  const form = element(
    "form",
    {
      class: "sheet",
      role: urgent ? "alertdialog" : "dialog",
      "aria-modal": "true",
      "aria-label": title ?? "Сообщение от бота",
      tabindex: -1,
      onsubmit: (event) => {
        event.preventDefault();
        if (primary) close(primary.value);
      },
    },
    title && element("h2", {}, title),
    ...body,
    element(
      "div",
      { class: "choices" },
      ...choices.map((choice) => answer(choice, primary, close)),
    ),
  );
  const backdrop = element("div", { class: "backdrop" }, form);
  backdrop.addEventListener("pointerdown", (event) => {
    if (event.target === backdrop) close(null);
  });
  backdrop.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close(null);
  });
  for (const other of others) if (other instanceof HTMLElement) other.inert = true;
  host.append(backdrop);
  const start = form.querySelector("input, button[type=submit]");
  (start instanceof HTMLElement ? start : form).focus();
  return promise;
}

/**
 * @template V
 * @param {Choice<V>} choice
 * @param {Choice<V> | undefined} primary
 * @param {(value: V) => void} close
 * @returns {HTMLElement}
 */
function answer(choice, primary, close) {
  const { label, value } = choice;
  if (choice === primary) return element("button", { type: "submit", class: "primary" }, label);
  return element("button", { type: "button", onclick: () => close(value) }, label);
}
