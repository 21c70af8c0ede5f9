import { LRUCache } from "lru-cache";
import { batchedReader } from "../projections/batched_reader.ts";
import type { Photos } from "../store/photos.ts";
import type { PhotoFiles } from "../telegram/sources.ts";

/** A few megabytes. */
const KNOWN_MAX = 20_000;

/**
 * Photos as this bot sends them. The name of a photo at Telegram never changes until Telegram
 * refuses it: where another process has dropped it meanwhile, it is refused here as well.
 */
export function photoFilesOf(photos: Photos, bot: number): PhotoFiles {
  const known = new LRUCache<string, string>({ max: KNOWN_MAX });
  const find = batchedReader(async (sha256s) => {
    const found = await photos.fileIds(bot, sha256s);
    for (const [sha256, file_id] of found) known.set(sha256, file_id);
    return found;
  });
  return {
    photo: photos.read,
    fileId: async (sha256) => known.get(sha256) ?? await find(sha256),
    async keepFileId(sha256, file_id) {
      await photos.keepFileId(bot, sha256, file_id);
      known.set(sha256, file_id);
    },
    async dropFileId(sha256) {
      known.delete(sha256);
      await photos.dropFileId(bot, sha256);
    },
  };
}
