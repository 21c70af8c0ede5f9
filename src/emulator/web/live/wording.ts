/** How the page words names, times, sizes and kinds of messages. */
import type { Message } from "grammy/types";

const CLOCK = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat("ru", { day: "2-digit", month: "2-digit" });

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
  if (days === 0) return "Сегодня";
  if (days === 1) return "Вчера";
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
  if (bytes < 1024) return `${bytes} Б`;
  const [size, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "КБ"] : [bytes / 1024 ** 2, "МБ"];
  return `${size.toLocaleString("ru", { maximumFractionDigits: 1 })} ${unit}`;
}

/** `0:07`, of seconds. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** `1 участник`, `2 участника`, `5 участников`: the form that fits the count, after it. */
export function counted(count: number, one: string, few: string, many: string): string {
  const [tens, ones] = [count % 100, count % 10];
  if (ones === 1 && tens !== 11) return `${count} ${one}`;
  const isFew = ones >= 2 && ones <= 4 && (tens < 12 || tens > 14);
  return `${count} ${isFew ? few : many}`;
}

const ACTIONS: Readonly<Record<string, string>> = {
  typing: "печатает",
  upload_photo: "отправляет фото",
  upload_document: "отправляет файл",
  upload_video: "отправляет видео",
  upload_voice: "отправляет голосовое",
  record_voice: "записывает голосовое",
  record_video: "записывает видео",
  choose_sticker: "выбирает стикер",
  find_location: "ищет место на карте",
};

/** What the bot is doing, by the action of sendChatAction. */
export function doing(action: string): string {
  return ACTIONS[action] ?? "печатает";
}

const KINDS: readonly (readonly [keyof Message, string])[] = [
  ["photo", "Фото"],
  ["animation", "GIF"],
  ["sticker", "Стикер"],
  ["voice", "Голосовое сообщение"],
  ["audio", "Аудио"],
  ["video", "Видео"],
  ["video_note", "Видеосообщение"],
  ["venue", "Место"],
  ["location", "Геопозиция"],
  ["contact", "Контакт"],
  ["poll", "Опрос"],
];

/** One line that stands for the message in a quote or in the list of chats. */
export function summary(message: Message): string {
  if (message.text) return message.text;
  if (message.dice) return message.dice.emoji;
  const service = serviceWords(message);
  if (service !== null) return service;
  const kind = KINDS.find(([name]) => message[name] !== undefined)?.[1] ??
    (message.document ? message.document.file_name ?? "Файл" : "Сообщение");
  return message.caption ? `${kind}: ${message.caption}` : kind;
}

/** What a message of the chat itself tells; null for what somebody has said. */
export function serviceWords(message: Message): string | null {
  const who = message.from?.first_name ?? message.chat.title ?? "";
  const names = message.new_chat_members?.map(fullName).join(", ");
  if (names !== undefined) {
    const self = message.new_chat_members?.every(({ id }) => id === message.from?.id);
    return self ? `${who} теперь в группе` : `${who} добавляет: ${names}`;
  }
  if (message.left_chat_member) {
    const left = message.left_chat_member;
    return left.id === message.from?.id ? `${who} выходит` : `${who} удаляет: ${fullName(left)}`;
  }
  if (message.pinned_message) return `${who} закрепляет сообщение`;
  if (message.new_chat_title) return `Новое название: ${message.new_chat_title}`;
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} создаёт группу`;
  if (message.channel_chat_created) return "Канал создан";
  if (message.migrate_to_chat_id) return "Группа стала супергруппой";
  if (message.migrate_from_chat_id) return "Супергруппа продолжает группу";
  if (message.new_chat_photo) return "Новое фото группы";
  return null;
}

/** `Бориса`, `Анны`: whose something is. Names that are not plain Russian ones stay as they are. */
export function possessive(name: string): string {
  if (!/^[А-ЯЁ][а-яё]+$/.test(name)) return name;
  if (/[гкхжчшщ]а$/.test(name)) return name.replace(/а$/, "и");
  if (name.endsWith("а")) return name.replace(/а$/, "ы");
  if (name.endsWith("я")) return name.replace(/я$/, "и");
  if (name.endsWith("й")) return name.replace(/й$/, "я");
  return /[бвгджзклмнпрстфхцчшщ]$/.test(name) ? `${name}а` : name;
}
