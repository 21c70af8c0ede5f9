import { type Card, isPublished } from "../issue_card/cards.ts";
import { askHistory } from "../../../machines/flows/card_history.ts";
import { correct } from "../../../machines/flows/correct_card.ts";
import { listCards, showList, showOwnCard } from "../../../machines/flows/own_cards.ts";
import { printBatchLabels, printLabels } from "../../../machines/flows/print_labels.ts";
import { restore, withdraw } from "../../../machines/flows/withdraw_card.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { button } from "../../telegram/keyboard.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { Keyboard } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import type { RenderKit } from "../flow_parts.ts";
import { captionFieldsOf, captionOf } from "../issue_card/card_caption.ts";
import { openCards } from "../issue_card/read_model.ts";
import { shareRows } from "../share_card/share_rows.ts";
import { renderCardList } from "./render_card_list.ts";
import { loadOwnCard, showWithQr } from "./own_card.ts";
import { openGalleries } from "./read_model.ts";
import { words } from "./words.ts";

/** The list of a maker's active cards, and one card with its counts and all that can be done to it. */
export function renderers({ read }: RenderKit): readonly Renderer[] {
  const [cards, galleries] = [read(openCards), read(openGalleries)];
  return [
    rendering(showList)(async (context, { page }) => {
      if (!(await context.rights()).admin) return [];
      const { person, chat } = context.viewer;
      const shown = await galleries.page(person, page, true, "");
      const list = renderCardList(context, shown, { active: true, query: "" });
      return [{ does: "say", chat, ...list, slot: null }];
    }),
    rendering(showOwnCard)(async (context, { card: id }) => {
      const card = await loadOwnCard(context, cards, id);
      if (!card) return [];
      const { active, checks, people, by_maker } = card;
      const reason = card.reason === null ? null : escapeHtml(card.reason);
      const counts = { checks, people, by_maker };
      const standing = { active, reason, published: isPublished(card) };
      const face = { ...captionFieldsOf(context, card), ...standing, ...counts };
      const html = captionOf(words[context.locale].captions.own, face, card.description);
      return showWithQr(context, card, html, controlsOf(context, card));
    }),
  ];
}

/** What is done most comes first, and what buyers would be told comes last. */
function controlsOf(context: RenderContext, card: Card): Keyboard {
  const { number, active, batch } = card;
  return [
    [
      button(context, "labels", printLabels.action({ number })),
      button(context, "history", askHistory.action({ number })),
    ],
    ...batch === null
      ? []
      : [[button(context, "batch_labels", printBatchLabels.action({ number }))]],
    ...active ? [shareRows(context, card).flat()] : [],
    [button(context, "list", listCards.action({}))],
    [
      button(context, "correct", correct.action({ number })),
      active
        ? button(context, "withdraw", withdraw.action({ number }))
        : button(context, "restore", restore.action({ number })),
    ],
  ];
}
