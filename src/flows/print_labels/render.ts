import type { Card } from "../issue_card/cards.ts";
import { groupCode } from "../../../events/code.ts";
import { sendLabels } from "../../../machines/flows/print_labels.ts";
import { drawLabels } from "../../cards/draw_labels.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import type { RenderKit } from "../flow_parts.ts";
import { editionOf, linkOf } from "../issue_card/card_caption.ts";
import { openCards } from "../issue_card/read_model.ts";
import { loadOwnCard } from "../own_cards/own_card.ts";
import { words } from "./words.ts";

/** One file with the labels of a card, or of its batch, for its maker alone: they carry the codes. */
export function renderers({ read }: RenderKit): readonly Renderer[] {
  const cards = read(openCards);
  return [
    rendering(sendLabels)(async (context, { card: id, of }) => {
      const card = await loadOwnCard(context, cards, id);
      if (!card) return [];
      const all = of === "batch" && card.batch !== null ? await cards.ofBatch(card.batch) : [card];
      const labels = all.map((it) => labelOf(context, it));
      return [{
        does: "send",
        chat: context.viewer.chat,
        file: { told: { labels }, make: (signal) => drawLabels(labels, signal && { signal }) },
        name: words[context.locale].files.labels(card.number),
        html: words[context.locale].captions.labels({ count: labels.length }),
        refused: words[context.locale].captions.labels_refused(),
      }];
    }),
  ];
}

function labelOf(context: RenderContext, card: Card) {
  const { number } = card;
  const title = { number, edition: editionOf(card) };
  return {
    link: linkOf(context, card),
    code: groupCode(card.code),
    title: words[context.locale].captions.label_title(title),
    name: card.name,
    cut: words[context.locale].captions.label_cut(),
  };
}
