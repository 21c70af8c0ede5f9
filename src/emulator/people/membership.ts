/** Who is in which chat: joining, leaving, promoting, blocking, migrating. */
import type { ChatPermissions, User } from "grammy/types";
import {
  type ChatActor,
  chatOf,
  emptyChat,
  isAdministrator,
  isInside,
  isShared,
  type PrivateChat,
  type SharedChat,
  userOf,
} from "../model/chat.ts";
import type { Person } from "../model/person.ts";
import { PersonError } from "../model/person_error.ts";
import { emitChat, nameOf } from "../world/view_chat.ts";
import { botUser, type World } from "../world/world.ts";
import { freeId } from "./create_chat.ts";
import { postServiceMessage, queueMemberUpdate, setMemberStatus } from "./member_update.ts";

/** Enters a public chat, or comes back to one. */
export function join(world: World, person: Person, chat: SharedChat): void {
  const member = chat.members.get(person.id);
  if (isInside(member)) throw new PersonError(`Cannot join: ${person.first_name} is inside`);
  if (member?.status === "kicked") {
    throw new PersonError(`Cannot join: ${person.first_name} was removed from «${chat.title}»`);
  }
  const user = userOf(person);
  setMemberStatus(world, chat, user, user, "member");
  postServiceMessage(world, chat, user, { new_chat_members: [user] });
  emitChat(world, chat);
}

/** Leaves a shared chat. */
export function leave(world: World, at: ChatActor): void {
  const chat = shared(at);
  goes(world, chat, userOf(at.person), userOf(at.person), "left");
}

/** `user_id` may be the bot's. */
export function addMember(
  world: World,
  at: ChatActor,
  user_id: number,
  status: "member" | "administrator" = "member",
): void {
  const chat = shared(at);
  if (isInside(chat.members.get(user_id))) {
    throw new PersonError(`Cannot add ${user_id}: they are in «${chat.title}» already`);
  }
  const user = userById(world, user_id);
  if (user.is_bot && !world.bot.can_join_groups && chat.kind !== "channel") {
    throw new PersonError("Cannot add the bot: it may not join groups");
  }
  const by = userOf(at.person);
  setMemberStatus(world, chat, by, user, status);
  postServiceMessage(world, chat, by, { new_chat_members: [user] });
  emitChat(world, chat);
}

/** Throws somebody out, the bot perhaps; they cannot come back by themselves. */
export function removeMember(world: World, at: ChatActor, user_id: number): void {
  const chat = shared(at);
  checkAdministrator(at, chat);
  const member = chat.members.get(user_id);
  if (!isInside(member) || member?.status === "creator") {
    throw new PersonError(`Cannot remove ${user_id} from «${chat.title}»`);
  }
  goes(world, chat, userOf(at.person), userById(world, user_id), "kicked");
}

/** Makes a member an administrator, or takes that away. */
export function promote(
  world: World,
  at: ChatActor,
  user_id: number,
  administrator: boolean,
): void {
  const chat = shared(at);
  checkAdministrator(at, chat);
  const member = chat.members.get(user_id);
  if (member?.status !== "member" && member?.status !== "administrator") {
    throw new PersonError(`Cannot promote ${user_id}: not a plain member of «${chat.title}»`);
  }
  const status = administrator ? "administrator" : "member";
  setMemberStatus(world, chat, userOf(at.person), member.user, status);
  emitChat(world, chat);
}

/** Gives the chat another title. */
export function setTitle(world: World, at: ChatActor, given: string): void {
  const chat = shared(at);
  checkAdministrator(at, chat);
  const title = given.trim();
  if (title === "") throw new PersonError("Cannot name a chat nothing");
  chat.title = title;
  postServiceMessage(world, chat, userOf(at.person), { new_chat_title: title });
  emitChat(world, chat);
}

/** Says what members may send from now on; what is not named stays as it was. */
export function permit(world: World, at: ChatActor, permissions: ChatPermissions): void {
  const chat = shared(at);
  checkAdministrator(at, chat);
  if (chat.kind === "channel") throw new PersonError("Cannot permit anything in a channel");
  chat.permissions = { ...chat.permissions, ...permissions };
  world.changed();
}

/** Turns a group into a supergroup, which has another id. */
export function migrate(world: World, at: ChatActor): SharedChat {
  const old = shared(at);
  checkAdministrator(at, old);
  if (old.kind !== "group") throw new PersonError(`Cannot migrate «${old.title}»: it is no group`);
  const id = freeId(world, "supergroup");
  const next: SharedChat = {
    ...emptyChat(id),
    kind: "supergroup",
    title: old.title,
    members: new Map(old.members),
    bot_posts: new Set(),
    ...old.permissions !== undefined && { permissions: old.permissions },
  };
  world.chats.set(id, next);
  const by = userOf(at.person);
  postServiceMessage(world, old, by, { migrate_to_chat_id: id });
  const people = world.viewers(old);
  old.migrated_to = id;
  for (const person of people) world.phoneEvents.emit({ name: "gone", person, chat: old.id });
  postServiceMessage(world, next, by, { migrate_from_chat_id: old.id });
  emitChat(world, next);
  return next;
}

/** Blocks the bot, or takes that back; the bot hears of it. */
export function setBlocked(world: World, chat: PrivateChat, blocked: boolean): void {
  const { person } = chat;
  if (person.blocked === blocked) return;
  person.blocked = blocked;
  const user = botUser(world.bot);
  const member = { status: "member", user } as const;
  const kicked = { status: "kicked", user, until_date: 0 } as const;
  queueMemberUpdate(world, "my_chat_member", chatOf(chat), userOf(person), [
    blocked ? member : kicked,
    blocked ? kicked : member,
  ]);
  world.phoneEvents.emit({ name: "person", person: { ...person } });
  world.changed();
}

/** The account is gone: nothing reaches this person any more. */
export function deactivate(world: World, person: Person): void {
  person.deactivated = true;
  world.phoneEvents.emit({ name: "person", person: { ...person } });
  world.changed();
}

function goes(
  world: World,
  chat: SharedChat,
  by: User,
  user: User,
  status: "left" | "kicked",
): void {
  // While they are still inside: who goes sees it too.
  postServiceMessage(world, chat, by, { left_chat_member: user });
  setMemberStatus(world, chat, by, user, status);
  if (!user.is_bot) world.phoneEvents.emit({ name: "gone", person: user.id, chat: chat.id });
  emitChat(world, chat);
}

function shared({ chat }: ChatActor): SharedChat {
  if (isShared(chat)) return chat;
  throw new PersonError(`Cannot do this in «${nameOf(chat)}»: it is a private chat`);
}

function checkAdministrator({ person }: ChatActor, chat: SharedChat): void {
  if (isAdministrator(chat.members.get(person.id))) return;
  throw new PersonError(`Cannot do this: ${person.first_name} is no administrator here`);
}

function userById(world: World, id: number): User {
  return id === world.bot.id ? botUser(world.bot) : userOf(world.privateChat(id).person);
}
