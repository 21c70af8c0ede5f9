/** Makes one call of the Bot API; normal refusals are no errors. */
import type { BotCall } from "./bot_call.ts";
import { callSignal } from "./api.ts";
import { failureOf } from "./failure.ts";
import { sendFile } from "./files.ts";
import { markupOf } from "./keyboard.ts";
import { type SendDeps, type Sent, showPictures } from "./pictures.ts";
import type { Step } from "./step.ts";

/** Answers what was sent, or what keeps it from being sent; throws any other refusal. */
export async function perform(deps: SendDeps, step: Step, signal: AbortSignal): Promise<Sent> {
  try {
    if (step.does === "show") return await showPictures(deps, step, signal);
    if (step.does === "send") return await sendFile(deps.api, step, signal);
    return { is: "sent", messages: await callOut(deps, step, signal) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.is !== "normal") throw error;
    deps.log.info("Nothing to do any more: {words}", { words: failure.words });
    return { is: "sent", messages: [] };
  }
}

/** The ids of the messages that it sent. */
async function callOut(
  { api: { raw } }: SendDeps,
  call: Exclude<BotCall, { does: "show" | "send" }>,
  signal: AbortSignal,
): Promise<number[]> {
  const until = callSignal(signal);
  switch (call.does) {
    case "say": {
      const message = await raw.sendMessage({
        chat_id: call.chat,
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
