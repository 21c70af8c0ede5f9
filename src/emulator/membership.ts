/** Who is in which chat: making chats, joining, leaving, promoting, blocking, migrating. */
import type { Chat, ChatMember, Message, User } from "grammy/types";
import {
  type At,
  chatMember,
  chatOf,
  type DirectChat,
  emptyChat,
  isAdministrator,
  isInside,
  isShared,
  type Member,
  type MemberStatus,
  type PrivateChat,
  type SharedChat,
  type SharedKind,
  userOf,
} from "./chat.ts";
import { nameOf, tellChat } from "./chat_view.ts";
import type { Person } from "./emulator.ts";
import { hear } from "./hearing.ts";
import { PersonError } from "./person_error.ts";
import { botUser, type World } from "./world.ts";

export interface NewChat {
  kind: SharedKind;
  title: string;
  /** A public name, for a supergroup or a channel. */
  username?: string | undefined;
  /** People who are in it from the beginning, by id. */
  members?: readonly number[] | undefined;
  /** As what the bot is in it; unless given, it is not. */
  bot?: "member" | "administrator" | undefined;
}

export function createChat(world: World, creator: Person, given: NewChat): SharedChat {
  const { kind, username } = given;
  const title = given.title.trim();
  if (title === "") throw new PersonError("Cannot make a chat without a title");
  if (username !== undefined) checkName(world, kind, username);
  const chat: SharedChat = {
    ...emptyChat(freeId(world, kind)),
    kind,
    title,
    ...username !== undefined && { username },
    members: new Map([[creator.id, { user: userOf(creator), status: "creator" }]]),
    bot_posts: new Set(),
  };
  for (const id of given.members ?? []) {
    const { person } = world.privateChat(id);
    if (id !== creator.id) chat.members.set(id, { user: userOf(person), status: "member" });
  }
  world.chats.set(chat.id, chat);
  const by = userOf(creator);
  if (given.bot !== undefined) setStatus(world, chat, by, botUser(world.bot), given.bot);
  if (kind === "group") serve(world, chat, by, { group_chat_created: true });
  else if (given.bot !== undefined) {
    serve(world, chat, by, { new_chat_members: [botUser(world.bot)] });
  }
  tellChat(world, chat);
  return chat;
}

/** The chat of two people without the bot; the same one whenever they are asked for. */
export function createDirect(world: World, one: Person, other: Person): DirectChat {
  if (one === other) throw new PersonError(`Cannot chat with oneself: ${one.first_name}`);
  for (const chat of world.chats.values()) {
    if (chat.kind === "direct" && chat.people.includes(one) && chat.people.includes(other)) {
      return chat;
    }
  }
  let id = 8_000_000_001;
  while (world.chats.has(id)) id++;
  const chat: DirectChat = { ...emptyChat(id), kind: "direct", people: [one, other] };
  world.chats.set(id, chat);
  tellChat(world, chat);
  return chat;
}

/** Enters a public chat, or comes back to one. */
export function join(world: World, person: Person, chat: SharedChat): void {
  const member = chat.members.get(person.id);
  if (isInside(member)) throw new PersonError(`Cannot join: ${person.first_name} is inside`);
  if (member?.status === "kicked") {
    throw new PersonError(`Cannot join: ${person.first_name} was removed from «${chat.title}»`);
  }
  const user = userOf(person);
  setStatus(world, chat, user, user, "member");
  serve(world, chat, user, { new_chat_members: [user] });
  tellChat(world, chat);
}

export function leave(world: World, at: At): void {
  const chat = shared(at);
  goes(world, chat, userOf(at.person), userOf(at.person), "left");
}

/** `user_id` may be the bot's. */
export function addMember(
  world: World,
  at: At,
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
  setStatus(world, chat, by, user, status);
  serve(world, chat, by, { new_chat_members: [user] });
  tellChat(world, chat);
}

/** Throws somebody out, the bot perhaps; they cannot come back by themselves. */
export function removeMember(world: World, at: At, user_id: number): void {
  const chat = shared(at);
  checkAdministrator(at, chat);
  const member = chat.members.get(user_id);
  if (!isInside(member) || member?.status === "creator") {
    throw new PersonError(`Cannot remove ${user_id} from «${chat.title}»`);
  }
  goes(world, chat, userOf(at.person), userById(world, user_id), "kicked");
}

export function promote(world: World, at: At, user_id: number, administrator: boolean): void {
  const chat = shared(at);
  checkAdministrator(at, chat);
  const member = chat.members.get(user_id);
  if (member?.status !== "member" && member?.status !== "administrator") {
    throw new PersonError(`Cannot promote ${user_id}: not a plain member of «${chat.title}»`);
  }
  const status = administrator ? "administrator" : "member";
  setStatus(world, chat, userOf(at.person), member.user, status);
  tellChat(world, chat);
}

