/** Makes one call of the Bot API; normal refusals are no errors. */
import type { BotCall } from "./bot_call.ts";
import { callSignal } from "./api.ts";
import { destinationOf } from "./destination.ts";
import { failureOf } from "./failure.ts";
import { sendFile } from "./files.ts";
import { markupOf } from "./keyboard.ts";
import { misplacementOf, speaks } from "./misplacement.ts";
import { type Addressed, type SendDeps, type Sent, showPictures } from "./pictures.ts";
import type { Step } from "./step.ts";

/** Answers what was sent, or what keeps it from being sent; throws any other refusal. */
export async function perform(
  deps: SendDeps,
  { step, address }: Addressed<Step>,
  signal: AbortSignal,
): Promise<Sent> {
  try {
    if (step.does === "show") return await showPictures(deps, { step, address }, signal);
    if (step.does === "send") return await sendFile(deps.api, { step, address }, signal);
    return { is: "sent", messages: await callOut(deps, { step, address }, signal) };
  } catch (error) {
    const failure = failureOf(error);
    // What is to be said is said elsewhere then.
    const isMisplaced = speaks(step) && misplacementOf(error, address) !== null;
    if (failure?.is !== "normal" || isMisplaced) throw error;
    deps.log.info("Nothing to do any more: {words}", { words: failure.words });
    return { is: "sent", messages: [] };
  }
}

/** The ids of the messages that it sent. */
async function callOut(
  { api: { raw } }: SendDeps,
  { step: call, address }: Addressed<Exclude<BotCall, { does: "show" | "send" }>>,
  signal: AbortSignal,
): Promise<number[]> {
  const until = callSignal(signal);
  switch (call.does) {
    case "say": {
      const message = await raw.sendMessage({
        ...destinationOf(call.chat, address),
        text: call.html,
        parse_mode: "HTML",
        link_preview_options: { is_disabled: true },
        ...markupOf(call.keyboard),
      }, until);
      return [message.message_id];
    }
    case "edit":
      await raw.editMessageText({
        chat_id: call.chat,
        message_id: call.message,
        text: call.html,
        parse_mode: "HTML",
        link_preview_options: { is_disabled: true },
      }, until);
      return [];
    case "delete":
      await raw.deleteMessages({
        chat_id: call.chat,
        message_ids: [...call.messages],
      }, until);
      return [];
    case "commands": {
      const scope = { type: "chat", chat_id: call.chat } as const;
      await raw.setMyCommands({ scope, commands: [...call.commands] }, until);
      return [];
    }
    case "answer":
      await raw.answerCallbackQuery({
        callback_query_id: call.query,
        ...call.text !== null && { text: call.text },
      }, until);
      return [];
  }
}
