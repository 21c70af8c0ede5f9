import { correctCard } from "../../../machines/flows/correct_card.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Asker, AskKit } from "../flow_parts.ts";
import { answerOwnCard } from "../own_cards/asks.ts";

/** The person's card says or shows something else from now on. */
export const asks = ({ read, isMaker, open }: AskKit) => [
  answering(correctCard)(async ({ number, ...correction }, asker: Asker) => {
    const { callId } = correction;
    // A person who is no maker any more has no cards of their own either.
    if (!await isMaker(asker)) return { type: "OwnCardMissing", callId };
    const found = await answerOwnCard(read, { callId, number }, asker);
    if (found.type === "OwnCardMissing") return found;
    const { name, description } = correction;
    const words = await open(asker.person, { name, description });
    if (words === null) return { type: "OwnCardMissing", callId };
    return { type: "CardCorrected", card: found.card, ...correction, ...words };
  }),
];
