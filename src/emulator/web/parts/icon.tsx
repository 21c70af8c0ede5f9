/** Line drawings on a 24 × 24 field, in the colour of the text around them. */
const LINES = {
  attach: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.6a1.7 1.7 0" +
    " 0 1-2.4-2.4l7.8-7.8",
  audio: "M9 18V5l11-2v13M9 18a3 3 0 1 1-3-3 3 3 0 0 1 3 3M20 16a3 3 0 1 1-3-3 3 3 0 0 1 3 3",
  auto: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 3v18",
  back: "M15 5l-7 7 7 7",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.7 5.7l12.6 12.6",
  braces: "M8 4c-3 0-3 2-3 4s0 4-2.5 4C5 12 5 14 5 16s0 4 3 4M16 4c3 0 3 2 3 4s0 4 2.5 4C19 12 19" +
    " 14 19 16s0 4-3 4",
  broken: "M20 12.5V19H4V5h9M4 16l4.5-5 4 4.5 2-2M16 4l5 5M21 4l-5 5",
  channel: "M4 10v4h3l8 5V5L7 10zM18.5 9a4 4 0 0 1 0 6",
  check: "M5 12.5l4.5 4.5L19 7",
  close: "M6 6l12 12M18 6L6 18",
  contact: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 20c.6-4 3.6-6 8-6s7.4 2 8 6",
  copy: "M8 8h11v12H8zM5 16V4h11",
  dice: "M5 5h14v14H5zM9 9h.1M15 9h.1M12 12h.1M9 15h.1M15 15h.1",
  down: "M12 5v13M6 12.5l6 6 6-6",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  forward: "M14 6l6 5.5-6 5.5v-3.5c-5 0-8 1.5-10 4.5.5-5.5 4-9 10-9.5z",
  group: "M9 5a3.3 3.3 0 1 0 0 6.6A3.3 3.3 0 0 0 9 5M3 19c.4-3.6 2.6-5 6-5s5.6 1.4 6 5M16" +
    " 5.5a3 3 0 0 1 0 6M17.5 14.3c2 .6 3.2 2 3.5 4.7",
  keyboard: "M3 7h18v10H3zM7 10.5h.1M10.4 10.5h.1M13.7 10.5h.1M17 10.5h.1M8 14h8",
  link: "M8 16L16.5 7.5M9.5 7H17v7.5",
  location: "M12 21s7-6.3 7-11a7 7 0 0 0-14 0c0 4.7 7 11 7 11zM12 7.5a2.5 2.5 0 1 0 0 5" +
    " 2.5 2.5 0 0 0 0-5",
  menu: "M4 7h16M4 12h16M4 17h16",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  more:
    "M12 5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1M12 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1M12 18a.5.5 0 1 0" +
    " 0 1 .5.5 0 0 0 0-1",
  pause: "M8 5v14M16 5v14",
  photo: "M4 5h16v14H4zM4 16l4.5-5 4 4.5 3-3L20 17M15.5 9h.1",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  play: "M8 5l11 7-11 7z",
  plus: "M12 5v14M5 12h14",
  reply: "M10 7L4.5 12l5.5 5M5 12h8c4 0 6.5 2 6.5 6",
  save: "M12 4v11M7 10.5l5 5 5-5M5 19.5h14",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  send: "M12 19V6M6 11.5L12 5.5l6 6",
  smile: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M9 10h.1M15 10h.1M8.5 14c1.9 2.3" +
    " 5.1 2.3 7 0",
  sticker: "M5 5h14v9l-5 5H5zM14 19v-5h5M9 10h.1M14 10h.1M9 13c1.5 1.3 3.5 1.3 5 0",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4" +
    " 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13",
  video: "M3 7h12v10H3zM15 11l6-3v8l-6-3",
  voice: "M12 3.5a2.7 2.7 0 0 0-2.7 2.7v5.6a2.7 2.7 0 0 0 5.4 0V6.2A2.7 2.7 0 0" +
    " 0 12 3.5M6 11.5a6 6 0 0 0 12 0M12 17.5V21",
} as const;

export type IconName = keyof typeof LINES;

/** A drawing beside a label; hidden from screen readers, which read the label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={LINES[name]} />
    </svg>
  );
}
