import type { Card } from "../issue_card/cards.ts";
import { askHistory } from "../../../machines/flows/card_history.ts";
import { correct } from "../../../machines/flows/correct_card.ts";
import { listCards, showList, showOwnCard } from "../../../machines/flows/own_cards.ts";
import { printBatchLabels, printLabels } from "../../../machines/flows/print_labels.ts";
import { restore, withdraw } from "../../../machines/flows/withdraw_card.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { button } from "../../telegram/keyboard.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { Keyboard } from "../../telegram/sending.ts";
import type { Voice } from "../../telegram/stage.ts";
import type { RenderKit } from "../flow_parts.ts";
import { captionOf, faceOf } from "../issue_card/face.ts";
import { openCards } from "../issue_card/read_model.ts";
import { listOf } from "./list.ts";
import { ownCard, withQr } from "./own_card.ts";
import { openGalleries } from "./read_model.ts";
import { words } from "./words.ts";

/** The list of a maker's active cards, and one card with its counts and all that can be done to it. */
export function renderers({ read }: RenderKit): readonly Renderer[] {
  const [cards, galleries] = [read(openCards), read(openGalleries)];
  return [
    rendering(showList)(async (stage, { page }) => {
      if (!(await stage.rights()).admin) return [];
      const { person, chat } = stage.viewer;
      const shown = await galleries.page(person, page, true, "");
      const list = listOf(stage, shown, { active: true, query: "" });
      return [{ does: "say", chat, ...list, slot: null }];
    }),
    rendering(showOwnCard)(async (stage, { card: id }) => {
      const card = await ownCard(stage, cards, id);
      if (!card) return [];
      const { active, checks, people } = card;
      const reason = card.reason === null ? null : escapeHtml(card.reason);
      const face = { ...faceOf(stage, card), active, reason, checks, people };
      const html = captionOf(words[stage.locale].captions.own, face, card.description);
      return withQr(stage, card, html, controlsOf(stage, card));
    }),
  ];
}

function controlsOf(voice: Voice, { number, active, batch }: Card): Keyboard {
  return [
    [
      active
        ? button(voice, "withdraw", withdraw.action({ number }))
        : button(voice, "restore", restore.action({ number })),
      button(voice, "correct", correct.action({ number })),
    ],
    [
      button(voice, "labels", printLabels.action({ number })),
      button(voice, "history", askHistory.action({ number })),
    ],
    ...batch === null ? [] : [[button(voice, "batch_labels", printBatchLabels.action({ number }))]],
    [button(voice, "list", listCards.action({}))],
  ];
}
