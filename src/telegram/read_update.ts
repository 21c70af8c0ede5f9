/** Telegram's updates as the dialogue hears them: checked here, at the edge, and nowhere else. */
import { z } from "zod";
import type { Input } from "../../machines/flow/input.ts";
import { cleanText, cutText } from "../base/clean_text.ts";
import type { Codec } from "./codec.ts";
import type { InlineAsk } from "./inline.ts";
import { type CommandReader, Message, readEditedMessage, readMessage } from "./read_message.ts";
import type { ReadOnlyTap, ReadOnlyTaps } from "./read_only.ts";

/** A person as Telegram tells of them. */
export interface Sender {
  telegram_id: number;
  names: { first_name: string; last_name: string | null; username: string | null };
  /** An IETF tag, as the person's phone is set. */
  language: string | null;
}

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
    input: Input;
    tap: TapOf | null;
    /** Where set, `input` has no action, and nothing is to be appended. */
    read_only: ReadOnlyTap | null;
  }
  | { is: "reachable"; update_id: number; from: Sender; chat: ChatOf; reachable: boolean }
  /** For any chat, and about no dialogue. */
  | { is: "asked"; update_id: number; ask: InlineAsk }
  /** `reason` is fit for a log: it holds nothing of what was sent. */
  | { is: "ignored"; update_id: number | null; reason: string };

const User = z.object({
  id: z.int().positive(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});
const Chat = z.object({ id: z.int(), type: z.string() });

const MessageOfSomebody = Message.extend({ from: User.optional(), chat: Chat });

const Update = z.object({
  update_id: z.int().nonnegative(),
  message: MessageOfSomebody.optional(),
  edited_message: MessageOfSomebody.optional(),
  callback_query: z.object({
    id: z.string().min(1),
    from: User,
    message: z.object({ message_id: z.int(), chat: Chat }).optional(),
    data: z.string().optional(),
  }).optional(),
  inline_query: z.object({
    id: z.string().min(1),
    from: User,
    query: z.string(),
    offset: z.string(),
  }).optional(),
  my_chat_member: z.object({
    from: User,
    chat: Chat,
    new_chat_member: z.object({ status: z.string() }),
  }).optional(),
});
type Update = z.infer<typeof Update>;

const NAME_MAX = 64;
const LANGUAGE_MAX = 35;
const WORDS_MAX = 256;

/** What it takes to read updates. */
export interface ReadingBot extends CommandReader {
  /** What a dialogue's buttons carry. */
  decode: Codec["decode"];
  /** Taps that no dialogue hears. */
  readOnly: ReadOnlyTaps;
}

/** Reads one update; never throws. */
export function readUpdate(update: unknown, bot: ReadingBot): ReadUpdate {
  const read = Update.safeParse(update);
  if (!read.success) {
    const { data: known } = Update.pick({ update_id: true }).safeParse(update);
    return ignored(known?.update_id ?? null, `malformed: ${placesOf(read.error)}`);
  }
  const { update_id, message, edited_message } = read.data;
  const { callback_query, inline_query, my_chat_member } = read.data;
  if (message) return readMessageUpdate(update_id, message, readMessage, bot);
  if (edited_message) return readMessageUpdate(update_id, edited_message, readEditedMessage, bot);
  if (callback_query) return readTap(update_id, callback_query, bot);
  if (inline_query) return readAsk(update_id, inline_query);
  if (my_chat_member) return readMembership(update_id, my_chat_member);
  return ignored(update_id, "of a kind that was not asked for");
}

function readMessageUpdate(
  update_id: number,
  message: NonNullable<Update["message"]>,
  read: typeof readMessage,
  bot: ReadingBot,
): ReadUpdate {
  const from = senderOf(message.from);
  if (!from) return ignored(update_id, "a message of no person");
  const chat = chatOf(message.chat);
  if (!chat) return ignored(update_id, `a message in a ${message.chat.type}`);
  const input = read(message, bot, chat.private);
  if (!input) return ignored(update_id, "a message that is not for the bot, or says nothing");
  return { is: "heard", update_id, from, chat, input, tap: null, read_only: null };
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
    input: { kind: "tap", action: decode(data) },
    tap: { query_id: query.id, message_id: query.message?.message_id ?? null },
    read_only: readOnly(data),
  };
}

function readAsk(update_id: number, asked: NonNullable<Update["inline_query"]>): ReadUpdate {
  const from = senderOf(asked.from);
  if (!from) return ignored(update_id, "an inline query of no person");
  const { telegram_id, language } = from;
  const words = cutText(cleanText(asked.query), WORDS_MAX);
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
  const from = senderOf(member.from);
  const chat = chatOf(member.chat);
  if (!from || !chat?.private) return ignored(update_id, "a membership of no private chat");
  const reachable = member.new_chat_member.status === "member";
  return { is: "reachable", update_id, from, chat, reachable };
}

const ignored = (update_id: number | null, reason: string): ReadUpdate => ({
  is: "ignored",
  update_id,
  reason,
});

function senderOf(user: z.infer<typeof User> | undefined): Sender | null {
  if (!user || user.is_bot) return null;
  const name = (text: string | undefined) => cutText(cleanText(text ?? ""), NAME_MAX) || null;
  return {
    telegram_id: user.id,
    names: {
      first_name: name(user.first_name) ?? "",
      last_name: name(user.last_name),
      username: name(user.username),
    },
    language: cutText(cleanText(user.language_code ?? ""), LANGUAGE_MAX) || null,
  };
}

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
