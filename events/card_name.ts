import { z } from "zod";

/** Longest name of a card, in UTF-16 units, so that a verdict always fits a caption of 1024. */
export const NAME_MAX = 80;

/** What a card is called. */
export const Name = z.string().min(1).max(NAME_MAX);
