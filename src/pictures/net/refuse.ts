import type { Refusal, RefusalReason } from "../../../machines/picture.ts";

/** A refusal as a value: `sentence` says what, the value, and the mend. */
export function refuse(
  reason: RefusalReason,
  sentence: string,
  retry_after_ms?: number,
): Refusal {
  return retry_after_ms === undefined
    ? { is: "refused", reason, sentence }
    : { is: "refused", reason, sentence, retry_after_ms };
}
