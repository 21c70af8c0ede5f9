/** What people do to messages that are there already: edit, delete, pin, react. */
import type { Message, ReactionType, ReactionTypeEmoji } from "grammy/types";
import { type ChatActor, chatOf, isAdministrator, isShared, userOf } from "../model/chat.ts";
import { withoutReply } from "../model/message_content.ts";
import { PersonError } from "../model/person_error.ts";
import { isReactionEmoji } from "../schema/reaction.ts";
import { plainText } from "../text/entities.ts";
import { queueMessageUpdate } from "../world/message_updates.ts";
import { emitChat, emitReactions } from "../world/view_chat.ts";
import { botIsIn, type World } from "../world/world.ts";
import { checkMayWrite, postPersonMessage, seenMessage } from "./post_person_message.ts";

/** Gives the person's own message another text, or its file another caption. */
export function edit(world: World, at: ChatActor, message_id: number, said: string): Message {
  const message = seenMessage(at, message_id);
  checkOwn(at, message);
  const { text, entities } = plainText(said);
  const marked = entities.length > 0;
  const { text: _, entities: __, caption: ___, caption_entities: ____, ...rest } = message;
  if (message.text !== undefined && text === "") {
    throw new PersonError("Cannot say nothing: write a text");
  }
  const content = message.text !== undefined
    ? { text, ...marked && { entities } }
    : text === ""
    ? {}
    : { caption: text, ...marked && { caption_entities: entities } };
  const edited = { ...rest, ...content, edit_date: world.date() } as Message;
  world.replace(at.chat, edited);
  queueMessageUpdate(world, at.chat, edited, true);
  return edited;
}

/** Deletes for everybody: one's own, in a private chat all, in a group all for administrators. */
export function remove(world: World, at: ChatActor, message_ids: readonly number[]): void {
  for (const id of message_ids) {
    const message = seenMessage(at, id);
    if (isShared(at.chat) && !isAdministrator(at.chat.members.get(at.person.id))) {
      checkOwn(at, message);
    }
  }
  // Telegram tells bots nothing of it.
  world.remove(at.chat, message_ids);
}

/** Replaces what the person feels about a message; nothing takes it back. */
export function react(
  world: World,
  at: ChatActor,
  message_id: number,
  emojis: readonly string[],
): void {
  const { chat, person } = at;
  seenMessage(at, message_id);
  const felt = emojis.map((emoji): ReactionTypeEmoji => {
    if (isReactionEmoji(emoji)) return { type: "emoji", emoji };
    throw new PersonError(`Cannot react with ${emoji}: Telegram offers no such reaction`);
  });
  const before = chat.reactions.get(message_id) ?? new Map<number, ReactionType[]>();
  const old_reaction = before.get(person.id) ?? [];
  const after = new Map(before);
  after.delete(person.id);
  if (felt.length > 0) after.set(person.id, felt);
  chat.reactions.set(message_id, after);
  emitReactions(world, chat, message_id);
  if (!botHearsReactions(world, at)) return;
  const base = { chat: chatOf(chat), message_id, date: world.date() };
  if (chat.kind === "channel") {
    // A channel's readers are not named, only counted.
    const counts = new Map<string, { type: ReactionType; total_count: number }>();
    for (const type of [...after.values()].flat()) {
      const key = type.type === "emoji" ? type.emoji : type.type;
      const count = counts.get(key) ?? { type, total_count: 0 };
      counts.set(key, { type, total_count: count.total_count + 1 });
    }
    world.update("message_reaction_count", { ...base, reactions: [...counts.values()] });
  } else {
    const user = userOf(person);
    world.update("message_reaction", { ...base, user, old_reaction, new_reaction: felt });
  }
}

/** Pins a message; a service message tells of it. */
export function pin(world: World, at: ChatActor, message_id: number): void {
  const message = seenMessage(at, message_id);
  checkMayPin(at);
  at.chat.pinned = [...at.chat.pinned.filter((id) => id !== message_id), message_id];
  emitChat(world, at.chat);
  if (at.chat.kind === "channel") return;
  postPersonMessage(world, at, { pinned_message: withoutReply(message) });
}

/** Takes a message down from the top of the chat. */
export function unpin(world: World, at: ChatActor, message_id: number): void {
  checkMayPin(at);
  at.chat.pinned = at.chat.pinned.filter((id) => id !== message_id);
  emitChat(world, at.chat);
}

function checkMayPin(at: ChatActor): void {
  checkMayWrite(at);
  if (at.chat.kind !== "supergroup" && at.chat.kind !== "channel") return;
  if (isAdministrator(at.chat.members.get(at.person.id))) return;
  throw new PersonError(`Cannot pin: ${at.person.first_name} is not an administrator`);
}

function checkOwn({ person, chat }: ChatActor, message: Message): void {
  const own = chat.kind === "channel"
    ? isAdministrator(chat.members.get(person.id)) && !chat.bot_posts.has(message.message_id)
    : message.from?.id === person.id;
  if (!own || message.forward_origin !== undefined) {
    throw PersonError.because(
      "not_theirs",
      `Cannot change message ${message.message_id}: it is not theirs`,
    );
  }
}

/** Only an administrator receives of reactions, and in a private chat the bot. */
function botHearsReactions(world: World, { chat }: ChatActor): boolean {
  if (!isShared(chat)) return botIsIn(world, chat);
  return isAdministrator(chat.members.get(world.bot.id));
}
