/** Whether kept photos are what their names say: each is named for the sha256 of its bytes. */
import type postgres from "postgres";
import { transaction } from "../../store/transaction.ts";

export interface VerifiedPhotos {
  photos: number;
  /** The names of those whose bytes are others, in order. */
  damaged: readonly string[];
}

/** Hashes every photo where it lies, so that none must travel. */
export async function verifyPhotos(sql: postgres.Sql): Promise<VerifiedPhotos> {
  return await transaction(sql, async (tx) => {
    await tx`set local statement_timeout = 0`;
    const [row] = await tx<VerifiedPhotos[]>`
      select count(*)::int as photos,
        coalesce(array_agg(name order by name) filter (where damaged), '{}') as damaged
      from (
        select sha256 as name, encode(sha256(bytes), 'hex') <> sha256 as damaged from photos
      ) photo`;
    return row ?? { photos: 0, damaged: [] };
  });
}
