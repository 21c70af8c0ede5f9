/** Buttons that show a card to others: by its number, never by its code. */
import type { Keyboard } from "../../telegram/bot_call.ts";
import type { LanguageContext, RenderContext } from "../../telegram/render_context.ts";
import { shareKey } from "../../cards/share_key.ts";
import { type Card, isPublished } from "../issue_card/cards.ts";
import { words } from "./words.ts";

/** Inline, where the bot may, and by a link. */
export function shareRows(context: RenderContext, card: Card): Keyboard {
  const { label } = context.catalogue;
  const link = { text: label("share_link"), url: shareUrl(context, card) };
  const inline = { text: label("share"), switch_inline_query: String(card.number) };
  return context.inline ? [[inline], [link]] : [[link]];
}

/** Where a card is opened by its number; with the key of its maker's own link, for the first time. */
export const openUrl = (
  { username }: Pick<LanguageContext, "username">,
  { number, key }: { number: number; key: string | null },
): string => `https://t.me/${username}?start=c_${number}${key === null ? "" : `_${key}`}`;

/** Where a person picks a chat to share a card in. */
function shareUrl(context: RenderContext, card: Card): string {
  const { number, name, code, maker } = card;
  const isGivenOut = !isPublished(card) && maker === context.viewer.person;
  const key = isGivenOut ? shareKey(code) : null;
  const url = encodeURIComponent(openUrl(context, { number, key }));
  const text = encodeURIComponent(words[context.locale].captions.share({ number, name }));
  return `https://t.me/share/url?url=${url}&text=${text}`;
}
