import type { ReadOnlyTaps } from "../../telegram/read_only.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import type { RenderKit } from "../flow_parts.ts";
import type { Card } from "../issue_card/cards.ts";
import { openCards } from "../issue_card/read_model.ts";
import { openCardHistories } from "./read_model.ts";
import { readHistoryPage, renderChanges } from "./render_changes.ts";

/** Turns the pages of a card's history in place, for its maker. */
export function readOnlyTaps({ read, now, time_zone }: RenderKit): ReadOnlyTaps {
  const [cards, histories] = [read(openCards), read(openCardHistories)];
  const ownCard = async ({ viewer }: RenderContext, number: number): Promise<Card | null> => {
    const card = await cards.byNumber(number);
    return card?.maker === viewer.person ? card : null;
  };
  return (data) => {
    const wanted = readHistoryPage(data);
    return wanted && {
      refuse: async (context) => {
        if (!(await context.rights()).admin) return context.catalogue.note("makers_only");
        const card = await ownCard(context, wanted.number);
        return card ? null : context.catalogue.note("own_card_missing");
      },
      turn: async (context) => {
        const card = await ownCard(context, wanted.number);
        if (!card) throw new Error(`Cannot turn a history: card ${wanted.number} is not theirs`);
        const { changes } = await histories.read(card.card, now(), time_zone);
        return renderChanges(context, card, changes, wanted.page);
      },
    };
  };
}
