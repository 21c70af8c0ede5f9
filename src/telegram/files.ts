/** Sends files: made when they are sent, and kept nowhere. */
import { type Api, InputFile } from "grammy";
import { callSignal } from "./api.ts";
import type { BotCall } from "./bot_call.ts";
import { destinationOf } from "./destination.ts";
import { mediaRefusalOf } from "./media_refusal.ts";
import type { Addressed, Sent } from "./pictures.ts";

/** Sends a file with its caption. */
export async function sendFile(
  { raw }: Api,
  { step: { chat, file, name, html }, address }: Addressed<BotCall & { does: "send" }>,
  signal: AbortSignal,
): Promise<Sent> {
  const document = new InputFile(await file.make(signal), name);
  try {
    const message = await raw.sendDocument({
      ...destinationOf(chat, address),
      document,
      ...html !== "" && { caption: html, parse_mode: "HTML" },
      disable_content_type_detection: true,
    }, callSignal(signal));
    return { is: "sent", messages: [message.message_id] };
  } catch (error) {
    const refusal = mediaRefusalOf(error);
    if (!refusal) throw error;
    return { is: "refused", refusal, by_id: false };
  }
}
