/** How a bot's message comes into a chat. */
import type { Message } from "grammy/types";
import { chatOf, isShared, type WorldChat } from "../model/chat.ts";
import { integerOf, isRecord } from "../model/json_value.ts";
import { contentOf, originOf, withoutReply } from "../model/message_content.ts";
import { badRequest } from "../model/refusal.ts";
import { inTopic } from "../model/topic.ts";
import { formatText } from "../text/entities.ts";
import { discuss } from "../world/discuss.ts";
import { botUser, type World } from "../world/world.ts";
import type { Call } from "./call.ts";
import { type CallParams, userFinder } from "./content.ts";
import type { Markup } from "./markup.ts";
import { chatNamed, checkPermitted, openChat, openTopic } from "./place.ts";

/** Throws a `Refusal` when the chat or the message that it answers is refused. */
export function postBotMessage(
  world: World,
  call: Call,
  content: Partial<Message>,
  markup: Markup,
): Message {
  const chat = openChat(world, call);
  const topic = openTopic(chat, call);
  checkPermitted(world, chat, content);
  const message = {
    message_id: world.nextMessageId(),
    ...chat.kind === "channel" ? { sender_chat: chatOf(chat) } : { from: botUser(world.bot) },
    chat: chatOf(chat),
    date: world.date(),
    ...replyTo(world, chat, call),
    ...inTopic(topic),
    ...call.flag("protect_content") && { has_protected_content: true as const },
    ...content,
    ...markup.inline && { reply_markup: markup.inline },
  } as Message;
  if (isShared(chat) && chat.kind === "channel") chat.bot_posts.add(message.message_id);
  if (markup.reply !== undefined) {
    for (const person of world.viewers(chat)) world.setKeyboard(chat, person, markup.reply);
  }
  world.post(chat, message);
  discuss(world, chat, message);
  return message;
}

interface ReplyParameters {
  message_id: number;
  elsewhere?: string;
  lenient: boolean;
  given: CallParams;
}

function replyTo(world: World, chat: WorldChat, call: Call): Partial<Message> {
  const reply = readReply(call);
  if (reply === undefined) return {};
  const where = reply.elsewhere === undefined ? chat : chatNamed(world, reply.elsewhere);
  const found = where.messages.get(reply.message_id);
  if (found === undefined) {
    if (reply.lenient) return {};
    throw badRequest("message to be replied not found");
  }
  const quote = quoteOf(world, found, reply.given);
  if (where === chat) return { reply_to_message: withoutReply(found), ...quote };
  const { chat: from, message_id } = found;
  // Words are only quoted: what is shown of a message elsewhere is its file.
  const { text: _, entities: __, caption: ___, caption_entities: ____, ...media } = contentOf(
    found,
  );
  const visible = isShared(where) ? { chat: from, message_id } : {};
  return { external_reply: { origin: originOf(found), ...visible, ...media }, ...quote };
}

function readReply(call: Call): ReplyParameters | undefined {
  const given = call.params.reply_parameters;
  if (isRecord(given)) {
    const { chat_id } = given;
    return {
      message_id: integerOf(given.message_id) ?? 0,
      ...chat_id !== undefined && { elsewhere: String(chat_id) },
      lenient: given.allow_sending_without_reply === true,
      given,
    };
  }
  // The name before Bot API 7.0, which the real server still reads.
  const older = integerOf(call.params.reply_to_message_id);
  if (older === undefined || older === 0) return undefined;
  const lenient = /^(true|1)$/.test(String(call.params.allow_sending_without_reply));
  return { message_id: older, lenient, given: {} };
}

function quoteOf(
  world: World,
  found: Message,
  given: CallParams,
): Partial<Message> {
  if (typeof given.quote !== "string" || given.quote === "") return {};
  const { text } = formatText(
    given.quote,
    given.quote_parse_mode,
    undefined,
    userFinder(world),
  );
  const said = found.text ?? found.caption ?? "";
  const wanted = integerOf(given.quote_position) ?? 0;
  const position = said.startsWith(text, wanted) ? wanted : said.indexOf(text);
  if (text === "" || position < 0) throw badRequest("QUOTE_TEXT_INVALID");
  return { quote: { text, position, is_manual: true } };
}
