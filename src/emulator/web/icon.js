// @ts-check
/// <reference lib="dom" />

const SVG = "http://www.w3.org/2000/svg";

/** Lines on a 24 × 24 field, drawn in the colour of the text around them. */
const LINES = {
  attach: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.6a1.7 1.7 0" +
    " 0 1-2.4-2.4l7.8-7.8",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.7 5.7l12.6 12.6",
  chevron: "M7 10l5 5 5-5",
  close: "M6 6l12 12M18 6L6 18",
  contact: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 20c.6-4 3.6-6 8-6s7.4 2 8 6",
  down: "M12 5v13M6 12.5l6 6 6-6",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  keyboard: "M3 7h18v10H3zM7 10.5h.1M10.4 10.5h.1M13.7 10.5h.1M17 10.5h.1M8 14h8",
  link: "M8 16L16.5 7.5M9.5 7H17v7.5",
  location: "M12 21s7-6.3 7-11a7 7 0 0 0-14 0c0 4.7 7 11 7 11zM12 7.5a2.5 2.5 0 1 0 0 5" +
    " 2.5 2.5 0 0 0 0-5",
  menu: "M4 7h16M4 12h16M4 17h16",
  photo: "M4 5h16v14H4zM4 16l4.5-5 4 4.5 3-3L20 17M15.5 9h.1",
  plus: "M12 5v14M5 12h14",
  reply: "M10 7L4.5 12l5.5 5M5 12h8c4 0 6.5 2 6.5 6",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  send: "M12 19V6M6 11.5L12 5.5l6 6",
  share: "M14 6l6 5.5-6 5.5v-3.5c-5 0-8 1.5-10 4.5.5-5.5 4-9 10-9.5z",
  sticker: "M5 5h14v9l-5 5H5zM14 19v-5h5M9 10h.1M14 10h.1M9 13c1.5 1.3 3.5 1.3 5 0",
  swap: "M4 9h15M15 5l4 4-4 4M20 15H5M9 11l-4 4 4 4",
  video: "M3 7h12v10H3zM15 11l6-3v8l-6-3",
  voice: "M12 3.5a2.7 2.7 0 0 0-2.7 2.7v5.6a2.7 2.7 0 0 0 5.4 0V6.2A2.7 2.7 0 0" +
    " 0 12 3.5M6 11.5a6 6 0 0 0 12 0M12 17.5V21",
};

/** @typedef {keyof typeof LINES} IconName */

/**
 * A line drawing beside a label; hidden from screen readers, which read the label.
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", LINES[name]);
  svg.append(path);
  return svg;
}
