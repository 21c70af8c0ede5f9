import { restoreCard } from "../../../machines/flows/withdraw_card.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Asker, AskKit } from "../flow_parts.ts";
import { answerOwnCard } from "../own_cards/asks.ts";

/** The person's card comes back, unless it never left. */
export const asks = ({ read }: AskKit) => [
  answering(restoreCard)(async (params, asker: Asker) => {
    const found = await answerOwnCard(read, params, asker);
    if (found.type === "OwnCardMissing" || found.active) return found;
    return { type: "CardRestored", callId: params.callId, card: found.card };
  }),
];
