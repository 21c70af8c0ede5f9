/** What a bot's message says, text or caption with entities, and where its file comes from. */
import type { Message, MessageEntity } from "grammy/types";
import { fetchFile } from "../files/fetch_file.ts";
import type { FileMetadata, FileStore } from "../files/file_store.ts";
import { keepMedia, knownMedia, type Media, type MediaField } from "../files/media.ts";
import { userOf } from "../model/chat.ts";
import { isRecord } from "../model/json_value.ts";
import { badRequest, Refusal } from "../model/refusal.ts";
import { Upload } from "../model/upload.ts";
import { knownPart } from "../schema/known_part.ts";
import { characters } from "../schema/validate.ts";
import { type FindUser, formatText } from "../text/entities.ts";
import { botUser, type World } from "../world/world.ts";
import type { Call } from "./call.ts";

/** In characters, after the markup is gone. */
const text_max = 4096;
/** In characters, after the markup is gone. */
const caption_max = 1024;
const upload_bytes_max = 50 * 1024 * 1024;

/** The params of a call, or an object of the Bot API inside them. */
export type CallParams = Readonly<Record<string, unknown>>;

/** Words of a message. */
export type Content = Pick<Message, "text" | "entities" | "caption" | "caption_entities">;

/** Text is counted after its markup is gone; `field` is where it stands. Throws a `Refusal`. */
export function readText(
  world: World,
  source: CallParams,
  field: "text" | "message_text" = "text",
): Content {
  const { text, entities } = formatText(
    wordsOf(source[field]),
    source.parse_mode,
    entitiesOf(source.entities),
    userFinder(world),
  );
  if (text === "") throw badRequest("message text is empty");
  if (characters(text, text_max) > text_max) throw badRequest("message is too long");
  return { text, ...entities.length > 0 && { entities } };
}

/** The caption of a call or of one album item; no caption is no field. Throws a `Refusal`. */
export function readCaption(world: World, source: CallParams): Content {
  const { text, entities } = formatText(
    wordsOf(source.caption),
    source.parse_mode,
    entitiesOf(source.caption_entities),
    userFinder(world),
  );
  if (text === "") return {};
  if (characters(text, caption_max) > caption_max) throw badRequest("message caption is too long");
  return { caption: text, ...entities.length > 0 && { caption_entities: entities } };
}

/** Markup mentions people by their ids. */
export function userFinder(world: World): FindUser {
  return (id) => {
    const person = world.people.get(id);
    if (id === world.bot.id) return botUser(world.bot);
    return person && userOf(person);
  };
}

function wordsOf(given: unknown): string {
  return typeof given === "string" || typeof given === "number" ? String(given) : "";
}

function entitiesOf(value: unknown): MessageEntity[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((entity): entity is MessageEntity => isRecord(entity));
}

/** An upload, or a `file_id`, or a URL. */
export type FileSource = Upload | string;

/** The file of a param: an upload, `attach://name`, a `file_id` or a URL; undefined: none. */
export function readFile(call: Call, value: unknown): FileSource | undefined {
  if (value instanceof Upload) return checked(value);
  if (typeof value !== "string" || value === "") return undefined;
  if (!value.startsWith("attach://")) return value;
  const upload = call.uploads.get(value.slice("attach://".length));
  return upload === undefined ? undefined : checked(upload);
}

function checked(upload: Upload): Upload {
  if (upload.bytes.length > upload_bytes_max) throw new Refusal(413, "Request Entity Too Large");
  if (upload.bytes.length === 0) throw badRequest("file must be non-empty");
  return upload;
}

/** The media that a bot sends. Throws a `Refusal` when the file, its id or its URL is refused. */
export async function readMedia(
  files: FileStore,
  field: MediaField,
  source: FileSource,
  facts: FileMetadata = {},
): Promise<Media> {
  if (typeof source === "string") {
    if (!source.includes(".") && !source.includes(":")) return knownMedia(files, field, source);
    return await keepMedia(files, field, await fetchFile(source, field), facts, "bot");
  }
  return await keepMedia(files, field, source, facts, "bot");
}

/** What the call says of a file that plays or shows. */
export function readFileMetadata(source: CallParams): FileMetadata {
  const facts: Record<string, unknown> = {};
  for (const name of ["duration", "width", "height"]) {
    if (typeof source[name] === "number" && source[name] > 0) facts[name] = source[name];
  }
  for (const name of ["performer", "title"]) {
    if (typeof source[name] === "string" && source[name] !== "") facts[name] = source[name];
  }
  return facts;
}

/** The flags of a message with media that were set. */
export function mediaFlags(source: CallParams): Partial<Message> {
  return {
    ...source.has_spoiler === true && { has_media_spoiler: true as const },
    ...source.show_caption_above_media === true && { show_caption_above_media: true as const },
  };
}

/** How the message wants its link shown, if it says so. */
export function linkPreview(source: CallParams): Partial<Message> {
  const given = source.link_preview_options;
  if (!isRecord(given)) return {};
  const known = knownPart("LinkPreviewOptions", given, "link preview options");
  return Object.keys(known).length > 0 ? { link_preview_options: known } : {};
}
