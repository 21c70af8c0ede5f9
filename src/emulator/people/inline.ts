/** Inline mode: a person types the bot's name and a question, and sends one of its answers. */
import type { InlineQueryResult, Message } from "grammy/types";
import { resultContent } from "../bot_api/inline_result.ts";
import { type ChatActor, userOf, type WorldChat } from "../model/chat.ts";
import type { InlineAsk } from "../model/inline_ask.ts";
import { PersonError } from "../model/person_error.ts";
import { randomId, randomNumber } from "../model/random_id.ts";
import { Refusal } from "../model/refusal.ts";
import { characters } from "../schema/validate.ts";
import { botUser, type World } from "../world/world.ts";
import { checkMayWrite, postPersonMessage } from "./post_person_message.ts";

/** Asks the bot; answers the id of the inline query, under which `world` keeps its answer. */
export function askInline(world: World, at: ChatActor, query: string, offset = ""): string {
  const { person, chat } = at;
  if (!world.bot.supports_inline_queries) {
    throw PersonError.because(
      "no_inline",
      `Cannot ask @${world.bot.username}: it has no inline mode`,
    );
  }
  if (characters(query, 256) > 256) {
    throw PersonError.because("long_query", "Cannot ask more than 256 characters");
  }
  checkMayWrite(at);
  const id = randomNumber();
  world.inline_queries.set(id, {
    id,
    person: person.id,
    chat: chat.id,
    query,
    offset,
    at: world.now_ms(),
  });
  const chat_type = typeOf(chat);
  world.update("inline_query", { id, from: userOf(person), query, offset, chat_type });
  world.changed();
  return id;
}

/** Sends a result into the chat where it was asked for; the bot hears that it was chosen. */
export async function chooseInline(
  world: World,
  at: ChatActor,
  inline_query_id: string,
  result_id: string,
): Promise<Message> {
  const asked = world.inline_queries.get(inline_query_id);
  if (asked?.person !== at.person.id || asked.chat !== at.chat.id) {
    throw new PersonError(`Cannot find the inline query ${inline_query_id}`, 404);
  }
  const result = asked.answer?.results.find(({ id }) => id === result_id);
  if (result === undefined) {
    throw new PersonError(`Cannot find the result ${JSON.stringify(result_id)}`, 404);
  }
  const content = await contentOfResult(world, result);
  const via_bot = botUser(world.bot);
  const message = postPersonMessage(world, at, { via_bot, ...content });
  tellChosen(world, at, asked, result_id, message);
  return message;
}

function tellChosen(
  world: World,
  at: ChatActor,
  { query }: InlineAsk,
  result_id: string,
  { message_id, reply_markup }: Message,
): void {
  const base = { result_id, from: userOf(at.person), query };
  // Only what has a keyboard can be edited later, so only that has an id.
  if (reply_markup === undefined) return world.update("chosen_inline_result", base);
  const inline_message_id = `AQAAA${randomId(22)}`;
  world.inline_messages.set(inline_message_id, { chat: at.chat.id, message_id });
  world.update("chosen_inline_result", { ...base, inline_message_id });
}

async function contentOfResult(
  world: World,
  result: InlineQueryResult,
): Promise<Partial<Message>> {
  try {
    return await resultContent(world, { ...result });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw PersonError.because(
      "bad_result",
      `Cannot send the result ${JSON.stringify(result.id)}: ${error.message}`,
    );
  }
}

function typeOf(chat: WorldChat): "sender" | "private" | "group" | "supergroup" | "channel" {
  if (chat.kind === "private") return "sender";
  return chat.kind === "direct" ? "private" : chat.kind;
}
