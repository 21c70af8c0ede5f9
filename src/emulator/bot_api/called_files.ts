/** The files that a call carries, for faults that wait for one of them. */
import { mediaFields } from "../files/media.ts";
import { sha256Of } from "../files/sha256_of.ts";
import { isRecord } from "../model/json_value.ts";
import { Upload } from "../model/upload.ts";
import type { CalledFile } from "../world/faults.ts";
import type { World } from "../world/world.ts";
import type { Call } from "./call.ts";

/** In order, of an album one for each item: an upload by its bytes, a known one by its id too. */
export async function filesOf(world: World, call: Call): Promise<CalledFile[]> {
  const { media } = call.params;
  const items = Array.isArray(media) ? media : isRecord(media) ? [media] : [];
  const named = [
    ...mediaFields.map((field) => call.params[field]).filter((value) => value !== undefined),
    ...items.map((item) => isRecord(item) ? item.media : undefined),
    ...(call.records("results") ?? []).map((result) => result.photo_file_id),
  ];
  return await Promise.all(named.map((value) => fileOf(world, call, value)));
}

async function fileOf(world: World, call: Call, value: unknown): Promise<CalledFile> {
  if (value instanceof Upload) return { sha256: await sha256Of(value.bytes) };
  if (typeof value !== "string") return {};
  if (!value.startsWith("attach://")) {
    return { file_id: value, sha256: world.files.find(value)?.sha256 };
  }
  const upload = call.uploads.get(value.slice("attach://".length));
  return upload === undefined ? {} : { sha256: await sha256Of(upload.bytes) };
}
