/** One message as an input: a command, a text, a picture, or something else by its name. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { TelegramFile } from "../../events/photo.ts";
import type { Input } from "../../machines/flow/input.ts";
import { cleanText, cutText } from "../base/clean_text.ts";

const file = {
  file_id: z.string().min(1),
  file_unique_id: z.string().min(1),
  file_size: z.int().nonnegative().optional(),
};

/** What follows a text or a photo in this order: some kinds come with an older kind beside them. */
const others = [
  "animation",
  "sticker",
  "voice",
  "video",
  "video_note",
  "audio",
  "venue",
  "location",
  "contact",
  "poll",
  "dice",
  "story",
  "game",
  "checklist",
  "live_photo",
  "paid_media",
  "rich_message",
  "giveaway",
  "gift",
] as const;

const entities = z.array(z.object({ type: z.string(), url: z.string().optional() })).optional();

const present = z.record(z.string(), z.unknown()).optional();

/** As much of Telegram's Message as makes an input. Service messages have none of it. */
export const Message = z.object({
  message_id: z.int().positive().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities,
  caption_entities: entities,
  quote: z.object({ text: z.string(), entities, is_manual: z.boolean().optional() }).optional(),
  reply_markup: z.object({
    inline_keyboard: z.array(z.array(z.object({ url: z.string().optional() }))).optional(),
  }).optional(),
  photo: z.array(z.object({ ...file, width: z.number(), height: z.number() })).min(1).optional(),
  document: z.object({
    ...file,
    file_name: z.string().optional(),
    mime_type: z.string().optional(),
  }).optional(),
  media_group_id: z.string().optional(),
  ...Object.fromEntries(others.map((name) => [name, present])) as Record<
    typeof others[number],
    typeof present
  >,
});
export type Message = z.infer<typeof Message>;

const TEXT_MAX = 4096;
const IMAGE_NAME = /\.(?:jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif|svg)$/i;
const COMMAND = /^\/([a-z0-9_]{1,32})(?:@([a-z0-9_]+))?(?:\s+(.*))?$/isu;

/** What it takes to read commands. */
export interface CommandReader {
  /** The bot's, for commands in groups. */
  username: string;
  /** Beginnings of a start's payload that are secrets: each is known by its sha256 from here on. */
  secretStarts: ReadonlySet<string>;
}

/** The input, or null where there is none for this bot. In groups only its commands are heard. */
export function readMessage(
  message: Message,
  bot: CommandReader,
  isPrivate: boolean,
): Input | null {
  const { message_id, text, media_group_id } = message;
  const number = message_id === undefined ? {} : { message: message_id };
  if (text !== undefined) {
    const read = readText(text, bot, isPrivate);
    return read && { ...read, ...number, ...read.kind === "text" && besideOf(message) };
  }
  if (!isPrivate) return null;
  const caption = cutText(cleanText(message.caption ?? ""), TEXT_MAX).trim();
  const more = { ...number, ...caption !== "" && { caption }, ...besideOf(message) };
  const album = media_group_id === undefined ? null : cleanText(media_group_id);
  if (message.photo) return { kind: "photo", file: largest(message.photo), album, ...more };
  const other = others.find((name) => message[name] !== undefined);
  if (other) return { kind: "other", what: other === "venue" ? "location" : other, ...more };
  if (!message.document) return null;
  const { mime_type = "", file_name = "" } = message.document;
  return mime_type.startsWith("image/") || IMAGE_NAME.test(file_name)
    ? { kind: "image_file", file: fileOf(message.document), album, ...more }
    : { kind: "other", what: "document", ...more };
}

/**
 * A message that had come before, as it is now; null where its words cannot have changed: places
 * that move and polls that are answered come as edits every few seconds.
 */
export function readEditedMessage(
  message: Message,
  bot: CommandReader,
  isPrivate: boolean,
): Input | null {
  const input = readMessage(message, bot, isPrivate);
  if (!input || input.kind === "tap") return null;
  if (input.kind === "other" && input.caption === undefined && !input.links) return null;
  return { ...input, edited: true };
}

const TO_CODE = /[?&]start=v_/i;

/** Links to a code, under words or on buttons, and what the person chose to answer. */
function besideOf({ entities = [], caption_entities = [], quote, reply_markup }: Message) {
  const buttons = reply_markup?.inline_keyboard?.flat() ?? [];
  const links = [...entities, ...caption_entities, ...quote?.entities ?? [], ...buttons]
    .flatMap(({ url }) => url !== undefined && TO_CODE.test(url) ? [cleanText(url)] : []);
  const quoted = quote?.is_manual ? cutText(cleanText(quote.text), TEXT_MAX) : "";
  return { ...links.length > 0 && { links }, ...quoted !== "" && { quote: quoted } };
}

function readText(raw: string, bot: CommandReader, isPrivate: boolean): Input | null {
  const text = cutText(cleanText(raw), TEXT_MAX).trim();
  const command = COMMAND.exec(text);
  if (!command) return isPrivate ? { kind: "text", text } : null;
  const [, name = "", addressee, argument = ""] = command;
  const isOurs = addressee?.toLowerCase() === bot.username.toLowerCase();
  if (!isOurs && (addressee !== undefined || !isPrivate)) return null;
  return {
    kind: "command",
    name: name.toLowerCase(),
    argument: withoutSecret(argument.trim(), bot),
  };
}

function withoutSecret(argument: string, { secretStarts }: CommandReader): string {
  const [, beginning = "", secret = ""] = /^([a-z]+)_(.+)$/s.exec(argument) ?? [];
  if (!secretStarts.has(beginning)) return argument;
  return `${beginning}_${createHash("sha256").update(secret).digest("hex")}`;
}

function largest(sizes: NonNullable<Message["photo"]>): TelegramFile {
  const area = (size: typeof sizes[number]) => size.width * size.height;
  return fileOf(sizes.reduce((best, size) => (area(size) > area(best) ? size : best)));
}

function fileOf(source: z.infer<z.ZodObject<typeof file>>): TelegramFile {
  return {
    file_id: cleanText(source.file_id),
    unique_id: cleanText(source.file_unique_id),
    size: source.file_size ?? null,
  };
}
