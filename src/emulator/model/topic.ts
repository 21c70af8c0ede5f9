/** Topics of a forum, and of a private chat with a bot that has them. */
import type { Message } from "grammy/types";
import type { Topic, WorldChat } from "./chat.ts";

/** The chats that can have topics have an array, empty at first. */
export function topicsOf(chat: WorldChat): Topic[] | undefined {
  return chat.kind === "direct" ? undefined : chat.topics;
}

/** Whether the topic of this thread is closed; undefined is General. */
export function isClosed(chat: WorldChat, topic: Topic | undefined): boolean {
  if (topic !== undefined) return topic.closed;
  return chat.kind === "supergroup" && chat.general_closed === true;
}

/** What a message in this topic says of it. */
export function inTopic(topic: Topic | undefined): Partial<Message> {
  return topic === undefined
    ? {}
    : { message_thread_id: topic.thread, is_topic_message: true as const };
}
