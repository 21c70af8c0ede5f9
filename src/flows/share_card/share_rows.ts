/** Buttons that show a card to others: by its number, never by its code. */
import type { Keyboard } from "../../telegram/sending.ts";
import type { Voice } from "../../telegram/stage.ts";
import type { Card } from "../issue_card/cards.ts";
import { words } from "./words.ts";

/** Inline, where the bot may, and by a link. */
export function shareRows(voice: Voice, card: Card): Keyboard {
  const { label } = voice.catalogue;
  const link = { text: label("share_link"), url: shareUrl(voice, card) };
  const inline = { text: label("share"), switch_inline_query: String(card.number) };
  return voice.inline ? [[inline], [link]] : [[link]];
}

/** Where anybody opens a card by its number. */
export const openUrl = ({ username }: Pick<Voice, "username">, number: number): string =>
  `https://t.me/${username}?start=c_${number}`;

/** Where a person picks a chat to share a card in. */
function shareUrl(voice: Voice, { number, name }: Card): string {
  const url = encodeURIComponent(openUrl(voice, number));
  const text = encodeURIComponent(words[voice.locale].captions.share({ number, name }));
  return `https://t.me/share/url?url=${url}&text=${text}`;
}
