/** Chats of every kind, and how the Bot API shows them, their members and who speaks in them. */
import type { Chat, ChatMember, ChatPermissions, Message, ReactionType } from "grammy/types";
import type { ReplyKeyboardMarkup, User } from "grammy/types";
import type { Person } from "./person.ts";

interface ChatBase {
  id: number;
  /** By id, in order; deleted ones are gone. */
  messages: Map<number, Message>;
  /** Message ids, the newest pin last. */
  pinned: number[];
  /** What people and the bot feel about a message: by message, then by who. */
  reactions: Map<number, Map<number, ReactionType[]>>;
  /** The reply keyboard on a person's phone. */
  keyboards: Map<number, ReplyKeyboardMarkup>;
}

/** A topic; General is none of them: what is said there names no topic. */
export interface Topic {
  /** The id of the message that opened it. */
  thread: number;
  name: string;
  closed: boolean;
}

/** A person's chat with the bot; its id is the person's. */
export interface PrivateChat extends ChatBase {
  kind: "private";
  person: Person;
  /** The person has written to the bot, or pressed Start. */
  started: boolean;
  /** Where the bot has topics in private chats. */
  topics?: Topic[];
}

/** Two people without the bot, who can still share what it offers inline. */
export interface DirectChat extends ChatBase {
  kind: "direct";
  people: [Person, Person];
}

/** The chats that have members. */
export type SharedKind = "group" | "supergroup" | "channel";

/** A group, a supergroup or a channel. */
export interface SharedChat extends ChatBase {
  kind: SharedKind;
  title: string;
  username?: string;
  description?: string;
  /** Everybody who is or was here, the bot too, by id. */
  members: Map<number, Member>;
  /** What the bot posted in a channel, where messages do not name their sender. */
  bot_posts: Set<number>;
  /** What members of a group may not send; anything else they may. */
  permissions?: ChatPermissions;
  /** The supergroup that this group has become. */
  migrated_to?: number;
  /** The topics of a forum; none is no forum. */
  topics?: Topic[];
  /** Whether only those who manage topics may write into a forum's General. */
  general_closed?: boolean;
  /** The group into which a channel's posts are brought. */
  discussed_in?: number;
}

/** Any chat of this Telegram. */
export type WorldChat = PrivateChat | DirectChat | SharedChat;

/** As `ChatMember` has it, for what can happen here. */
export type MemberStatus = "creator" | "administrator" | "member" | "left" | "kicked";

/** Somebody who is or was inside a shared chat. */
export interface Member {
  user: User;
  status: MemberStatus;
}

/** A person who acts, and the chat where they do. */
export interface ChatActor {
  person: Person;
  chat: WorldChat;
}

/** What every chat begins with. */
export function emptyChat(id: number): ChatBase {
  return { id, messages: new Map(), pinned: [], reactions: new Map(), keyboards: new Map() };
}

/** Whether the chat has members. */
export function isShared(chat: WorldChat): chat is SharedChat {
  return chat.kind !== "private" && chat.kind !== "direct";
}

/** Whether somebody of this status is in the chat. */
export function isInside(member: Member | undefined): boolean {
  return member !== undefined && member.status !== "left" && member.status !== "kicked";
}

/** Whether this is the owner or an administrator. */
export function isAdministrator(member: Member | undefined): boolean {
  return member?.status === "creator" || member?.status === "administrator";
}

/** The person as the Bot API shows a sender. */
export function userOf({ blocked: _, deactivated: __, ...person }: Person): User {
  return { ...person, is_bot: false };
}

/** The chat as the Bot API shows it. */
export function chatOf(chat: WorldChat): Chat {
  if (chat.kind === "private") return personChat(chat.person);
  if (chat.kind === "direct") {
    const first_name = chat.people.map((person) => person.first_name).join(" & ");
    return { id: chat.id, type: "private", first_name };
  }
  const { id, kind, title, username } = chat;
  // A group has no public name; a supergroup or a channel may.
  if (kind === "group") return { id, type: kind, title };
  const named = { id, title, ...username !== undefined && { username } };
  if (kind === "channel") return { ...named, type: kind };
  return { ...named, type: kind, ...chat.topics !== undefined && { is_forum: true as const } };
}

function personChat(given: Person): Chat.PrivateChat {
  const { blocked: _, deactivated: __, language_code: ___, ...person } = given;
  return { ...person, type: "private" };
}

/** The member as the Bot API shows one of this chat; administrators may do all but promote. */
export function chatMember(kind: SharedKind, { user, status }: Member): ChatMember {
  switch (status) {
    case "creator":
      return { status, user, is_anonymous: false };
    case "administrator":
      return { status, user, ...rights(kind) };
    case "kicked":
      return { status, user, until_date: 0 };
    case "member":
    case "left":
      return { status, user };
  }
}

function rights(kind: SharedKind) {
  return {
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: true,
    can_manage_video_chats: true,
    can_restrict_members: true,
    can_promote_members: false,
    can_change_info: true,
    can_invite_users: true,
    can_post_stories: false,
    can_edit_stories: false,
    can_delete_stories: false,
    can_send_welcome_messages: false,
    ...kind === "channel"
      ? { can_post_messages: true, can_edit_messages: true }
      : { can_pin_messages: true },
  };
}
