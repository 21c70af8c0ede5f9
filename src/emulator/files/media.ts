/** The kinds of files that a message can carry, one row each, and how they are kept. */
import { typeByExtension } from "@std/media-types";
import type { Message, PhotoSize } from "grammy/types";
import { extname } from "node:path";
import { randomId } from "../model/random_id.ts";
import { Upload } from "../model/upload.ts";
import { sha256Of } from "./sha256_of.ts";
import type { FileKind, FileMetadata, FileStore, StoredFile } from "./file_store.ts";
import { photoSizes } from "./picture.ts";

/** What a message of the Bot API calls its file. */
export type MediaField = "photo" | "document" | "voice" | "audio" | "video" | "animation";

interface MediaRow {
  stored: FileKind;
  mime_type: string;
  /** What the object shows besides the file, with what stands there when nobody said. */
  facts: FileMetadata;
  /** Shown when known. */
  optional: readonly (keyof FileMetadata)[];
  named: boolean;
}

const rows: Record<Exclude<MediaField, "photo">, MediaRow> = {
  document: {
    stored: "Document",
    mime_type: "application/octet-stream",
    facts: {},
    optional: [],
    named: true,
  },
  voice: {
    stored: "VoiceNote",
    mime_type: "audio/ogg",
    facts: { duration: 0 },
    optional: [],
    named: false,
  },
  audio: {
    stored: "Audio",
    mime_type: "audio/mpeg",
    facts: { duration: 0 },
    optional: ["performer", "title"],
    named: true,
  },
  video: {
    stored: "Video",
    mime_type: "video/mp4",
    facts: { width: 320, height: 320, duration: 0 },
    optional: [],
    named: true,
  },
  animation: {
    stored: "Animation",
    mime_type: "video/mp4",
    facts: { width: 320, height: 320, duration: 0 },
    optional: [],
    named: true,
  },
};

/** Every kind of media, photos first. */
export const mediaFields = ["photo", ...Object.keys(rows)] as readonly MediaField[];

/** The part of a message that carries its file. */
export type Media = Pick<Message, MediaField>;

/** The media of a file that the bot names by its id. Throws a `Refusal` when the id is refused. */
export function knownMedia(files: FileStore, field: MediaField, file_id: string): Media {
  if (field === "photo") {
    return { photo: files.sizes(files.usable(file_id, "Photo")).map(photoSize) };
  }
  return shown(field, files.usable(file_id, rows[field].stored));
}

/** Keeps an upload. Throws a `Refusal` when it is no picture though it should be one. */
export async function keepMedia(
  files: FileStore,
  field: MediaField,
  upload: Upload,
  facts: FileMetadata,
  sender: "bot" | "person",
): Promise<Media> {
  if (field === "photo") return { photo: await keepPhoto(files, upload.bytes, sender) };
  const row = rows[field];
  const sha256 = await sha256Of(upload.bytes);
  const given = Object.fromEntries(
    [...Object.keys(row.facts), ...row.optional].map((name) =>
      [name, facts[name as keyof FileMetadata] ?? row.facts[name as keyof FileMetadata]] as const
    ).filter(([, value]) => value !== undefined),
  );
  return shown(
    field,
    await files.add(upload.bytes, {
      ...given,
      sha256,
      kind: row.stored,
      mime_type: mimeOf(upload, row),
      ...row.named && upload.file_name !== "" && { file_name: upload.file_name },
    }),
  );
}

/** Keeps the sizes of a picture, smallest first. */
export async function keepPhoto(
  files: FileStore,
  bytes: Uint8Array,
  sender: "bot" | "person",
): Promise<PhotoSize[]> {
  const photo = randomId(12);
  const sha256 = await sha256Of(bytes);
  const kept: PhotoSize[] = [];
  for (const { bytes: jpeg, width, height } of await photoSizes(bytes, sender)) {
    const about = { kind: "Photo", mime_type: "image/jpeg", width, height, photo, sha256 } as const;
    kept.push(photoSize(await files.add(jpeg, about)));
  }
  return kept;
}

/** A client that does not know the type says octet-stream: the name knows better, or the field. */
function mimeOf({ mime_type, file_name }: Upload, row: MediaRow): string {
  if (mime_type !== "" && mime_type !== "application/octet-stream") return mime_type;
  return typeByExtension(extname(file_name)) ?? row.mime_type;
}

function shown(field: Exclude<MediaField, "photo">, file: StoredFile): Media {
  const { file_id, file_unique_id, mime_type, file_size, file_name } = file;
  const row = rows[field];
  const names = [...Object.keys(row.facts), ...row.optional] as (keyof FileMetadata)[];
  const facts = Object.fromEntries(
    names.filter((name) => file[name] !== undefined).map((name) => [name, file[name]]),
  );
  const base = {
    file_id,
    file_unique_id,
    ...file_name !== undefined && { file_name },
    mime_type,
    file_size,
  };
  const media = { [field]: { ...base, ...facts } } as Media;
  // An animation is a document too, for clients that know no animations.
  return field === "animation" ? { ...media, document: base } : media;
}

function photoSize(file: StoredFile): PhotoSize {
  const { file_id, file_unique_id, width = 0, height = 0, file_size } = file;
  return { file_id, file_unique_id, width, height, file_size };
}
