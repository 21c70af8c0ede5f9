/** A chat and what is felt in it, as one person's phone shows them. */
import {
  chatOf,
  isAdministrator,
  isInside,
  isShared,
  userOf,
  type WorldChat,
} from "../model/chat.ts";
import type { ChatView, ReactionView } from "../model/chat_view.ts";
import type { World } from "./world.ts";

/** The chat as this person's phone shows it. */
export function chatView(world: World, chat: WorldChat, person_id: number): ChatView {
  const { id, kind, pinned } = chat;
  const base = { id, kind, pinned: [...pinned] };
  if (chat.kind === "private") {
    return { ...base, title: world.bot.first_name, members: [], can_write: !chat.person.blocked };
  }
  if (!isShared(chat)) {
    const other = chat.people.find((person) => person.id !== person_id) ?? chat.people[0];
    const members = chat.people.map((person) => ({
      user: userOf(person),
      status: "member" as const,
    }));
    return { ...base, title: other.first_name, members, can_write: true };
  }
  const { title, username, migrated_to } = chat;
  const me = chat.members.get(person_id);
  return {
    ...base,
    title,
    ...username !== undefined && { username },
    members: [...chat.members.values()].filter(isInside),
    can_write: chat.kind === "channel" ? isAdministrator(me) : isInside(me),
    ...migrated_to !== undefined && { migrated_to },
  };
}

/** In the order in which they were first felt. */
export function reactionViews(
  chat: WorldChat,
  message_id: number,
  person_id: number,
): ReactionView[] {
  const views = new Map<string, ReactionView>();
  for (const [who, felt] of chat.reactions.get(message_id) ?? []) {
    for (const reaction of felt) {
      if (reaction.type !== "emoji") continue;
      const { emoji } = reaction;
      const view = views.get(emoji) ?? { emoji, count: 0, mine: false };
      view.count++;
      view.mine ||= who === person_id;
      views.set(emoji, view);
    }
  }
  return [...views.values()];
}

/** Tells every phone that the chat was made, renamed, or has other members or pins. */
export function emitChat(world: World, chat: WorldChat): void {
  for (const person of world.viewers(chat)) {
    const view = chatView(world, chat, person);
    world.phoneEvents.emit({ name: "chat", person, chat: chat.id, view });
  }
  world.changed();
}

/** Tells every phone that shows the chat how people feel about a message now. */
export function emitReactions(world: World, chat: WorldChat, message_id: number): void {
  for (const person of world.viewers(chat)) {
    const reactions = reactionViews(chat, message_id, person);
    world.phoneEvents.emit({ name: "reactions", person, chat: chat.id, message_id, reactions });
  }
  world.changed();
}

/** How messages name a chat inside sentences. */
export function nameOf(chat: WorldChat): string {
  const shown = chatOf(chat);
  return shown.title ?? shown.first_name ?? String(chat.id);
}
