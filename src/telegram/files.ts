/** Sends files: made when they are sent, and kept nowhere. */
import { type Api, InputFile } from "grammy";
import { callSignal } from "./api.ts";
import type { BotCall } from "./bot_call.ts";

/** Answers the id of the message. */
export async function sendFile(
  { raw }: Api,
  { chat, file, name, html }: BotCall & { does: "send" },
  signal: AbortSignal,
): Promise<number[]> {
  const message = await raw.sendDocument({
    chat_id: chat,
    document: new InputFile(await file.make(), name),
    caption: html,
    parse_mode: "HTML",
    disable_content_type_detection: true,
  }, callSignal(signal));
  return [message.message_id];
}
