/** Answers of Telegram's, or of whoever stands between, put right before anybody reads them. */
import type { Transformer } from "grammy";
import { z } from "zod";
import { cleanJson, cleanText, cutText } from "../base/clean_text.ts";

const DESCRIPTION_MAX = 500;
const BAD_GATEWAY = 502;

const Answer = z.object({ ok: z.boolean() });

/** What a refusal says; what is not as it must be says nothing. */
const Refusal = z.object({
  error_code: z.int().catch(BAD_GATEWAY),
  description: z.string().catch("no reason was given")
    .transform((text) => cutText(cleanText(text), DESCRIPTION_MAX)),
  parameters: z.object({
    retry_after: z.number().positive().optional().catch(undefined),
    migrate_to_chat_id: z.int().optional().catch(undefined),
  }).optional().catch(undefined),
});

const NO_ANSWER = "Bad Gateway: what came is no answer of the Bot API";

/**
 * Texts of answers are clean from here on, those of refusals short, and what is no answer at all
 * reads as a refusal that passes. Updates are cleaned one by one: see `readUpdate`.
 */
export const cleanAnswers: Transformer = async (call, method, payload, signal) => {
  const answer = await call(method, payload, signal);
  if (!Answer.safeParse(answer).success) {
    return { ok: false, error_code: BAD_GATEWAY, description: NO_ANSWER };
  }
  if (answer.ok) return method === "getUpdates" ? answer : cleanJson(answer);
  const { error_code, description, parameters } = Refusal.parse(answer);
  const { retry_after, migrate_to_chat_id } = parameters ?? {};
  return {
    ...{ ok: false, error_code, description },
    parameters: {
      ...retry_after !== undefined && { retry_after },
      ...migrate_to_chat_id !== undefined && { migrate_to_chat_id },
    },
  };
};
