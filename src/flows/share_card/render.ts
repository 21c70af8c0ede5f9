import { readDialogueStream } from "../../../events/stream.ts";
import { showShared } from "../../../machines/flows/share_card.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { RenderKit } from "../flow_parts.ts";
import { captionFieldsOf, captionOf, makerOf, photosOf } from "../issue_card/card_caption.ts";
import { type Card, type Cards, isPublished } from "../issue_card/cards.ts";
import { openCards } from "../issue_card/read_model.ts";
import { words } from "./words.ts";

/**
 * Whether the person may look at a card: one that is not published is known to its maker and to those
 * who have checked it, where nobody looks over their shoulder.
 */
async function isShownTo(
  { viewer: { person }, stream }: RenderContext,
  cards: Cards,
  card: Card,
): Promise<boolean> {
  if (isPublished(card)) return true;
  if (readDialogueStream(stream)?.group !== null) return false;
  return card.maker === person || await cards.isCheckedBy(card.card, person);
}

/** A look at the card with this public number, which counts as no check. Never with the code. */
export function renderers({ read }: RenderKit): readonly Renderer[] {
  const cards = read(openCards);
  return [
    rendering(showShared)(async (context, { number }) => {
      const { captions } = words[context.locale];
      const { chat } = context.viewer;
      const card = await cards.byNumber(number);
      if (!card || !await isShownTo(context, cards, card)) {
        const html = captions.shared_missing({ number });
        return [{ does: "say", chat, html, keyboard: [], slot: null }];
      }
      const maker = await makerOf(context, card);
      const face = { ...captionFieldsOf(context, card), maker, active: card.active };
      const html = captionOf(captions.shared, face, card.description);
      return [{ does: "show", chat, pictures: photosOf(card), html, keyboard: [] }];
    }),
  ];
}
