/** Telegram's updates as the dialogue hears them: checked here, at the edge, and nowhere else. */
import { z } from "zod";
import type { Input } from "../../machines/flow/input.ts";
import { cleanJson, cutText } from "../base/clean_text.ts";
import type { Place } from "../../events/envelope.ts";
import type { Codec } from "./codec.ts";
import type { InlineAsk } from "./inline.ts";
import { Addressed, readInGroup } from "./read_in_group.ts";
import { asEdited, type CommandReader, Id, Message, readMessage } from "./read_message.ts";
import type { ReadOnlyTap, ReadOnlyTaps } from "./read_only.ts";
import { Chat, placeOf, type Sender, senderOf, senderOfChat } from "./speaker.ts";
import { speakerOf, Spoken, Standing, User } from "./speaker.ts";

export interface ChatOf {
  id: number;
  private: boolean;
}

/** The tap's callback query, which must be answered, and the message under which the button was. */
export interface TapOf {
  query_id: string;
  message_id: number | null;
}

/** What an update amounts to. */
export type ReadUpdate =
  | {
    is: "heard";
    update_id: number;
    from: Sender;
    chat: ChatOf;
    /** Where it is answered, beside the chat. */
    place: Place;
    input: Input;
    tap: TapOf | null;
    /** Where set, `input` has no action, and nothing is to be appended. */
    read_only: ReadOnlyTap | null;
  }
  | { is: "reachable"; update_id: number; from: Sender; chat: ChatOf; reachable: boolean }
  /** The bot came into a group or a channel. */
  | { is: "added"; update_id: number; from: Sender; chat: ChatOf; channel: boolean }
  /** A group has another id from now on. */
  | { is: "moved"; update_id: number; old: number; now: number }
  /** For any chat, and about no dialogue. */
  | { is: "asked"; update_id: number; ask: InlineAsk }
  /** `reason` is fit for a log: it holds nothing of what was sent. */
  | { is: "ignored"; update_id: number | null; reason: string };

/** What a migration says in the old group and in the new one. */
const Migration = z.object({
  migrate_to_chat_id: z.int().optional(),
  migrate_from_chat_id: z.int().optional(),
});
const Member = z.object({ status: z.string(), is_member: z.boolean().optional() });

const MessageOfSomebody = Message.extend(Spoken.shape).extend(Addressed.shape)
  .extend(Migration.shape);

const Update = z.object({
  update_id: z.int().nonnegative(),
  message: MessageOfSomebody.optional(),
  edited_message: MessageOfSomebody.optional(),
  callback_query: z.object({
    id: Id,
    from: User,
    message: Standing.optional(),
    data: z.string().optional(),
  }).optional(),
  inline_query: z.object({
    id: Id,
    from: User,
    query: z.string(),
    offset: z.string(),
  }).optional(),
  my_chat_member: z.object({
    from: User,
    chat: Chat,
    old_chat_member: Member.optional(),
    new_chat_member: Member,
  }).optional(),
});
type Update = z.infer<typeof Update>;

/** All that is needed of an update that is not read. */
const Confirmable = Update.pick({ update_id: true });

const WORDS_MAX = 256;

/** What it takes to read updates. */
export interface ReadingBot extends CommandReader {
  /** What a dialogue's buttons carry. */
  decode: Codec["decode"];
  /** Taps that no dialogue hears. */
  readOnly: ReadOnlyTaps;
}

/** The id by which an update is confirmed; null where it has none that can be. */
export function updateIdOf(update: unknown): number | null {
  const { data: known } = Confirmable.safeParse(update);
  return known?.update_id ?? null;
}

/** Reads one update; never throws. Every text that it has is clean from here on. */
export function readUpdate(update: unknown, bot: ReadingBot): ReadUpdate {
  const read = Update.safeParse(cleanJson(update));
  if (!read.success) return ignored(updateIdOf(update), `malformed: ${placesOf(read.error)}`);
  const { update_id, message, edited_message } = read.data;
  const { callback_query, inline_query, my_chat_member } = read.data;
  if (message) return readMessageUpdate(update_id, message, false, bot);
  if (edited_message) return readMessageUpdate(update_id, edited_message, true, bot);
  if (callback_query) return readTap(update_id, callback_query, bot);
  if (inline_query) return readAsk(update_id, inline_query);
  if (my_chat_member) return readMembership(update_id, my_chat_member);
  return ignored(update_id, "of a kind that was not asked for");
}

