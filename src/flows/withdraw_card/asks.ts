import { restoreCard, withdrawCard } from "../../../machines/flows/withdraw_card.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Asker, AskKit } from "../flow_parts.ts";
import { answerOwnCard } from "../own_cards/asks.ts";

/** The person's card is withdrawn, and comes back unless it never left. */
export const asks = ({ read, open }: AskKit) => [
  answering(withdrawCard)(async ({ callId, card, ...own }, asker: Asker) => {
    const words = await open(asker.person, own);
    if (words === null) return { type: "OwnCardMissing", callId };
    return { type: "CardWithdrawn", callId, card, ...words };
  }),
  answering(restoreCard)(async (params, asker: Asker) => {
    const found = await answerOwnCard(read, params, asker);
    if (found.type === "OwnCardMissing" || found.active) return found;
    return { type: "CardRestored", callId: params.callId, card: found.card };
  }),
];
