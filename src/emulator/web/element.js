// @ts-check
/// <reference lib="dom" />

/**
 * An attribute: `null`, `undefined` and `false` leave it out, `true` sets it empty, a function
 * listens (`onclick`, `onkeydown` …).
 * @typedef {string | number | boolean | null | undefined | ((event: Event) => unknown)} Attribute
 */

/**
 * Makes one element with its attributes and children. Text stays text: nothing is parsed as HTML.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child) made.append(child);
  }
  return made;
}
