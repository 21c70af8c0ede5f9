// @ts-check
/// <reference lib="dom" />
/** @import { Message } from "grammy/types" */
import { element } from "./element.js";
import { icon } from "./icon.js";
import { inlineKeyboard } from "./keyboards.js";
import { media, pictureOf, scanButton } from "./media.js";
import { richText } from "./rich_text.js";
import { clock, summary } from "./wording.js";

/**
 * Everything that touching a bubble can do.
 * @typedef {import("./rich_text.js").TextActions
 *   & import("./keyboards.js").ButtonActions
 *   & import("./media.js").MediaActions
 *   & { isOwn: (message: Message) => boolean,
 *       reply: (message: Message) => void,
 *       show: (message_id: number) => void }} BubbleActions
 */

/**
 * One line of a conversation: a message, or an album as one bubble with one caption.
 * @param {readonly Message[]} messages at least one
 * @param {BubbleActions} actions
 * @returns {HTMLLIElement}
 */
export function bubble(messages, actions) {
  const [first] = messages;
  if (!first) return element("li");
  const own = actions.isOwn(first);
  const shown = media(messages, actions);
  const words = caption(messages, actions);
  const bare = shown !== null && words === null;
  const kinds = [
    shown && first.photo ? "pictured" : "",
    bare && first.photo ? "bare" : "",
    first.sticker ? "stuck" : "",
  ];
  const body = element(
    "div",
    { class: ["bubble", ...kinds].filter((kind) => kind).join(" ") },
    quote(first, actions),
    shown,
    words,
    !shown && !words && element("p", { class: "words" }, summary(first)),
    stamp(messages),
  );
  const keyboard = inlineKeyboard(messages.at(-1) ?? first, actions);
  const column = element("div", { class: "column" }, body, keyboard);
  return element("li", { class: own ? "own" : "their" }, column, beside(messages, first, actions));
}

/**
 * What can be done with a message, at its side.
 * @param {readonly Message[]} messages
 * @param {Message} first
 * @param {BubbleActions} actions
 * @returns {HTMLElement}
 */
function beside(messages, first, actions) {
  // The photos of an album are scanned one by one, each by its own button.
  const picture = messages.length === 1 ? pictureOf(first) : null;
  const answer = element("button", {
    type: "button",
    class: "answer",
    title: "Ответить",
    "aria-label": `Ответить на «${summary(first).slice(0, 60)}»`,
    onclick: () => actions.reply(first),
  }, icon("reply"));
  return element("div", { class: "beside" }, picture && scanButton(picture, actions), answer);
}

/**
 * @param {readonly Message[]} messages
 * @param {BubbleActions} actions
 * @returns {HTMLElement | null}
 */
function caption(messages, actions) {
  // An album whose several photos have captions shows none under the grid, as phones do.
  const worded = messages.filter((message) => message.text ?? message.caption);
  const [message] = worded;
  if (!message || worded.length > 1) return null;
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  return element("p", { class: "words" }, richText(text, entities, actions));
}

/** @param {readonly Message[]} messages @returns {HTMLElement} */
function stamp(messages) {
  const last = messages.at(-1);
  const date = last?.date ?? 0;
  const edited = messages.some((message) => message.edit_date);
  return element(
    "span",
    { class: "stamp" },
    edited && element("span", { class: "edited" }, "изменено "),
    element("time", { datetime: new Date(date * 1000).toISOString() }, clock(date)),
  );
}

/**
 * @param {Message} message
 * @param {BubbleActions} actions
 * @returns {HTMLElement | null}
 */
function quote(message, actions) {
  const origin = message.reply_to_message;
  if (!origin) return null;
  return element(
    "button",
    {
      type: "button",
      class: "quote",
      "aria-label": `Показать сообщение «${summary(origin).slice(0, 60)}»`,
      onclick: () => actions.show(origin.message_id),
    },
    element("strong", {}, origin.from?.first_name),
    element("span", {}, summary(origin)),
  );
}
