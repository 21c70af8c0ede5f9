/** The part of a person's handle that is about groups, channels, inline mode and other messages. */
import type { Contact, Message } from "grammy/types";
import { forward, sendContact, sendDice, sendLocation, sendMedia } from "./acts.ts";
import { type At, isShared, type SharedChat } from "./chat.ts";
import { createChat, createDirect, type NewChat } from "./create_chat.ts";
import type { PersonHandle } from "./emulator.ts";
import { askInline, chooseInline } from "./inline.ts";
import type { InlineAnswer } from "./inline_ask.ts";
import {
  addMember,
  deactivate,
  join,
  leave,
  migrate,
  promote,
  removeMember,
} from "./membership.ts";
import { PersonError } from "./person_error.ts";
import { edit, pin, react, remove, unpin } from "./person_edit.ts";
import { Upload } from "./upload.ts";
import { waitFor } from "./wait_for.ts";
import type { World } from "./world.ts";

/** What a person does beyond talking to the bot. User ids may be the bot's. */
export interface PersonInChats {
  /** The same person in another of their chats; without a chat all is said to the bot. */
  in(chat_id: number): PersonHandle;
  /** Makes a group, a supergroup or a channel; answers its id. */
  create(chat: NewChat): Promise<number>;
  /** The chat with another person, which the bot does not see; answers its id. */
  direct(person_id: number): Promise<number>;
  join(chat_id: number): Promise<void>;
  leave(): Promise<void>;
  add(user_id: number, status?: "member" | "administrator"): Promise<void>;
  expel(user_id: number): Promise<void>;
  promote(user_id: number, administrator?: boolean): Promise<void>;
  /** Turns the group into a supergroup; answers its id. */
  migrate(): Promise<number>;
  voice(bytes: Uint8Array, options?: { duration?: number; caption?: string }): Promise<Message>;
  location(latitude: number, longitude: number): Promise<Message>;
  contact(contact: Contact): Promise<Message>;
  dice(emoji?: string): Promise<Message>;
  forward(from_chat_id: number, message_id: number): Promise<Message>;
  edit(message_id: number, text: string): Promise<Message>;
  remove(...message_ids: number[]): Promise<void>;
  react(message_id: number, ...emojis: string[]): Promise<void>;
  pin(message_id: number): Promise<void>;
  unpin(message_id: number): Promise<void>;
  /** Types the bot's name and a query here; answers the inline query's id. */
  ask(query: string, offset?: string): Promise<string>;
  /** What the bot offered, now or within `timeout_ms` (5000). */
  offered(inline_query_id: string, options?: { timeout_ms?: number }): Promise<InlineAnswer>;
  /** Sends one of the results. */
  choose(inline_query_id: string, result_id: string): Promise<Message>;
  /** Deletes the person's account. */
  deactivate(): void;
}

/** Each is `async` so that a refusal rejects. */
export function personInChats(
  world: World,
  at: At,
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
    migrate: async () => (await migrate(world, at)).id,
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
      waitFor(world.happenings, () => world.inline_queries.get(id)?.answer, {
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
