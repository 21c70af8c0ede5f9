/** Topics as people have them: opened, closed, deleted; and a channel's group of discussion. */
import {
  type ChatActor,
  chatOf,
  isAdministrator,
  isShared,
  type SharedChat,
  type Topic,
  userOf,
  type WorldChat,
} from "../model/chat.ts";
import type { Message } from "grammy/types";
import { PersonError } from "../model/person_error.ts";
import { inTopic, topicsOf } from "../model/topic.ts";
import { queueMessageUpdate } from "../world/message_updates.ts";
import { nameOf } from "../world/view_chat.ts";
import type { World } from "../world/world.ts";

/** Opens a topic; answers its thread. Throws a `PersonError` where there can be none. */
export function openTopic(world: World, at: ChatActor, given: string): number {
  const { chat } = at;
  const name = given.trim();
  if (name === "") throw new PersonError("Cannot open a topic without a name");
  if (chat.kind === "private" && world.bot.has_topics_enabled === true) chat.topics ??= [];
  const topics = topicsOf(chat);
  if (topics === undefined) {
    throw new PersonError(`Cannot open a topic: «${nameOf(chat)}» has none`);
  }
  checkRules(at);
  const topic: Topic = { thread: world.nextMessageId(), name, closed: false };
  topics.push(topic);
  tell(world, at, topic, { forum_topic_created: { name, icon_color: 7322096 } }, topic.thread);
  return topic.thread;
}

/** Closes a topic, or opens it again; General without a thread. */
export function closeTopic(world: World, at: ChatActor, thread?: number, closed = true): void {
  const { chat } = at;
  checkRules(at);
  const topic = thread === undefined ? undefined : foundTopic(chat, thread);
  if (topic !== undefined) topic.closed = closed;
  else if (chat.kind === "supergroup" && chat.topics !== undefined) chat.general_closed = closed;
  else throw new PersonError(`Cannot close General: «${nameOf(chat)}» has none`);
  tell(world, at, topic, closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} });
}

/** Deletes a topic with all that was said in it; a bot is not told. */
export function deleteTopic(world: World, at: ChatActor, thread: number): void {
  const { chat } = at;
  checkRules(at);
  foundTopic(chat, thread);
  const topics = topicsOf(chat) ?? [];
  topics.splice(topics.findIndex((topic) => topic.thread === thread), 1);
  const said = [...chat.messages.values()].filter((it) => it.message_thread_id === thread);
  world.remove(chat, said.map(({ message_id }) => message_id));
  world.changed();
}

/** The topic of this thread. Throws a `PersonError` where there is none. */
export function foundTopic(chat: WorldChat, thread: number): Topic {
  const topic = topicsOf(chat)?.find((it) => it.thread === thread);
  if (topic === undefined) throw new PersonError(`Cannot find the topic ${thread}`, 404);
  return topic;
}

/** Has every post of this channel brought into a group from now on. */
export function discussIn(world: World, at: ChatActor, group_id: number): void {
  const { chat } = at;
  const group = world.chats.get(group_id);
  if (!isShared(chat) || chat.kind !== "channel") {
    throw new PersonError(`Cannot discuss «${nameOf(chat)}»: it is no channel`);
  }
  if (group === undefined || group.kind !== "supergroup") {
    throw new PersonError(`Cannot discuss in ${group_id}: it is no supergroup`);
  }
  checkRules(at);
  chat.discussed_in = group_id;
  world.changed();
}

function checkRules({ person, chat }: ChatActor): void {
  if (!isShared(chat) || isAdministrator(chat.members.get(person.id))) return;
  throw new PersonError(`Cannot do this: ${person.first_name} is no administrator here`);
}

function tell(
  world: World,
  { person, chat }: ChatActor & { chat: WorldChat },
  topic: Topic | undefined,
  content: Partial<Message>,
  message_id = world.nextMessageId(),
): void {
  const message = {
    message_id,
    from: userOf(person),
    chat: chatOf(chat),
    date: world.date(),
    ...inTopic(topic),
    ...content,
  } as Message;
  world.post(chat, message);
  queueMessageUpdate(world, chat as SharedChat, message);
}
