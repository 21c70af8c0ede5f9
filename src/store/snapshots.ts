/** Where streams stood, by the chart that says so: a cache, read to save folding, disposable. */
import type { Json } from "../base/json.ts";
import type postgres from "postgres";

import { throwStoreError } from "./store_unavailable.ts";

export interface StoredSnapshot {
  machine: string;
  version: number;
  hash: string;
  state: Json;
}

export interface Snapshots {
  newest(stream: string): Promise<StoredSnapshot | null>;
  keep(stream: string, snapshot: StoredSnapshot): Promise<void>;
}

export function openSnapshots(sql: postgres.Sql): Snapshots {
  return {
    async newest(stream) {
      const [row] = await sql<StoredSnapshot[]>`
        select machine, version, hash, state from snapshots
        where stream = ${stream} order by version desc limit 1`.catch(throwStoreError);
      return row ?? null;
    },
    async keep(stream, { machine, version, hash, state }) {
      await sql`
        insert into snapshots (stream, machine, version, hash, state)
        values (${stream}, ${machine}, ${version}, ${hash}, ${JSON.stringify(state)}::text::jsonb)
        on conflict (stream, machine) do update
        set version = excluded.version, hash = excluded.hash, state = excluded.state
        where snapshots.version < excluded.version`.catch(throwStoreError);
    },
  };
}
