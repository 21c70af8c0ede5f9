/** What Telegram does with a channel's posts where a group discusses them. */
import type { Message } from "grammy/types";
import { chatOf, type WorldChat } from "../model/chat.ts";
import { contentOf, originOf } from "../model/message_content.ts";
import { telegram } from "../model/stand_ins.ts";
import { queueMessageUpdate } from "./message_updates.ts";
import type { World } from "./world.ts";

/** Brings a channel's post into the group where it is discussed, if there is one. */
export function discuss(world: World, channel: WorldChat, post: Message): void {
  if (channel.kind !== "channel" || channel.discussed_in === undefined) return;
  const group = world.chats.get(channel.discussed_in);
  if (group === undefined) return;
  const message = {
    message_id: world.nextMessageId(),
    from: telegram,
    sender_chat: chatOf(channel),
    chat: chatOf(group),
    date: world.date(),
    is_automatic_forward: true,
    forward_origin: originOf(post),
    ...contentOf(post),
  } as Message;
  world.post(group, message);
  queueMessageUpdate(world, group, message);
}
