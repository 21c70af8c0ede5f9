import { issueEditions } from "../../../machines/flows/issue_batch.ts";
import { mintCode } from "../../cards/mint_code.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Asker, AskKit } from "../flow_parts.ts";

/** The next cards of a batch, each with its code. */
export const asks = ({ isMaker, newId, open }: AskKit) => [
  answering(issueEditions)(async ({ batch, from, count, ...shared }, asker: Asker) => {
    if (!await isMaker(asker)) return { type: "BatchStopped", callId: shared.callId };
    const { name, description } = shared;
    const words = await open(asker.person, { name, description });
    if (words === null) return { type: "BatchStopped", callId: shared.callId };
    const cards = Array.from({ length: count }, (_, i) => ({
      card: newId(),
      code: mintCode(),
      edition: from + i,
    }));
    return {
      type: "EditionsIssued",
      ...shared,
      ...words,
      batch: batch ?? newId(),
      maker: asker.person,
      cards,
    };
  }),
];