function readMessageUpdate(
  update_id: number,
  message: NonNullable<Update["message"]>,
  isEdit: boolean,
  bot: ReadingBot,
): ReadUpdate {
  const { migrate_to_chat_id: to, migrate_from_chat_id: old } = message;
  if (to !== undefined) return { is: "moved", update_id, old: message.chat.id, now: to };
  if (old !== undefined) return { is: "moved", update_id, old, now: message.chat.id };
  const from = speakerOf(message);
  if (!from) return ignored(update_id, "a message of no person");
  const chat = chatOf(message.chat);
  if (!chat) return ignored(update_id, "a message in a chat of another kind");
  // What the bot itself offered is no answer to it.
  const isOwn = message.via_bot?.id === bot.id;
  const read = isOwn ? null : chat.private ? readMessage(message, bot) : readInGroup(message, bot);
  const input = isEdit ? asEdited(read) : read;
  if (!input) return ignored(update_id, "a message that is not for the bot, or says nothing");
  const place = placeOf(message);
  return { is: "heard", update_id, from, chat, place, input, tap: null, read_only: null };
}

function readTap(
  update_id: number,
  query: NonNullable<Update["callback_query"]>,
  { decode, readOnly }: ReadingBot,
): ReadUpdate {
  const from = senderOf(query.from);
  if (!from) return ignored(update_id, "a tap of no person");
  const chat = query.message ? chatOf(query.message.chat) : { id: query.from.id, private: true };
  if (!chat) return ignored(update_id, "a tap in a channel");
  const data = query.data ?? "";
  return {
    is: "heard",
    update_id,
    from,
    chat,
    place: query.message ? placeOf(query.message) : {},
    input: { kind: "tap", action: decode(data) },
    tap: { query_id: query.id, message_id: query.message?.message_id ?? null },
    read_only: readOnly(data),
  };
}

function readAsk(update_id: number, asked: NonNullable<Update["inline_query"]>): ReadUpdate {
  const from = senderOf(asked.from);
  if (!from) return ignored(update_id, "an inline query of no person");
  const { telegram_id, language } = from;
  const words = cutText(asked.query, WORDS_MAX);
  const offset = /^\d{1,6}$/.test(asked.offset) ? Number(asked.offset) : 0;
  return {
    is: "asked",
    update_id,
    ask: { query_id: asked.id, telegram_id, language, words, offset },
  };
}

function readMembership(
  update_id: number,
  member: NonNullable<Update["my_chat_member"]>,
): ReadUpdate {
  const { chat: { id, type }, new_chat_member: now, old_chat_member: before } = member;
  // An anonymous administrator is no person: the chat itself is answered.
  const from = senderOf(member.from) ?? senderOfChat(member.chat);
  if (!from) return ignored(update_id, "a membership of nobody");
  if (type === "private") {
    const chat = { id, private: true };
    return { is: "reachable", update_id, from, chat, reachable: now.status === "member" };
  }
  if (isInside(before) || !isInside(now)) return ignored(update_id, "the bot did not come");
  const chat = { id, private: false };
  return { is: "added", update_id, from, chat, channel: type === "channel" };
}

const isInside = (member: z.infer<typeof Member> | undefined): boolean =>
  ["member", "administrator", "creator"].includes(member?.status ?? "") ||
  member?.is_member === true;

const ignored = (update_id: number | null, reason: string): ReadUpdate => ({
  is: "ignored",
  update_id,
  reason,
});

function chatOf({ id, type }: z.infer<typeof Chat>): ChatOf | null {
  if (type === "private") return { id, private: true };
  return type === "group" || type === "supergroup" ? { id, private: false } : null;
}

/** Where it is wrong and how, without the values. */
function placesOf(error: z.ZodError): string {
  return error.issues.slice(0, 3)
    .map(({ path, code }) => `${path.filter((part) => typeof part === "string").join(".")} ${code}`)
    .join(", ");
}
