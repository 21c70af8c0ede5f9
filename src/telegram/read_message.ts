/** One message as an input: a command, a text, a picture, or something else by its name. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { TelegramFile } from "../../events/photo.ts";
import type { Input } from "../../machines/flow/input.ts";
import { cutText } from "../base/clean_text.ts";

/** An id of Telegram's; one that is longer than any is none. */
export const Id = z.string().min(1).max(1024);

const file = {
  file_id: Id,
  file_unique_id: Id,
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
  media_group_id: Id.optional(),
  ...Object.fromEntries(others.map((name) => [name, present])) as Record<
    typeof others[number],
    typeof present
  >,
});
export type Message = z.infer<typeof Message>;

const TEXT_MAX = 4096;
const LINK_MAX = 2048;
const LINKS_MAX = 100;
const IMAGE_NAME = /\.(?:jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif|svg)$/i;
const COMMAND = /^\/([a-z0-9_]{1,32})(?:@([a-z0-9_]+))?(?:\s+(.*))?$/isu;

/** What it takes to read commands. */
export interface CommandReader {
  id: number;
  /** The bot's, for commands in groups. */
  username: string;
  /** Beginnings of a start's payload that are secrets: each is known by its sha256 from here on. */
  secretStarts: ReadonlySet<string>;
}

/** The input that a message in private is, or null where it is none for this bot. */
export function readMessage(message: Message, bot: CommandReader): Input | null {
  const more = besideOf(message);
  if (message.text !== undefined) return readText(textOf(message.text), bot, more);
  const picture = readPicture(message);
  if (picture) return picture;
  const under = { ...captionOf(message), ...more };
  const other = others.find((name) => message[name] !== undefined);
  if (other) return { kind: "other", what: other === "venue" ? "location" : other, ...under };
  return message.document ? { kind: "other", what: "document", ...under } : null;
}

/** A photo, or a picture that is sent as a file. */
export function readPicture(message: Message): Input | null {
  const album = message.media_group_id ?? null;
  const more = { album, ...captionOf(message), ...besideOf(message) };
  if (message.photo) return { kind: "photo", file: largest(message.photo), ...more };
  // Some kinds come with a file beside them.
  if (!message.document || others.some((name) => message[name] !== undefined)) return null;
  const { mime_type = "", file_name = "" } = message.document;
  return mime_type.startsWith("image/") || IMAGE_NAME.test(file_name)
    ? { kind: "image_file", file: fileOf(message.document), ...more }
    : null;
}

/**
 * A message that had come before, as it is now; null where its words cannot have changed: places
 * that move and polls that are answered come as edits every few seconds.
 */
export function asEdited(input: Input | null): Input | null {
  if (!input || input.kind === "tap") return null;
  if (input.kind === "other" && input.caption === undefined && !input.links) return null;
  return { ...input, edited: true };
}

const TO_CODE = /[?&]start=v_/i;

/** The message's number, links to a code under its words or on buttons, what it chose to answer. */
export function besideOf(
  { message_id, entities = [], caption_entities = [], quote, reply_markup }: Message,
) {
  const buttons = reply_markup?.inline_keyboard?.flat() ?? [];
  const links = [...entities, ...caption_entities, ...quote?.entities ?? [], ...buttons]
    .flatMap(({ url }) => url !== undefined && TO_CODE.test(url) ? [url] : [])
    .filter((url) => url.length <= LINK_MAX).slice(0, LINKS_MAX);
  const quoted = quote?.is_manual ? textOf(quote.text) : "";
  return {
    ...message_id !== undefined && { message: message_id },
    ...links.length > 0 && { links },
    ...quoted !== "" && { quote: quoted },
  };
}

function captionOf({ caption: raw = "" }: Message): { caption?: string } {
  const caption = textOf(raw);
  return caption === "" ? {} : { caption };
}

/** What was typed, without what nobody sees. */
export const textOf = (raw: string): string => cutText(raw, TEXT_MAX).trim();

function readText(
  text: string,
  bot: CommandReader,
  more: ReturnType<typeof besideOf>,
): Input | null {
  if (!COMMAND.test(text)) return { kind: "text", text, ...more };
  const command = readCommand(text, bot, () => true);
  const { message } = more;
  return command && { ...command, ...message !== undefined && { message } };
}

/** A command of this bot's; null for another's, and for what is none. Bare ones name no bot. */
export function readCommand(
  text: string,
  bot: CommandReader,
  hearsBare: (name: string) => boolean,
): Input | null {
  const [command, typed = "", addressee, argument = ""] = COMMAND.exec(text) ?? [];
  if (command === undefined) return null;
  const name = typed.toLowerCase();
  const isOurs = addressee === undefined
    ? hearsBare(name)
    : addressee.toLowerCase() === bot.username.toLowerCase();
  if (!isOurs) return null;
  return { kind: "command", name, argument: withoutSecret(argument.trim(), bot) };
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
    file_id: source.file_id,
    unique_id: source.file_unique_id,
    size: source.file_size ?? null,
  };
}
