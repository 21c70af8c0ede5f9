/** What an import leaves behind; under "imported" in `stamps`. */
import type postgres from "postgres";
import { throwStoreError } from "../../store/store_unavailable.ts";

/** What a database says of the log that was imported into it. */
export interface ImportStamp {
  redacted: boolean;
  complete: boolean;
  /** How many facts; absent in databases from before it was kept. */
  facts?: number;
}

/** What an import left behind; null for a log that was written where it lies. */
export async function readImportStamp(sql: postgres.Sql): Promise<ImportStamp | null> {
  const [row] = await sql<{ value: string }[]>`select value from stamps where name = 'imported'`
    .catch(throwStoreError);
  return row ? JSON.parse(row.value) : null;
}
