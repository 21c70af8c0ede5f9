import { showShared } from "../../../machines/flows/share_card.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { RenderKit } from "../flow_parts.ts";
import { captionFieldsOf, captionOf, makerOf, photosOf } from "../issue_card/card_caption.ts";
import { openCards } from "../issue_card/read_model.ts";
import { words } from "./words.ts";

/** A look at the card with this public number, which counts as no check. Never with the code. */
export function renderers({ read }: RenderKit): readonly Renderer[] {
  const cards = read(openCards);
  return [
    rendering(showShared)(async (context, { number }) => {
      const { captions } = words[context.locale];
      const { chat } = context.viewer;
      const card = await cards.byNumber(number);
      if (!card) {
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
