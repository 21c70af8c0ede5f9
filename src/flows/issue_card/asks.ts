import { issueCard } from "../../../machines/flows/issue_card.ts";
import { mintCode } from "../../cards/mint_code.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Asker, AskKit } from "../flow_parts.ts";

/** The card with its code. */
export const asks = ({ isMaker, newId, open }: AskKit) => [
  answering(issueCard)(async (draft, asker: Asker) => {
    // The last photo's check may take longer than the right lasts.
    if (!await isMaker(asker)) return { type: "IssueRefused", callId: draft.callId };
    const { name, description } = draft;
    const words = await open(asker.person, { name, description });
    if (words === null) return { type: "IssueRefused", callId: draft.callId };
    const minted = { card: newId(), code: mintCode() };
    return { type: "CardIssued", ...draft, ...words, ...minted, maker: asker.person };
  }),
];
