/** A card as its maker sees it: with the code, and for as long as they are a maker. */
import { groupCode } from "../../../events/code.ts";
import { drawQr } from "../../cards/qr.ts";
import {
  type BotCall,
  type Keyboard,
  type Picture,
  Unrenderable,
} from "../../telegram/bot_call.ts";
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

/** A card's photos for its maker, who is told which of them Telegram refuses. */
export function ownPhotosOf({ locale }: Pick<RenderContext, "locale">, card: Card): Picture[] {
  const { captions } = words[locale];
  const { number } = card;
  return photosOf(card).map((picture, i) => {
    const refused = { number, which: i === 0 ? "original" : "packaged" } as const;
    return {
      ...picture,
      refusal: {
        as_file: captions.photo_as_file(refused),
        left_out: captions.photo_left_out(refused),
        forbidden: captions.pictures_forbidden({ number }),
      },
    };
  });
}

/** Its photos under these words, then its QR with the buttons. */
export function showWithQr(
  context: RenderContext,
  card: Card,
  html: string,
  keyboard: Keyboard,
): BotCall[] {
  const { chat } = context.viewer;
  const { captions } = words[context.locale];
  const link = linkOf(context, card);
  const name = words[context.locale].files.qr(card.number);
  const qr = {
    ...{ called: "QR code", name, told: { qr: link }, make: () => drawQr(link) },
    refusal: {
      as_file: captions.qr_as_file(card),
      left_out: captions.qr_left_out(card),
      forbidden: captions.pictures_forbidden(card),
    },
  };
  const caption = captions.qr({ code: groupCode(card.code) });
  return [
    { does: "show", chat, pictures: ownPhotosOf(context, card), html, keyboard: [] },
    { does: "show", chat, pictures: [qr], html: caption, keyboard },
  ];
}
