// @ts-check
/// <reference lib="dom" />
import { element } from "./element.js";
import { icon } from "./icon.js";

/**
 * @typedef {{ label: string, detail?: string, drawing?: import("./icon.js").IconName,
 *   checked?: boolean, act: () => unknown }} MenuItem
 */

/**
 * Opens a small menu at a button: arrows move, Enter picks, Escape or a touch elsewhere closes.
 * @param {HTMLElement} host the phone, which the menu stays inside of
 * @param {HTMLElement} anchor the button
 * @param {readonly MenuItem[]} items
 */
export function openMenu(host, anchor, items) {
  const ended = new AbortController();
  const close = () => {
    ended.abort();
    made.remove();
    anchor.setAttribute("aria-expanded", "false");
    anchor.focus();
  };
  const buttons = items.map((item) => row(item, close));
  const made = element("div", { class: "menu", role: "menu" }, ...buttons);
  made.addEventListener("keydown", (event) => {
    const at = buttons.findIndex((button) => button === document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -at, End: -at - 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      buttons.at((at + step) % buttons.length)?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.stopPropagation();
      close();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !made.contains(event.target)) close();
  }, { signal: ended.signal });
  put(made, host, anchor);
  anchor.setAttribute("aria-expanded", "true");
  buttons[0]?.focus();
}

/** @param {MenuItem} item @param {() => void} close @returns {HTMLButtonElement} */
function row({ label, detail, drawing, checked, act }, close) {
  return element(
    "button",
    {
      type: "button",
      role: checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": checked === undefined ? null : String(checked),
      onclick: () => {
        close();
        act();
      },
    },
    drawing && icon(drawing),
    element("span", {}, label, detail && element("small", {}, detail)),
  );
}

/** @param {HTMLElement} menu @param {HTMLElement} host @param {HTMLElement} anchor */
function put(menu, host, anchor) {
  const frame = host.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  menu.style.left = `${Math.max(at.left - frame.left, 8)}px`;
  const below = at.top - frame.top < frame.height / 2;
  if (below) menu.style.top = `${at.bottom - frame.top + 6}px`;
  else menu.style.bottom = `${frame.bottom - at.top + 6}px`;
  host.append(menu);
}
