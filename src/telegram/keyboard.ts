/** Buttons under messages. */
import type { InlineKeyboardButton } from "grammy/types";
import type { Action } from "../../machines/flow/input.ts";
import type { Catalogue } from "../locales/ru.ts";
import { encodeAction } from "./codec.ts";
import { type Keyboard, Unrenderable } from "./sending.ts";

/** A button by the catalogue's label for it. Throws `Unrenderable` for an unknown one. */
export function button(
  { labels }: Catalogue,
  label: string,
  action: Action,
): InlineKeyboardButton {
  if (!Object.hasOwn(labels, label)) {
    throw new Unrenderable(`Cannot label a button ${label}: the catalogue has no such label`);
  }
  return { text: labels[label as keyof typeof labels], callback_data: encodeAction(action) };
}

/** Rows of buttons as a chart names them. */
export function buttonRows(
  catalogue: Catalogue,
  rows: readonly (readonly { label: string; action: Action }[])[],
): Keyboard {
  return rows.map((row) => row.map(({ label, action }) => button(catalogue, label, action)));
}

/** The keyboard as a call carries it; no buttons, no field. */
export function markupOf(
  keyboard: Keyboard,
): { reply_markup?: { inline_keyboard: InlineKeyboardButton[][] } } {
  if (keyboard.length === 0) return {};
  return { reply_markup: { inline_keyboard: keyboard.map((row) => [...row]) } };
}
