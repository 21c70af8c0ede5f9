/** Making groups, supergroups, channels, and chats of two people. */
import {
  type DirectChat,
  emptyChat,
  type SharedChat,
  type SharedKind,
  userOf,
} from "../model/chat.ts";
import type { Person } from "../model/person.ts";
import { PersonError } from "../model/person_error.ts";
import type { NewChat } from "../model/person_handle.ts";
import { emitChat } from "../world/view_chat.ts";
import { botUser, type World } from "../world/world.ts";
import { postServiceMessage, setMemberStatus } from "./member_update.ts";

/** Makes a group, a supergroup or a channel; the bot is inside when asked for. */
export function createChat(world: World, creator: Person, given: NewChat): SharedChat {
  const { kind, username } = given;
  const title = given.title.trim();
  if (title === "") throw new PersonError("Cannot make a chat without a title");
  if (username !== undefined) checkName(world, kind, username);
  if (given.forum === true && kind !== "supergroup") {
    throw new PersonError("Cannot have topics: only a supergroup has");
  }
  const chat: SharedChat = {
    ...emptyChat(freeId(world, kind)),
    kind,
    title,
    ...username !== undefined && { username },
    members: new Map([[creator.id, { user: userOf(creator), status: "creator" }]]),
    bot_posts: new Set(),
    ...given.forum === true && { topics: [] },
  };
  for (const id of given.members ?? []) {
    const { person } = world.privateChat(id);
    if (id !== creator.id) chat.members.set(id, { user: userOf(person), status: "member" });
  }
  world.chats.set(chat.id, chat);
  const by = userOf(creator);
  if (given.bot !== undefined) setMemberStatus(world, chat, by, botUser(world.bot), given.bot);
  if (kind === "group") postServiceMessage(world, chat, by, { group_chat_created: true });
  else if (given.bot !== undefined) {
    postServiceMessage(world, chat, by, { new_chat_members: [botUser(world.bot)] });
  }
  emitChat(world, chat);
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
  emitChat(world, chat);
  return chat;
}

function checkName(world: World, kind: SharedKind, username: string): void {
  if (kind === "group") throw new PersonError("Cannot name a group publicly: only a supergroup");
  if (!/^[a-z]\w{3,31}$/i.test(username)) {
    throw new PersonError(`Cannot name it @${username}: expected 4-32 of A-Z a-z 0-9 _`);
  }
  if (world.byName(username) !== undefined) throw new PersonError(`@${username} is taken`);
}

/** Groups have small negative ids, supergroups and channels such that begin with -100. */
export function freeId(world: World, kind: SharedKind): number {
  let id = kind === "group" ? -500_000_001 : -1_001_500_000_001;
  while (world.chats.has(id)) id--;
  return id;
}
