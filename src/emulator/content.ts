/** What a bot's message says: text or caption with entities, and the file it carries. */
import type { Document, Message, MessageEntity, PhotoSize } from "grammy/types";
import type { Call } from "./call.ts";
import { formatText } from "./entities.ts";
import type { FileStore, StoredFile } from "./file_store.ts";
import { photoSizes } from "./picture.ts";
import { randomId } from "./random_id.ts";
import { badRequest, notEmulated, Refusal } from "./refusal.ts";
import { Upload } from "./upload.ts";
import { characters, isRecord } from "./validate.ts";

export const text_max = 4096;
export const caption_max = 1024;
const upload_bytes_max = 50 * 1024 * 1024;

/** The part of a message that an edit replaces. */
export type Content = Pick<Message, "text" | "entities" | "caption" | "caption_entities">;
export type Media = { photo: PhotoSize[] } | { document: Document };

/** Text is counted after its markup is gone. Throws a `Refusal`. */
export function readText(call: Call): Content {
  const { text, entities } = formatText(
    call.text("text"),
    call.params.parse_mode,
    entitiesOf(call.params.entities),
  );
  if (text === "") throw badRequest("message text is empty");
  if (characters(text, text_max) > text_max) throw badRequest("message is too long");
  return { text, ...entities.length > 0 && { entities } };
}

/** The caption of a call or of one album item; no caption is no field. Throws a `Refusal`. */
export function readCaption(source: Readonly<Record<string, unknown>>): Content {
  const given = source.caption;
  const caption = typeof given === "string" || typeof given === "number" ? String(given) : "";
  const { text, entities } = formatText(
    caption,
    source.parse_mode,
    entitiesOf(source.caption_entities),
  );
  if (text === "") return {};
  if (characters(text, caption_max) > caption_max) throw badRequest("message caption is too long");
  return { caption: text, ...entities.length > 0 && { caption_entities: entities } };
}

function entitiesOf(value: unknown): MessageEntity[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((entity): entity is MessageEntity => isRecord(entity));
}

/** The file of a param: an upload, `attach://name` or a `file_id`; undefined when it has none. */
export function readFile(call: Call, value: unknown): Upload | string | undefined {
  if (value instanceof Upload) return checked(value);
  if (typeof value !== "string" || value === "") return undefined;
  if (value.startsWith("attach://")) {
    const upload = call.uploads.get(value.slice("attach://".length));
    return upload === undefined ? undefined : checked(upload);
  }
  if (value.includes(".")) throw notEmulated("sending a file by its URL");
  return value;
}

function checked(upload: Upload): Upload {
  if (upload.bytes.length > upload_bytes_max) throw new Refusal(413, "Request Entity Too Large");
  if (upload.bytes.length === 0) throw badRequest("file must be non-empty");
  return upload;
}

/** Throws a `Refusal` when the picture or the id is refused. */
export async function photoMedia(files: FileStore, source: Upload | string): Promise<Media> {
  if (typeof source === "string") {
    return { photo: files.sizes(files.usable(source, "Photo")).map(photoSize) };
  }
  return { photo: await keepPhoto(files, source.bytes, "bot") };
}

/** Throws a `Refusal` when the id is refused. */
export async function documentMedia(files: FileStore, source: Upload | string): Promise<Media> {
  if (typeof source === "string") return { document: document(files.usable(source, "Document")) };
  return { document: await keepDocument(files, source) };
}

/** Keeps the sizes of a picture, smallest first. */
export async function keepPhoto(
  files: FileStore,
  bytes: Uint8Array,
  sender: "bot" | "person",
): Promise<PhotoSize[]> {
  const photo = randomId(12);
  const kept: PhotoSize[] = [];
  for (const { bytes: jpeg, width, height } of await photoSizes(bytes, sender)) {
    const about = { kind: "Photo", mime_type: "image/jpeg", width, height, photo } as const;
    kept.push(photoSize(await files.add(jpeg, about)));
  }
  return kept;
}

export async function keepDocument(files: FileStore, upload: Upload): Promise<Document> {
  const { bytes, file_name } = upload;
  const mime_type = upload.mime_type || "application/octet-stream";
  return document(await files.add(bytes, { kind: "Document", mime_type, file_name }));
}

function photoSize(file: StoredFile): PhotoSize {
  const { file_id, file_unique_id, width = 0, height = 0, file_size } = file;
  return { file_id, file_unique_id, width, height, file_size };
}

function document({ file_id, file_unique_id, file_name, mime_type, file_size }: StoredFile) {
  return {
    file_id,
    file_unique_id,
    ...file_name !== undefined && { file_name },
    mime_type,
    file_size,
  };
}
