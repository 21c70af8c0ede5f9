/** Pictures by the sha256 of their bytes, and the file ids by which each bot has them at Telegram. */
import { createHash } from "node:crypto";
import type postgres from "postgres";
import { logOf } from "../base/log.ts";
import { throwStoreError } from "./store_unavailable.ts";

export interface KeptPhoto {
  sha256: string;
  bytes: Uint8Array;
  type: string;
  width: number;
  height: number;
}

export interface Photos {
  /** Keeps a picture; the same bytes are kept once, and take the place of what is damaged. */
  keep(photo: KeptPhoto): Promise<void>;
  /** Null where it is not there, or not what was kept: no other picture is ever shown for it. */
  read(sha256: string): Promise<Uint8Array | null>;
  /** What `bot` can send instead of the bytes of these; nothing for what it has never sent. */
  fileIds(bot: number, sha256s: readonly string[]): Promise<readonly (readonly [string, string])[]>;
  keepFileId(bot: number, sha256: string, file_id: string): Promise<void>;
  /** Telegram refused it: the bytes go up again. */
  dropFileId(bot: number, sha256: string): Promise<void>;
}

export function openPhotos(sql: postgres.Sql): Photos {
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
    async fileIds(bot, sha256s) {
      return await sql<{ sha256: string; file_id: string }[]>`
        select sha256, file_id from photo_files
        where bot = ${bot} and sha256 = any(${sha256s}::text[])`.catch(throwStoreError)
        .then((rows) => rows.map(({ sha256, file_id }) => [sha256, file_id] as const));
    },
    async keepFileId(bot, sha256, file_id) {
      await sql`insert into photo_files (bot, sha256, file_id) values (${bot}, ${sha256}, ${file_id})
        on conflict (bot, sha256) do update set file_id = excluded.file_id`.catch(throwStoreError);
    },
    async dropFileId(bot, sha256) {
      await sql`delete from photo_files where bot = ${bot} and sha256 = ${sha256}`.catch(
        throwStoreError,
      );
    },
  };
}
