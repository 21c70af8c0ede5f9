/** Why a card is to be withdrawn, as its maker types it and mends it. */
import { REASON_MAX } from "../../events/card.ts";
import { messageOf, withMessage, wordsOf } from "../flow/input.ts";
import { type HearResult, type InputContext, isBlank } from "../flow/input_context.ts";
import { shortest } from "./card_words.ts";

/** A card that is being withdrawn. */
export interface Withdrawal {
  card: string;
  number: number;
  name: string;
  /** It may be sealed with the maker's key. */
  reason: string | null;
  /** The message with the reason; absent where messages have no numbers. */
  message?: number;
}

/** What withdrawing a card remembers. */
export type WithdrawalMemory = { withdrawal: Withdrawal | null };

type Heard = HearResult<"too_long" | "empty", "reason">;

/** A reason, or why it is none. */
export function hearReason({ input }: InputContext<WithdrawalMemory>): Heard {
  const words = wordsOf(input);
  if (words === undefined) return undefined;
  const reason = shortest(words.replace(/\s+/gu, " ").trim(), REASON_MAX);
  if (reason.length > REASON_MAX) return { refused: "too_long" };
  return isBlank(reason) ? { refused: "empty" } : {
    ...{ type: "WithdrawalExplained", reason },
    ...withMessage(input),
  };
}

/** The reason was changed before it was confirmed: what is to be confirmed is asked anew. */
export function hearReasonEdit(inputContext: InputContext<WithdrawalMemory>): Heard {
  const { input, context: { withdrawal } } = inputContext;
  const message = messageOf(input);
  if (message === undefined || message !== withdrawal?.message) return undefined;
  const heard = hearReason(inputContext);
  if (heard && "refused" in heard) return { expects: "reason", ...heard };
  if (heard?.type !== "WithdrawalExplained" || heard.reason === withdrawal.reason) {
    return { type: "EditIgnored" };
  }
  return { type: "ReasonEdited", reason: heard.reason };
}
