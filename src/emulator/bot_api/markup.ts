/** Keyboards that a bot sends: read, refused in the real server's words, or kept. */
import type {
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  KeyboardButton,
  ReplyKeyboardMarkup,
} from "grammy/types";
import { isRecord } from "../model/json_value.ts";
import { badRequest } from "../model/refusal.ts";
import { knownPart } from "../schema/known_part.ts";
import { normalizeLink } from "../text/link_entity.ts";

/** The keyboards that come with a message. */
export interface Markup {
  inline?: InlineKeyboardMarkup;
  /** null takes the reply keyboard away. */
  reply?: ReplyKeyboardMarkup | null;
}

const buttons_max = 100;

/** Throws a `Refusal` when Telegram would refuse it. */
export function readMarkup(value: unknown): Markup {
  if (value === undefined || value === "") return {};
  if (typeof value === "string") throw badRequest("can't parse reply keyboard markup JSON object");
  if (!isRecord(value)) throw badRequest("object expected as reply markup");
  if (value.inline_keyboard !== undefined) return inlineMarkup(value.inline_keyboard);
  if (value.keyboard !== undefined) return replyMarkup(value);
  return value.remove_keyboard === true ? { reply: null } : {};
}

function inlineMarkup(rows: unknown): Markup {
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw badRequest(
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    );
  }
  const inline_keyboard = rows.map((row: unknown[]) => row.map(inlineButton))
    .filter((row) => row.length > 0);
  if (inline_keyboard.flat().length > buttons_max) throw badRequest("reply markup is too long");
  return inline_keyboard.length === 0 ? {} : { inline: { inline_keyboard } };
}

const actions = [
  "url",
  "callback_data",
  "web_app",
  "login_url",
  "switch_inline_query",
  "switch_inline_query_current_chat",
  "switch_inline_query_chosen_chat",
  "copy_text",
  "callback_game",
  "pay",
];

function inlineButton(button: unknown): InlineKeyboardButton {
  checkButton(button);
  const { url } = button;
  const given = url === undefined ? button : { ...button, url: addressOf(url) };
  const known = knownPart("InlineKeyboardButton", given, "inline keyboard button");
  if (isButton(known)) return known;
  throw badRequest("Text buttons are unallowed in the inline keyboard");
}

/** It has a text, as the table has been asked, and does something. */
function isButton(button: Record<string, unknown>): button is InlineKeyboardButton & typeof button {
  return actions.some((action) => button[action] !== undefined);
}

function checkButton(button: unknown): asserts button is Record<string, unknown> {
  if (!isRecord(button)) {
    throw badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object");
  }
  if (typeof button.text !== "string") {
    throw badRequest('can\'t parse inline keyboard button: field "text" must be of type String');
  }
  if (button.text === "") throw badRequest("inline keyboard button text must be non-empty");
  const data = button.callback_data;
  if (data !== undefined) {
    const size = typeof data === "string" ? new TextEncoder().encode(data).length : 0;
    if (size < 1 || size > 64) throw badRequest("BUTTON_DATA_INVALID");
  }
}

function addressOf(url: unknown): string {
  const address = typeof url === "string" ? normalizeLink(url) : undefined;
  if (address !== undefined) return address;
  throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
}

function replyMarkup(value: Record<string, unknown>): Markup {
  const rows = value.keyboard;
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw badRequest('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays');
  }
  const keyboard: KeyboardButton[][] = rows.map((row: unknown[]) => row.map(replyButton));
  const { keyboard: _, ...rest } = value;
  return { reply: { ...rest, keyboard } };
}

function replyButton(button: unknown): KeyboardButton {
  if (typeof button === "string") return { text: button };
  if (!isRecord(button) || typeof button.text !== "string") {
    throw badRequest('can\'t parse keyboard button: field "text" must be of type String');
  }
  return { ...button, text: button.text };
}
