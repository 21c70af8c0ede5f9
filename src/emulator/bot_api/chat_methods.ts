/** The methods that look at a chat and its members. */
import type { ChatMember } from "grammy/types";
import {
  chatMember,
  chatOf,
  isAdministrator,
  isInside,
  isShared,
  type Member,
  userOf,
  type WorldChat,
} from "../model/chat.ts";
import { allPermissions } from "../model/permissions.ts";
import { badRequest } from "../model/refusal.ts";
import { botUser, type World } from "../world/world.ts";
import type { Call } from "./call.ts";
import { readableChat } from "./place.ts";

export function getChat(world: World, call: Call) {
  const chat = readableChat(world, call);
  const shown = chatOf(chat);
  const pinned = chat.messages.get(chat.pinned.at(-1) ?? 0);
  return {
    ...shown,
    ...shown.username !== undefined && { active_usernames: [shown.username] },
    accent_color_id: Math.abs(chat.id) % 7,
    max_reaction_count: 11,
    accepted_gift_types: giftsFor(chat),
    ...pinned !== undefined && { pinned_message: pinned },
    ...isShared(chat) && chat.description !== undefined && { description: chat.description },
    ...(chat.kind === "group" || chat.kind === "supergroup") && {
      permissions: { ...allPermissions, ...chat.permissions },
    },
  };
}

export function getChatMember(world: World, call: Call): ChatMember {
  const chat = readableChat(world, call);
  const id = call.integer("user_id");
  if (id === undefined || id <= 0) throw badRequest("invalid user_id specified");
  if (isShared(chat)) {
    const person = world.people.get(id);
    const known: Member | undefined = chat.members.get(id) ??
      (person && { user: userOf(person), status: "left" });
    if (known === undefined) throw badRequest("user not found");
    return chatMember(chat.kind, known);
  }
  const found = membersOf(world, chat).find(({ user }) => user.id === id);
  if (found === undefined) throw badRequest("user not found");
  return { status: "member", user: found.user };
}

export function getChatMemberCount(world: World, call: Call): number {
  return membersOf(world, readableChat(world, call)).length;
}

/** The bots among them only when asked for. */
export function getChatAdministrators(world: World, call: Call): ChatMember[] {
  const chat = readableChat(world, call);
  if (!isShared(chat)) throw badRequest("there are no administrators in the private chat");
  const { id } = world.bot;
  return [...chat.members.values()].filter(isAdministrator)
    .filter(({ user }) => !user.is_bot || user.id === id || call.flag("return_bots"))
    .map((member) => chatMember(chat.kind, member));
}

function membersOf(world: World, chat: WorldChat): Member[] {
  if (isShared(chat)) return [...chat.members.values()].filter(isInside);
  const people = chat.kind === "private" ? [chat.person] : chat.people;
  return [...people.map(userOf), botUser(world.bot)].map((user) => ({ user, status: "member" }));
}

function giftsFor(chat: WorldChat) {
  const welcome = chat.kind !== "group" && chat.kind !== "supergroup";
  return {
    unlimited_gifts: welcome,
    limited_gifts: welcome,
    unique_gifts: welcome,
    premium_subscription: welcome,
    gifts_from_channels: welcome,
  };
}