export function setTitle(world: World, at: At, given: string): void {
  const chat = shared(at);
  checkAdministrator(at, chat);
  const title = given.trim();
  if (title === "") throw new PersonError("Cannot name a chat nothing");
  chat.title = title;
  serve(world, chat, userOf(at.person), { new_chat_title: title });
  tellChat(world, chat);
}

/** Turns a group into a supergroup, which has another id. */
export function migrate(world: World, at: At): SharedChat {
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
  };
  world.chats.set(id, next);
  const by = userOf(at.person);
  serve(world, old, by, { migrate_to_chat_id: id });
  const people = world.viewers(old);
  old.migrated_to = id;
  for (const person of people) world.happenings.tell({ name: "gone", person, chat: old.id });
  serve(world, next, by, { migrate_from_chat_id: old.id });
  tellChat(world, next);
  return next;
}

export function setBlocked(world: World, chat: PrivateChat, blocked: boolean): void {
  const { person } = chat;
  if (person.blocked === blocked) return;
  person.blocked = blocked;
  const user = botUser(world.bot);
  const member = { status: "member", user } as const;
  const kicked = { status: "kicked", user, until_date: 0 } as const;
  tellOfMember(world, "my_chat_member", chatOf(chat), userOf(person), [
    blocked ? member : kicked,
    blocked ? kicked : member,
  ]);
  world.happenings.tell({ name: "person", person: { ...person } });
  world.changed();
}

/** The account is gone: nothing reaches this person any more. */
export function deactivate(world: World, person: Person): void {
  person.deactivated = true;
  world.happenings.tell({ name: "person", person: { ...person } });
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
  serve(world, chat, by, { left_chat_member: user });
  setStatus(world, chat, by, user, status);
  if (!user.is_bot) world.happenings.tell({ name: "gone", person: user.id, chat: chat.id });
  tellChat(world, chat);
}

/** Tells the bot what concerns itself always, what concerns others as an administrator. */
function setStatus(
  world: World,
  chat: SharedChat,
  by: User,
  user: User,
  status: MemberStatus,
): void {
  const before: Member = chat.members.get(user.id) ?? { user, status: "left" };
  const after: Member = { user, status };
  if (before.status === status) return;
  chat.members.set(user.id, after);
  const isBot = user.id === world.bot.id;
  if (!isBot && !isAdministrator(chat.members.get(world.bot.id))) return;
  tellOfMember(world, isBot ? "my_chat_member" : "chat_member", chatOf(chat), by, [
    chatMember(chat.kind, before),
    chatMember(chat.kind, after),
  ]);
}

function tellOfMember(
  world: World,
  kind: "my_chat_member" | "chat_member",
  chat: Chat,
  from: User,
  [old_chat_member, new_chat_member]: [ChatMember, ChatMember],
): void {
  world.update(kind, { chat, from, date: world.date(), old_chat_member, new_chat_member });
}

/** A message that tells of the chat itself; channels have none of who comes and goes. */
function serve(world: World, chat: SharedChat, from: User, content: Partial<Message>): void {
  if (chat.kind === "channel" && content.new_chat_title === undefined) return;
  const message = {
    message_id: world.nextMessageId(),
    ...chat.kind === "channel" ? { sender_chat: chatOf(chat) } : { from },
    chat: chatOf(chat),
    date: world.date(),
    ...content,
  } as Message;
  world.post(chat, message);
  hear(world, chat, message);
}

function shared({ chat }: At): SharedChat {
  if (isShared(chat)) return chat;
  throw new PersonError(`Cannot do this in «${nameOf(chat)}»: it is a private chat`);
}

function checkAdministrator({ person }: At, chat: SharedChat): void {
  if (isAdministrator(chat.members.get(person.id))) return;
  throw new PersonError(`Cannot do this: ${person.first_name} is no administrator here`);
}

function userById(world: World, id: number): User {
  return id === world.bot.id ? botUser(world.bot) : userOf(world.privateChat(id).person);
}

function checkName(world: World, kind: SharedKind, username: string): void {
  if (kind === "group") throw new PersonError("Cannot name a group publicly: only a supergroup");
  if (!/^[a-z]\w{3,31}$/i.test(username)) {
    throw new PersonError(`Cannot name it @${username}: expected 4-32 of A-Z a-z 0-9 _`);
  }
  if (world.byName(username) !== undefined) throw new PersonError(`@${username} is taken`);
}

/** Groups have small negative ids, supergroups and channels such that begin with -100. */
function freeId(world: World, kind: SharedKind): number {
  let id = kind === "group" ? -500_000_001 : -1_001_500_000_001;
  while (world.chats.has(id)) id--;
  return id;
}
