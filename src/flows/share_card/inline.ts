/** Cards for any chat, as they are offered to a person who types the bot's name. */
import { escapeHtml } from "../../base/escape_html.ts";
import type { FindOffers, Offer } from "../../telegram/inline.ts";
import type { LanguageContext } from "../../telegram/render_context.ts";
import type { OfferKit } from "../flow_parts.ts";
import { editionOf, makerName, withoutDirectionMarks } from "../issue_card/card_caption.ts";
import { type FoundCard, openCardFinder } from "./read_model.ts";
import { openUrl } from "./share_rows.ts";
import { words } from "./words.ts";

/** What a person finds by words or by a number, with the photo where this bot has sent it before. */
export function offers({ read, bot }: OfferKit): FindOffers {
  const { find } = read(openCardFinder);
  return async (context, search) => {
    const cards = await find({ ...search, bot });
    return await Promise.all(cards.map((card) => offerOf(context, card)));
  };
}

/** A card with the button that opens it; never with its code. */
async function offerOf(context: LanguageContext, card: FoundCard): Promise<Offer> {
  const { captions } = words[context.locale];
  const { number, active, file_id } = card;
  const edition = editionOf(card);
  const maker = await makerName(context, card.maker);
  return {
    id: `card:${number}`,
    title: withoutDirectionMarks(card.name),
    description: captions.offer({ number, edition, maker }),
    html: captions.offered({
      ...{ number, name: escapeHtml(card.name), edition, active },
      maker: maker === null ? null : escapeHtml(maker),
    }),
    keyboard: [[{ text: context.catalogue.label("open"), url: openUrl(context, card) }]],
    file_id,
  };
}
