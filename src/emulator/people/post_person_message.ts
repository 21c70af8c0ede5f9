/** How a person's message comes into a chat: it is posted, shown, and the bot receives of it. */
import type { Message } from "grammy/types";
import {
  type ChatActor,
  chatOf,
  isAdministrator,
  isInside,
  isShared,
  type Topic,
  userOf,
} from "../model/chat.ts";
import { withoutReply } from "../model/message_content.ts";
import { anonymousAdministrator, speakingChannel } from "../model/stand_ins.ts";
import { inTopic, isClosed } from "../model/topic.ts";
import { forbiddenTo } from "../model/permissions.ts";
import { PersonError } from "../model/person_error.ts";
import { discuss } from "../world/discuss.ts";
import { queueMessageUpdate } from "../world/message_updates.ts";
import { nameOf } from "../world/view_chat.ts";
import type { World } from "../world/world.ts";
import { foundTopic } from "./topics.ts";

/** What a person's message may answer and which words of it, in which topic, and as whom. */
export interface Reply {
  reply_to?: number | undefined;
  quote?: string | undefined;
  thread?: number | undefined;
  as?: number | undefined;
}

/** Throws a `PersonError` when the person may not write here. */
export function postPersonMessage(
  world: World,
  at: ChatActor,
  content: Partial<Message>,
  reply: Reply = {},
): Message {
  checkMayWrite(at);
  const { person, chat } = at;
  const member = isShared(chat) ? chat.members.get(person.id) : undefined;
  const forbidden = forbiddenTo(chat, member, content);
  if (forbidden !== undefined) {
    throw new PersonError(`Cannot send ${forbidden}: «${nameOf(chat)}» does not allow it`);
  }
  if (chat.kind === "private") chat.started = true;
  const topic = topicFor(at, reply);
  const message = {
    message_id: world.nextMessageId(),
    ...senderOf(world, at, reply),
    chat: chatOf(chat),
    date: world.date(),
    ...replyTo(at, reply, topic),
    ...inTopic(topic),
    ...content,
  } as Message;
  world.post(chat, message);
  queueMessageUpdate(world, chat, message);
  discuss(world, chat, message);
  return message;
}

/** Who the message is of. Throws a `PersonError` for a chat in whose name they may not speak. */
function senderOf(world: World, { person, chat }: ChatActor, { as }: Reply): Partial<Message> {
  // A channel speaks for itself: its messages name no sender.
  if (chat.kind === "channel") return { sender_chat: chatOf(chat) };
  if (as === undefined) return { from: userOf(person) };
  const speaker = world.chats.get(as);
  if (
    speaker === undefined || !isShared(speaker) || !isAdministrator(speaker.members.get(person.id))
  ) throw new PersonError(`Cannot speak as ${as}: ${person.first_name} is no administrator there`);
  if (speaker === chat) return { from: anonymousAdministrator, sender_chat: chatOf(chat) };
  if (speaker.kind !== "channel") throw new PersonError(`Cannot speak as ${as}: it is no channel`);
  return { from: speakingChannel, sender_chat: chatOf(speaker) };
}

/** The topic in which it is said. Throws a `PersonError` where it is closed to them. */
function topicFor({ person, chat }: ChatActor, { thread }: Reply): Topic | undefined {
  const topic = thread === undefined ? undefined : foundTopic(chat, thread);
  const mayAlways = isShared(chat) && isAdministrator(chat.members.get(person.id));
  if (!isClosed(chat, topic) || mayAlways) return topic;
  throw new PersonError(`Cannot write: «${topic?.name ?? "General"}» is closed`);
}

/** Throws a `PersonError` when the person may not write into the chat. */
export function checkMayWrite({ person, chat }: ChatActor): void {
  if (chat.kind === "private" && person.blocked) {
    throw PersonError.because("blocked", `Cannot write: ${person.first_name} has blocked the bot`);
  }
  if (!isShared(chat)) return;
  const member = chat.members.get(person.id);
  if (chat.kind === "channel" ? isAdministrator(member) : isInside(member)) return;
  const who = chat.kind === "channel" ? "an administrator" : "a member";
  throw PersonError.because(
    "not_member",
    `Cannot write: ${person.first_name} is not ${who} of «${nameOf(chat)}»`,
  );
}

/** The message that a person sees in this chat. Throws a `PersonError` when there is none. */
export function seenMessage({ chat }: ChatActor, message_id: number): Message {
  const message = chat.messages.get(message_id);
  if (message === undefined) throw new PersonError(`Cannot find message ${message_id}`, 404);
  return message;
}

/** What is said in a topic answers the message that opened it, unless it answers another. */
function replyTo(
  at: ChatActor,
  reply: Reply,
  topic: Topic | undefined,
): Partial<Message> {
  const { quote, reply_to = at.chat.messages.get(topic?.thread ?? 0)?.message_id } = reply;
  if (reply_to === undefined) return {};
  const found = seenMessage(at, reply_to);
  const reply_to_message = withoutReply(found);
  // In a supergroup every answer is of a thread, which is no topic.
  const thread = at.chat.kind !== "supergroup"
    ? {}
    : { message_thread_id: found.message_thread_id ?? found.message_id };
  if (quote === undefined) return { ...thread, reply_to_message };
  const position = (found.text ?? found.caption ?? "").indexOf(quote);
  if (position < 0 || quote === "") {
    throw new PersonError(`Cannot quote ${JSON.stringify(quote)}: the message does not say it`);
  }
  return { ...thread, reply_to_message, quote: { text: quote, position, is_manual: true } };
}
