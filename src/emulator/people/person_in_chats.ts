/** The part of a person's handle that is about groups, channels, inline mode and other messages. */
import { type ChatActor, isShared, type SharedChat } from "../model/chat.ts";
import { PersonError } from "../model/person_error.ts";
import type { PersonHandle, PersonInChats } from "../model/person_handle.ts";
import { Upload } from "../model/upload.ts";
import type { World } from "../world/world.ts";
import { forward, sendContact, sendDice, sendLocation, sendMedia } from "./acts.ts";
import { createChat, createDirect } from "./create_chat.ts";
import { askInline, chooseInline } from "./inline.ts";
import {
  addMember,
  deactivate,
  join,
  leave,
  migrate,
  permit,
  promote,
  removeMember,
} from "./membership.ts";
import { edit, pin, react, remove, unpin } from "./person_edit.ts";
import { closeTopic, deleteTopic, discussIn, openTopic } from "./topics.ts";
import { waitFor } from "./wait_for.ts";

/** Each is `async` so that a refusal rejects. */
export function personInChats(
  world: World,
  at: ChatActor,
  elsewhere: (chat_id: number) => PersonHandle,
): PersonInChats {
  const { person } = at;
  return {
    in: elsewhere,
    create: async (chat) => (await createChat(world, person, chat)).id,
    direct: async (other) =>
      (await createDirect(world, person, world.privateChat(other).person)).id,
    join: async (chat_id) => await join(world, person, sharedChat(world, chat_id)),
    leave: async () => await leave(world, at),
    add: async (user_id, status) => await addMember(world, at, user_id, status),
    expel: async (user_id) => await removeMember(world, at, user_id),
    promote: async (user_id, administrator = true) =>
      await promote(world, at, user_id, administrator),
    permit: async (permissions) => await permit(world, at, permissions),
    migrate: async () => (await migrate(world, at)).id,
    topic: async (name) => await openTopic(world, at, name),
    closeTopic: async (thread, closed) => await closeTopic(world, at, thread, closed),
    deleteTopic: async (thread) => await deleteTopic(world, at, thread),
    discussIn: async (group_id) => await discussIn(world, at, group_id),
    voice: async (bytes, options) =>
      await sendMedia(world, at, "voice", new Upload(bytes, "", "audio/ogg"), options),
    location: async (latitude, longitude) => await sendLocation(world, at, { latitude, longitude }),
    contact: async (contact) => await sendContact(world, at, contact),
    dice: async (emoji) => await sendDice(world, at, emoji),
    forward: async (from, message_id) => await forward(world, at, from, message_id),
    edit: async (message_id, text) => await edit(world, at, message_id, text),
    remove: async (...message_ids) => await remove(world, at, message_ids),
    react: async (message_id, ...emojis) => await react(world, at, message_id, emojis),
    pin: async (message_id) => await pin(world, at, message_id),
    unpin: async (message_id) => await unpin(world, at, message_id),
    ask: async (query, offset) => await askInline(world, at, query, offset),
    offered: (id, options) =>
      waitFor(world.phoneEvents, () => world.inline_queries.get(id)?.answer, {
        timeout_ms: options?.timeout_ms,
        late: (waited) => `The bot did not answer the inline query ${id} within ${waited} ms`,
      }),
    choose: async (id, result_id) => await chooseInline(world, at, id, result_id),
    deactivate: () => deactivate(world, person),
  };
}

function sharedChat(world: World, chat_id: number): SharedChat {
  const chat = world.chats.get(chat_id);
  if (chat !== undefined && isShared(chat)) return chat;
  throw new PersonError(`Cannot find a group or a channel ${chat_id}`, 404);
}
