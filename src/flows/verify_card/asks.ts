import { findCode } from "../../../machines/flows/verify_card.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Asker, AskKit } from "../flow_parts.ts";
import { openCards } from "../issue_card/read_model.ts";

/** Finds the card of a code, and counts the person who asked as having checked it. */
export const asks = ({ read, sealedNames }: AskKit) => [
  answering(findCode)(async ({ callId, code }, { person }: Asker) => {
    const card = await read(openCards).idOfCode(code);
    if (card === null) return { type: "CodeRefused", callId, reason: "unknown" };
    const names = await sealedNames(person);
    return { type: "CardVerified", callId, card, verifier: person, names };
  }),
];
