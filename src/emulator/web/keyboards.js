// @ts-check
/// <reference lib="dom" />
/** @import { InlineKeyboardButton, Message, ReplyKeyboardMarkup } from "grammy/types" */
import { element } from "./element.js";
import { icon } from "./icon.js";

/**
 * @typedef {{
 *   tap: (message_id: number, data: string) => void,
 *   isBusy: (message_id: number, data: string) => boolean,
 *   follow: (url: string) => void,
 *   note: (text: string) => void,
 * }} ButtonActions
 */

/**
 * The buttons under a message.
 * @param {Message} message
 * @param {ButtonActions} actions
 * @returns {HTMLElement | null} null when it has none
 */
export function inlineKeyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  const made = rows.map((row) =>
    element("div", { class: "row" }, ...row.map((button) => key(message, button, actions)))
  );
  return element(
    "div",
    { class: "inline-keyboard", role: "group", "aria-label": "Кнопки" },
    ...made,
  );
}

/**
 * @param {Message} message
 * @param {InlineKeyboardButton} button
 * @param {ButtonActions} actions
 * @returns {HTMLElement}
 */
function key({ message_id }, button, actions) {
  const label = element("span", {}, button.text);
  if ("callback_data" in button) {
    const data = button.callback_data;
    return element("button", {
      type: "button",
      "data-callback": data,
      "aria-busy": actions.isBusy(message_id, data) ? "true" : null,
      onclick: () => actions.tap(message_id, data),
    }, label);
  }
  if ("url" in button) {
    const { url } = button;
    return element(
      "button",
      {
        type: "button",
        title: url,
        onclick: () => actions.follow(url),
      },
      label,
      icon("link"),
    );
  }
  if ("copy_text" in button) {
    const { text } = button.copy_text;
    return element("button", { type: "button", onclick: () => copy(text, actions) }, label);
  }
  const refuse = () => actions.note("Такие кнопки здесь не работают");
  return element("button", { type: "button", onclick: refuse }, label);
}

/**
 * @param {string} text
 * @param {ButtonActions} actions
 */
async function copy(text, actions) {
  try {
    await navigator.clipboard.writeText(text);
    actions.note("Скопировано");
  } catch {
    actions.note("Браузер не дал скопировать");
  }
}

/**
 * The keyboard that stands in for the phone's own.
 * @param {ReplyKeyboardMarkup} markup
 * @param {(text: string, request: "contact" | "location" | null) => void} press
 * @returns {HTMLElement}
 */
export function replyKeyboard(markup, press) {
  const rows = markup.keyboard.map((row) =>
    element(
      "div",
      { class: "row" },
      ...row.map((button) => {
        const text = typeof button === "string" ? button : button.text;
        const request = typeof button === "string"
          ? null
          : "request_contact" in button
          ? "contact"
          : "request_location" in button
          ? "location"
          : null;
        return element("button", { type: "button", onclick: () => press(text, request) }, text);
      }),
    )
  );
  return element("div", {
    class: "reply-keyboard",
    role: "group",
    "aria-label": "Клавиатура бота",
  }, ...rows);
}
