/** Pictures by the sha256 of their bytes, and the file ids by which each bot has them at Telegram. */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type postgres from "postgres";
import { logOf } from "../base/log.ts";
import { batchedReader } from "./batched_reader.ts";
import { throwStoreError } from "./store_unavailable.ts";

export interface KeptPhoto {
  sha256: string;
  bytes: Uint8Array;
  type: string;
  width: number;
  height: number;
}

/** A few megabytes of file ids. */
const KNOWN_MAX = 20_000;

const nameOf = (bot: number, sha256: string): string => `${bot} ${sha256}`;

export interface Photos {
  /** Keeps a picture; the same bytes are kept once, and take the place of what is damaged. */
  keep(photo: KeptPhoto): Promise<void>;
  /** Null where it is not there, or not what was kept: no other picture is ever shown for it. */
  read(sha256: string): Promise<Uint8Array | null>;
  /**
   * What `bot` can send instead of the bytes. It is known by heart once it was read: the name of a
   * photo at Telegram never changes until Telegram refuses it, to every process alike.
   */
  fileId(bot: number, sha256: string): Promise<string | null>;
  keepFileId(bot: number, sha256: string, file_id: string): Promise<void>;
  /** Telegram refused it: the bytes go up again. */
  dropFileId(bot: number, sha256: string): Promise<void>;
}

export function openPhotos(sql: postgres.Sql): Photos {
  const known = new LRUCache<string, string>({ max: KNOWN_MAX });
  const find = batchedReader(async (names) => {
    const rows = await sql<{ bot: number; sha256: string; file_id: string }[]>`
      select f.bot, f.sha256, f.file_id
      from unnest(${names}::text[]) as n(name)
      join photo_files f on f.bot = split_part(n.name, ' ', 1)::bigint
        and f.sha256 = split_part(n.name, ' ', 2)`;
    const found = rows.map(({ bot, sha256, file_id }) => [nameOf(bot, sha256), file_id] as const);
    for (const [name, file_id] of found) known.set(name, file_id);
    return found;
  });
  return {
    async keep({ sha256, bytes, type, width, height }) {
      await sql`insert into photos (sha256, bytes, type, width, height)
        values (${sha256}, ${bytes}, ${type}, ${width}, ${height})
        on conflict (sha256) do update set bytes = excluded.bytes
          where photos.bytes <> excluded.bytes`.catch(throwStoreError);
    },
    async read(sha256) {
      const [row] = await sql<{ bytes: Uint8Array }[]>`
        select bytes from photos where sha256 = ${sha256}`.catch(throwStoreError);
      if (!row) return null;
      if (createHash("sha256").update(row.bytes).digest("hex") === sha256) return row.bytes;
      logOf("store").error(
        "The photo {sha256} is not what was kept: {bytes} bytes came. " +
          "`deno task replay verify` says which others are damaged",
        { sha256, bytes: row.bytes.length },
      );
      return null;
    },
    fileId: async (bot, sha256) =>
      known.get(nameOf(bot, sha256)) ?? await find(nameOf(bot, sha256)),
    async keepFileId(bot, sha256, file_id) {
      await sql`insert into photo_files (bot, sha256, file_id) values (${bot}, ${sha256}, ${file_id})
        on conflict (bot, sha256) do update set file_id = excluded.file_id`.catch(throwStoreError);
      known.set(nameOf(bot, sha256), file_id);
    },
    async dropFileId(bot, sha256) {
      known.delete(nameOf(bot, sha256));
      await sql`delete from photo_files where bot = ${bot} and sha256 = ${sha256}`.catch(
        throwStoreError,
      );
    },
  };
}
