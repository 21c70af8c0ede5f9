/** Buttons under messages. */
import type { InlineKeyboardButton } from "grammy/types";
import type { Buttons } from "../../machines/flow/button.ts";
import type { Action } from "../../machines/flow/input.ts";
import type { Keyboard } from "./bot_call.ts";
import type { LanguageContext } from "./render_context.ts";

/** A button by the catalogue's label for it. Throws `UnknownWords` where there is none. */
export function button(
  { catalogue, encode }: Pick<LanguageContext, "catalogue" | "encode">,
  label: string,
  action: Action,
): InlineKeyboardButton {
  return { text: catalogue.label(label), callback_data: encode(action) };
}

/** Rows of buttons as a chart names them. */
export function buttonRows(context: LanguageContext, rows: Buttons): Keyboard {
  return rows.map((row) => row.map(({ label, action }) => button(context, label, action)));
}

/** The keyboard as a call carries it; no buttons, no field. */
export function markupOf(
  keyboard: Keyboard,
): { reply_markup?: { inline_keyboard: InlineKeyboardButton[][] } } {
  if (keyboard.length === 0) return {};
  return { reply_markup: { inline_keyboard: keyboard.map((row) => [...row]) } };
}
