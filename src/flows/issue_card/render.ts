import { showIssued } from "../../../machines/flows/issue_card.ts";
import { showDraft } from "../../../machines/flows/draft_preview.ts";
import { issue } from "../../../machines/flows/issue_taps.ts";
import { listCards } from "../../../machines/flows/own_cards.ts";
import { printLabels } from "../../../machines/flows/print_labels.ts";
import { button } from "../../telegram/keyboard.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { RenderKit } from "../flow_parts.ts";
import { loadOwnCard, showWithQr } from "../own_cards/own_card.ts";
import { shareRows } from "../share_card/share_rows.ts";
import { captionFieldsOf } from "./card_caption.ts";
import { openCards } from "./read_model.ts";
import { renderDraft } from "./render_draft.ts";
import { words } from "./words.ts";

/** The card before it is issued, and the finished one with its QR. */
export function renderers({ read }: RenderKit): readonly Renderer[] {
  const cards = read(openCards);
  return [
    rendering(showDraft)(renderDraft),
    rendering(showIssued)(async (context, { card: id }) => {
      const card = await loadOwnCard(context, cards, id);
      if (!card) return [];
      const { number } = card;
      const html = words[context.locale].captions.issued(captionFieldsOf(context, card));
      return showWithQr(context, card, html, [
        [
          button(context, "issue", issue.action({})),
          button(context, "labels", printLabels.action({ number })),
        ],
        shareRows(context, card).flat(),
        [button(context, "list", listCards.action({}))],
      ]);
    }),
  ];
}
