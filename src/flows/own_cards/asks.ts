import type { FactOf } from "../../../events/fact.ts";
import type { OwnCardFound, OwnCardMissing } from "../../../events/card.ts";
import { findOwnCard } from "../../../machines/flows/own_cards.ts";
import type { Readers } from "../../projections/readers.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Asker, AskKit } from "../flow_parts.ts";
import { openCards } from "../issue_card/read_model.ts";

/** The card with this number, if it is the person's own. */
export async function answerOwnCard(
  read: Readers,
  { callId, number }: { callId: string; number: number },
  { person }: Asker,
): Promise<FactOf<typeof OwnCardFound> | FactOf<typeof OwnCardMissing>> {
  const found = await read(openCards).byNumber(number);
  if (found?.maker !== person) return { type: "OwnCardMissing", callId };
  const { card, name, active } = found;
  return { type: "OwnCardFound", callId, card, number, name, active };
}

export const asks = ({ read }: AskKit) => [
  answering(findOwnCard)((params, asker: Asker) => answerOwnCard(read, params, asker)),
];
