/** Facts of what people do to messages that they have sent. */
import { z } from "zod";
import { fact } from "./fact.ts";

/** A message by its number in its chat, as Telegram counts them. */
export const MessageNumber = z.int().positive();

/** They changed a message, and nothing came of it. */
export const EditIgnored = fact("EditIgnored", {});

/** They changed a message of which nothing can be made any more, or no command is heard. */
export const EditRefused = fact("EditRefused", { reason: z.enum(["late", "command", "old"]) });
