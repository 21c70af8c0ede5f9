/** The bytes of every file, in memory or in a folder, and the ids that bots know them by. */
import { randomId } from "../model/random_id.ts";
import { badRequest } from "../model/refusal.ts";
import { writeWhole } from "./durable_file.ts";

/** As refusals name it. */
export type FileKind =
  | "Photo"
  | "Document"
  | "Sticker"
  | "VoiceNote"
  | "Video"
  | "Audio"
  | "Animation";

/** What is known of a file that plays or shows; times in seconds, sides in pixels. */
export interface FileMetadata {
  duration?: number;
  width?: number;
  height?: number;
  performer?: string;
  title?: string;
}

/** A file that has an id. */
export interface StoredFile extends FileMetadata {
  file_id: string;
  file_unique_id: string;
  kind: FileKind;
  mime_type: string;
  file_size: number;
  file_name?: string;
  /** All sizes of one photo share this. */
  photo?: string;
  /** As `getFile` gives it. */
  file_path: string;
  /** The sha256 of what was uploaded, in hex: of a photo, the bytes kept are others. */
  sha256?: string;
  /** The id was forgotten: the bot may not use it any more. */
  refused?: boolean;
}

/** What is known of a file before it has an id. */
export type NewFile = Omit<StoredFile, "file_id" | "file_unique_id" | "file_size" | "file_path">;

const places: Record<FileKind, { prefix: string; folder: string }> = {
  Photo: { prefix: "AgACAgI", folder: "photos" },
  Document: { prefix: "BQACAgI", folder: "documents" },
  Sticker: { prefix: "CAACAgI", folder: "stickers" },
  VoiceNote: { prefix: "AwACAgI", folder: "voice" },
  Video: { prefix: "BAACAgI", folder: "videos" },
  Audio: { prefix: "CQACAgI", folder: "music" },
  Animation: { prefix: "CgACAgI", folder: "animations" },
};

/** Keeps bytes and finds them by id or by path. */
export class FileStore {
  readonly #folder: string | undefined;
  readonly #files = new Map<string, StoredFile>();
  readonly #paths = new Map<string, StoredFile>();
  readonly #photos = new Map<string, StoredFile[]>();
  readonly #bytes = new Map<string, Uint8Array>();
  /** Numbers paths: taken at once, as files of an album are added side by side. */
  #next = 0;

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** Takes up these files instead of those that are here; their bytes stay where they are. */
  load(saved: readonly StoredFile[]): void {
    for (const known of [this.#files, this.#paths, this.#photos]) known.clear();
    for (const file of saved) this.#keep({ ...file });
    this.#next = saved.reduce((next, file) => Math.max(next, numberOf(file) + 1), 0);
  }

  async add(bytes: Uint8Array, about: NewFile): Promise<StoredFile> {
    const { prefix, folder } = places[about.kind];
    const extension = extensionOf(about);
    const file: StoredFile = {
      ...about,
      file_id: prefix + randomId(65),
      file_unique_id: `AQAD${randomId(12)}`,
      file_size: bytes.length,
      file_path: `${folder}/file_${this.#next++}${extension}`,
    };
    await this.put(file.file_unique_id, bytes);
    this.#keep(file);
    return file;
  }

  /** Keeps the bytes of a file that `load` tells of. */
  async put(file_unique_id: string, bytes: Uint8Array): Promise<void> {
    if (this.#folder === undefined) this.#bytes.set(file_unique_id, bytes);
    else await writeWhole(this.#placeIn(this.#folder, file_unique_id), bytes);
  }

  all(): StoredFile[] {
    return [...this.#files.values()];
  }

  find(file_id: string): StoredFile | undefined {
    return this.#files.get(file_id);
  }

  findPath(file_path: string): StoredFile | undefined {
    return this.#paths.get(file_path);
  }

  /** All sizes of the photo that this file is one of, smallest first. */
  sizes(file: StoredFile): readonly StoredFile[] {
    return this.#photos.get(file.photo ?? "") ?? [file];
  }

  bytes(file: StoredFile): Uint8Array {
    if (this.#folder !== undefined) {
      return Deno.readFileSync(this.#placeIn(this.#folder, file.file_unique_id));
    }
    const bytes = this.#bytes.get(file.file_unique_id);
    if (bytes === undefined) throw new Error(`Cannot read ${file.file_path}: it has no bytes`);
    return bytes;
  }

  /** Where the file lies, as a server with `--local` says it: the token is part of its folder. */
  placeOf({ file_path, file_unique_id }: StoredFile, token: string): string {
    if (this.#folder === undefined) return `/var/lib/telegram-bot-api/${token}/${file_path}`;
    return Deno.realPathSync(this.#placeIn(this.#folder, file_unique_id));
  }

  /** The file that a bot names by id. Throws a `Refusal` when it may not. */
  usable(file_id: string, kind: FileKind): StoredFile {
    if (!/^[A-Za-z0-9_-]*$/.test(file_id) || file_id.length % 4 === 1) {
      throw badRequest(
        "wrong remote file identifier specified: Wrong padding in the string",
      );
    }
    const file = this.#files.get(file_id);
    if (file === undefined || file.refused === true) {
      throw badRequest("wrong file identifier/HTTP URL specified");
    }
    if (file.kind !== kind) throw badRequest(`can't use file of type ${file.kind} as ${kind}`);
    return file;
  }

  forget(): void {
    for (const file of this.#files.values()) file.refused = true;
  }

  /** Throws where the id would lead out of the folder. */
  #placeIn(folder: string, file_unique_id: string): string {
    if (/^[A-Za-z0-9_-]{1,200}$/.test(file_unique_id)) return `${folder}/${file_unique_id}`;
    throw new Error(`Cannot name a file ${JSON.stringify(file_unique_id.slice(0, 100))}`);
  }

  #keep(file: StoredFile): void {
    this.#files.set(file.file_id, file);
    this.#paths.set(file.file_path, file);
    if (file.photo === undefined) return;
    const sizes = this.#photos.get(file.photo);
    if (sizes === undefined) this.#photos.set(file.photo, [file]);
    else sizes.push(file);
  }
}

function numberOf({ file_path }: StoredFile): number {
  return Number(/file_(\d+)/.exec(file_path)?.[1] ?? -1);
}

function extensionOf({ kind, file_name }: NewFile): string {
  if (kind === "Photo") return ".jpg";
  return /\.[A-Za-z0-9]{1,8}$/.exec(file_name ?? "")?.[0] ?? "";
}
