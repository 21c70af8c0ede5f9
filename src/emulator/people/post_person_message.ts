/** How a person's message comes into a chat: it is posted, shown, and the bot receives of it. */
import type { Message } from "grammy/types";
import {
  type ChatActor,
  chatOf,
  isAdministrator,
  isInside,
  isShared,
  userOf,
} from "../model/chat.ts";
import { withoutReply } from "../model/message_content.ts";
import { forbiddenTo } from "../model/permissions.ts";
import { PersonError } from "../model/person_error.ts";
import { queueMessageUpdate } from "../world/message_updates.ts";
import { nameOf } from "../world/view_chat.ts";
import type { World } from "../world/world.ts";

/** What a person's message may answer, and which words of it. */
export interface Reply {
  reply_to?: number | undefined;
  quote?: string | undefined;
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
  // A channel speaks for itself: its messages name no sender.
  const sender = chat.kind === "channel" ? { sender_chat: chatOf(chat) } : { from: userOf(person) };
  const message = {
    message_id: world.nextMessageId(),
    ...sender,
    chat: chatOf(chat),
    date: world.date(),
    ...replyTo(at, reply),
    ...content,
  } as Message;
  world.post(chat, message);
  queueMessageUpdate(world, chat, message);
  return message;
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

function replyTo(at: ChatActor, { reply_to, quote }: Reply): Partial<Message> {
  if (reply_to === undefined) return {};
  const found = seenMessage(at, reply_to);
  const reply_to_message = withoutReply(found);
  if (quote === undefined) return { reply_to_message };
  const position = (found.text ?? found.caption ?? "").indexOf(quote);
  if (position < 0 || quote === "") {
    throw new PersonError(`Cannot quote ${JSON.stringify(quote)}: the message does not say it`);
  }
  return { reply_to_message, quote: { text: quote, position, is_manual: true } };
}
