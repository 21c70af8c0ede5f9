// @ts-check
/// <reference lib="dom" />
/** @import { Document, Message, PhotoSize } from "grammy/types" */
import { control } from "./control.js";
import { element } from "./element.js";
import { icon } from "./icon.js";
import { duration, fileSize } from "./wording.js";

/**
 * A picture to look at: its file, and what to say of it.
 * @typedef {{ file_id: string, caption: string }} Picture
 */
/**
 * @typedef {{
 *   look: (pictures: readonly Picture[], at: number) => void,
 *   scan: (file_id: string) => void,
 * }} MediaActions
 */

/** The largest box of a single photo in a bubble, in CSS pixels. */
const BOX = { width: 280, height: 340, least: 120 };

/**
 * @param {Message} message
 * @returns {Picture | null} the message's picture at its largest
 */
export function pictureOf(message) {
  const file_id = message.photo?.at(-1)?.file_id ??
    (isPicture(message.document) ? message.document.file_id : undefined);
  return file_id === undefined ? null : { file_id, caption: message.caption ?? "" };
}

/**
 * Points the other phone's camera at a picture.
 * @param {Picture} picture
 * @param {MediaActions} actions
 * @returns {HTMLElement}
 */
export function scanButton({ file_id }, actions) {
  const label = "Сканировать на другом телефоне";
  return element("button", {
    type: "button",
    class: "scan",
    title: label,
    "aria-label": label,
    onclick: () => actions.scan(file_id),
  }, icon("scan"));
}

/**
 * @param {Document | undefined} document
 * @returns {document is Document}
 */
function isPicture(document) {
  return document?.mime_type?.startsWith("image/") ?? false;
}

/**
 * What a group of messages (one, or an album) shows above its words.
 * @param {readonly Message[]} messages
 * @param {MediaActions} actions
 * @returns {Node | null}
 */
export function media(messages, actions) {
  const pictures = messages.flatMap((message) => pictureOf(message) ?? []);
  const look = (/** @type {Message} */ message) => {
    const at = pictures.findIndex(({ file_id }) => file_id === pictureOf(message)?.file_id);
    actions.look(pictures, Math.max(at, 0));
  };
  const [first] = messages;
  if (!first) return null;
  if (messages.length > 1 && messages.every(({ photo }) => photo)) {
    const tiles = messages.map((message) => photo(message, look));
    for (const [at, tile] of tiles.entries()) {
      const picture = pictures[at];
      if (picture) tile.append(scanButton(picture, actions));
    }
    return element("div", { class: `album ${messages.length > 4 ? "many" : "few"}` }, ...tiles);
  }
  const parts = messages.map((message) =>
    message.photo ? photo(message, look) : attachment(message, look)
  ).filter((part) => part !== null);
  return parts.length > 0 ? element("div", { class: "attachments" }, ...parts) : null;
}

/**
 * @param {Message} message
 * @param {(message: Message) => void} look
 * @returns {HTMLElement}
 */
function photo(message, look) {
  const sizes = message.photo ?? [];
  const size = sizes.find(({ width }) => width >= BOX.width * 2) ?? sizes.at(-1);
  if (!size) return element("div", {});
  const image = element("img", {
    src: control.fileUrl(size.file_id),
    alt: message.caption ? `Фото: ${message.caption}` : "Фото",
    width: size.width,
    height: size.height,
    draggable: "false",
  });
  const open = element("button", {
    type: "button",
    class: "open",
    "aria-label": "Открыть фото",
    onclick: () => look(message),
  }, image);
  const frame = element("figure", { class: "photo" }, open);
  frame.style.setProperty("--width", `${shownWidth(size)}px`);
  frame.style.setProperty("--aspect", `${size.width} / ${size.height}`);
  return frame;
}

/** @param {PhotoSize} size @returns {number} CSS pixels */
function shownWidth({ width, height }) {
  const fit = Math.min(BOX.width / width, BOX.height / height);
  return Math.round(Math.min(Math.max(width * fit, BOX.least), BOX.width));
}

/**
 * @param {Message} message
 * @param {(message: Message) => void} look
 * @returns {HTMLElement | null}
 */
function attachment(message, look) {
  const { document, sticker, voice, video, location, contact } = message;
  if (document) return file(message, document, look);
  if (sticker) return stickerImage(sticker.file_id, sticker.emoji);
  if (voice) return card("voice", "Голосовое сообщение", duration(voice.duration));
  if (video) return card("video", "Видео", duration(video.duration));
  if (contact) return card("contact", contact.first_name, contact.phone_number);
  if (location) {
    const at = [location.latitude, location.longitude].map((angle) => angle.toFixed(4));
    return card("location", "Геопозиция", at.join(", "));
  }
  return null;
}

/**
 * @param {Message} message
 * @param {Document} document
 * @param {(message: Message) => void} look
 * @returns {HTMLElement}
 */
function file(message, document, look) {
  const name = document.file_name ?? "Файл";
  const src = control.fileUrl(document.file_id);
  const badge = isPicture(document)
    ? element("button", {
      type: "button",
      class: "thumbnail",
      "aria-label": `Открыть ${name}`,
      onclick: () => look(message),
    }, element("img", { src, alt: "" }))
    : element("span", { class: "badge" }, icon("file"));
  return element(
    "div",
    { class: "file" },
    badge,
    element(
      "a",
      { class: "about", href: src, download: name, title: `Скачать ${name}` },
      element("strong", {}, name),
      element("small", {}, fileSize(document.file_size)),
    ),
  );
}

/** @param {string} file_id @param {string | undefined} emoji @returns {HTMLElement} */
function stickerImage(file_id, emoji) {
  const image = element("img", {
    class: "sticker",
    src: control.fileUrl(file_id),
    alt: `Стикер ${emoji ?? ""}`,
    // An animated sticker is no image; its emoji says as much.
    onerror: () => {
      image.replaceWith(card("sticker", "Стикер", emoji ?? ""));
    },
  });
  return image;
}

/**
 * @param {import("./icon.js").IconName} drawing
 * @param {string} title
 * @param {string} detail
 * @returns {HTMLElement}
 */
function card(drawing, title, detail) {
  const about = [element("strong", {}, title), element("small", {}, detail)];
  return element(
    "div",
    { class: "file" },
    element("span", { class: "badge" }, icon(drawing)),
    element("span", { class: "about" }, ...about),
  );
}
