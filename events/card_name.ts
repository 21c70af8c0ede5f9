import { z } from "zod";
import { sealed } from "./sensitive.ts";

/** Longest name of a card, in UTF-16 units, so that a verdict always fits a caption of 1024. */
export const NAME_MAX = 80;

/** What a card is called. */
export const Name = z.string().min(1).max(NAME_MAX);

/**
 * What a maker typed for a card, and no card says yet: sealed with their key. It becomes the card's
 * by the answer to an ask, which opens it; in facts from before it stands in the clear.
 */
export const OwnWords = sealed(z.string().min(1), { for: "self", when: "heard", once_plain: true });
