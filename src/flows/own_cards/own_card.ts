/** A card as its maker sees it: with the code, and for as long as they are a maker. */
import { groupCode } from "../../../events/code.ts";
import { drawQr } from "../../cards/qr.ts";
import { type BotCall, type Keyboard, Unrenderable } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import { linkOf, photosOf } from "../issue_card/card_caption.ts";
import type { Card, Cards } from "../issue_card/cards.ts";
import { words } from "./words.ts";

/** Null for anybody but its maker. Throws `Unrenderable` where there is no such card. */
export async function loadOwnCard(
  context: RenderContext,
  cards: Cards,
  id: string,
): Promise<Card | null> {
  const card = await cards.byId(id);
  if (!card) throw new Unrenderable(`Cannot show card ${id}: there is none`);
  if (card.maker !== context.viewer.person) return null;
  return (await context.rights()).admin ? card : null;
}

/** Its photos under these words, then its QR with the buttons. */
export function showWithQr(
  context: RenderContext,
  card: Card,
  html: string,
  keyboard: Keyboard,
): BotCall[] {
  const { chat } = context.viewer;
  const link = linkOf(context, card);
  const name = words[context.locale].files.qr(card.number);
  const qr = { called: "QR code", name, told: { qr: link }, make: () => drawQr(link) };
  const caption = words[context.locale].captions.qr({ code: groupCode(card.code) });
  return [
    { does: "show", chat, pictures: photosOf(card), html, keyboard: [] },
    { does: "show", chat, pictures: [qr], html: caption, keyboard },
  ];
}
