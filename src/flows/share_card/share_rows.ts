/** Buttons that show a card to others: by its number, never by its code. */
import type { Keyboard } from "../../telegram/bot_call.ts";
import type { LanguageContext } from "../../telegram/render_context.ts";
import type { Card } from "../issue_card/cards.ts";
import { words } from "./words.ts";

/** Inline, where the bot may, and by a link. */
export function shareRows(context: LanguageContext, card: Card): Keyboard {
  const { label } = context.catalogue;
  const link = { text: label("share_link"), url: shareUrl(context, card) };
  const inline = { text: label("share"), switch_inline_query: String(card.number) };
  return context.inline ? [[inline], [link]] : [[link]];
}

/** Where anybody opens a card by its number. */
export const openUrl = ({ username }: Pick<LanguageContext, "username">, number: number): string =>
  `https://t.me/${username}?start=c_${number}`;

/** Where a person picks a chat to share a card in. */
function shareUrl(context: LanguageContext, { number, name }: Card): string {
  const url = encodeURIComponent(openUrl(context, number));
  const text = encodeURIComponent(words[context.locale].captions.share({ number, name }));
  return `https://t.me/share/url?url=${url}&text=${text}`;
}
