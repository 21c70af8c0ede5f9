/** How the page words names, times, sizes and kinds of messages. */
import type { Message } from "grammy/types";
import { locale, words } from "./words.ts";

const CLOCK = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit" });

/** The name as a messenger shows it. */
export function fullName(person: { first_name: string; last_name?: string | undefined }): string {
  return person.last_name ? `${person.first_name} ${person.last_name}` : person.first_name;
}

/** 1–2 letters for an avatar. */
export function initials(name: string): string {
  const letters = name.split(/\s+/).slice(0, 2).map((word) => Array.from(word)[0] ?? "");
  return letters.join("").toUpperCase();
}

/** `14:05`, of Unix seconds. */
export function clock(date: number): string {
  return CLOCK.format(date * 1000);
}

/** `Сегодня`, `Вчера`, `12 ноября`, of Unix seconds. */
export function dayName(date: number, now = new Date()): string {
  const days = daysAgo(date, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  return DAY.format(date * 1000);
}

/** `14:05` today, `12.11` before, of Unix seconds. */
export function shortTime(date: number, now = new Date()): string {
  return daysAgo(date, now) === 0 ? clock(date) : SHORT_DAY.format(date * 1000);
}

function daysAgo(date: number, now: Date): number {
  const midnight = (of: Date) => new Date(of).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(new Date(date * 1000))) / 86_400_000);
}

/** `840 Б`, `12,4 КБ`. */
export function fileSize(bytes: number | undefined): string {
  if (bytes === undefined) return "";
  if (bytes < 1024) return words.bytes(String(bytes));
  const round = (size: number) => size.toLocaleString(locale, { maximumFractionDigits: 1 });
  return bytes < 1024 ** 2
    ? words.kilobytes(round(bytes / 1024))
    : words.megabytes(round(bytes / 1024 ** 2));
}

/** `0:07`, of seconds. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const ACTIONS: Readonly<Record<string, string>> = {
  typing: words.typing,
  upload_photo: words.uploadPhoto,
  upload_document: words.uploadDocument,
  upload_video: words.uploadVideo,
  upload_video_note: words.uploadVideo,
  upload_voice: words.uploadVoice,
  record_voice: words.recordVoice,
  record_video: words.recordVideo,
  record_video_note: words.recordVideo,
  choose_sticker: words.chooseSticker,
  find_location: words.findLocation,
};

/** What the bot is doing, by the action of sendChatAction. */
export function doing(action: string): string {
  return ACTIONS[action] ?? words.typing;
}

const KINDS: readonly (readonly [keyof Message, string])[] = [
  ["photo", words.photo],
  ["animation", "GIF"],
  ["sticker", words.sticker],
  ["voice", words.voice],
  ["audio", words.audio],
  ["video", words.video],
  ["video_note", words.videoNote],
  ["venue", words.place],
  ["location", words.location],
  ["contact", words.contact],
  ["poll", words.poll],
];

/** One line that stands for the message in a quote or in the list of chats. */
export function summary(message: Message): string {
  if (message.text) return message.text;
  if (message.dice) return message.dice.emoji;
  const service = serviceWords(message);
  if (service !== null) return service;
  const kind = KINDS.find(([name]) => message[name] !== undefined)?.[1] ??
    (message.document ? message.document.file_name ?? words.file : words.message);
  return message.caption ? `${kind}: ${message.caption}` : kind;
}

/** What a message of the chat itself tells; null for what somebody has said. */
export function serviceWords(message: Message): string | null {
  const who = message.from?.first_name ?? message.chat.title ?? "";
  const names = message.new_chat_members?.map(fullName).join(", ");
  if (names !== undefined) {
    const self = message.new_chat_members?.every(({ id }) => id === message.from?.id);
    return self ? words.joined(who) : words.added(who, names);
  }
  if (message.left_chat_member) {
    const left = message.left_chat_member;
    return left.id === message.from?.id ? words.left(who) : words.removed(who, fullName(left));
  }
  if (message.pinned_message) return words.pins(who);
  if (message.new_chat_title) return words.renamed(message.new_chat_title);
  if (message.group_chat_created || message.supergroup_chat_created) return words.groupMade(who);
  if (message.channel_chat_created) return words.channelMade;
  if (message.migrate_to_chat_id) return words.becameSupergroup;
  if (message.migrate_from_chat_id) return words.continuesGroup;
  if (message.new_chat_photo) return words.newGroupPhoto;
  return null;
}
