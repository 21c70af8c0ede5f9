/** What stands beside each picture of the cache: where it came from and what it must be. */
import { createHash } from "node:crypto";
import type { KeptPicture, PictureInfo, PictureType } from "../../../machines/picture.ts";

export type Sidecar = Omit<KeptPicture, "path">;

/** The name of a URL's files, without an ending. */
export function nameOf(url: string): string {
  return createHash("md5").update(url).digest("hex");
}

/** A file of the cache: a name of ours and an ending; null for what is not ours. */
export function readName(file: string): { name: string; ending: string } | null {
  const [, name = "", ending = ""] = /^([0-9a-f]{32})\.(jpg|png|webp|json)$/.exec(file) ?? [];
  return name === "" ? null : { name, ending };
}

export function writeSidecar({ url, ...rest }: Sidecar): string {
  return JSON.stringify({ url, ...infoOf(rest) });
}

/** What is told of a picture, and no more. */
export function infoOf(picture: PictureInfo): PictureInfo {
  const { type, size, sha256, width, height, etag, last_modified } = picture;
  return { type, size, sha256, width, height, etag, last_modified };
}

/** Null for whatever we did not write. */
export function readSidecar(text: string): Sidecar | null {
  const value = readObject(text);
  if (value === null) return null;
  const url: unknown = Reflect.get(value, "url");
  const info = readInfo(value);
  return info !== null && typeof url === "string" ? { url, ...info } : null;
}

/** The object in a text; null where there is none. */
export function readObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** What is told of a picture, wherever it lies; null for whatever we did not write. */
export function readInfo(value: object): PictureInfo | null {
  const field = (name: string): unknown => Reflect.get(value, name);
  const [type, sha256] = ["type", "sha256"].map(field);
  const [size, width, height] = ["size", "width", "height"].map(field);
  const [etag, last_modified] = ["etag", "last_modified"].map(field);
  if (!isType(type)) return null;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return null;
  if (!isCount(size) || !isCount(width) || !isCount(height)) return null;
  if (!isTag(etag) || !isTag(last_modified)) return null;
  return { type, size, sha256, width, height, etag, last_modified };
}

const isType = (value: unknown): value is PictureType =>
  value === "jpg" || value === "png" || value === "webp";
const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0;
const isTag = (value: unknown): value is string | null =>
  value === null || typeof value === "string";
