/** Groups that became supergroups: each has another id since, and its dialogues their old names. */
import { LRUCache } from "lru-cache";
import type postgres from "postgres";
import { throwStoreError } from "./store_unavailable.ts";

/** Groups by the ids that they had and have. */
export interface MovedGroups {
  /** Remembers that a group has another id from now on. */
  moved(old: number, now: number): Promise<void>;
  /** The id that a group has now. */
  now(group: number): Promise<number>;
  /** The id that a group had at first. */
  first(group: number): Promise<number>;
}

const CACHED_MAX = 4_000;

/** What is not known to have moved is looked up each time: another process may hear of it first. */
export function openMovedGroups(sql: postgres.Sql): MovedGroups {
  const nowOf = new LRUCache<number, number>({ max: CACHED_MAX });
  const firstOf = new LRUCache<number, number>({ max: CACHED_MAX });

  const remember = (old: number, now: number): void => {
    nowOf.set(old, now);
    firstOf.set(now, old);
  };

  return {
    async moved(old, now) {
      if (old === now || nowOf.get(old) === now) return;
      await sql`insert into moved_groups (old, now) values (${old}, ${now})
        on conflict do nothing`.catch(throwStoreError);
      remember(old, now);
    },
    async now(group) {
      const known = nowOf.get(group);
      if (known !== undefined) return known;
      const [row] = await sql<{ now: number }[]>`
        select now::float8 as now from moved_groups where old = ${group}`.catch(throwStoreError);
      if (row) remember(group, row.now);
      return row?.now ?? group;
    },
    async first(group) {
      const known = firstOf.get(group);
      if (known !== undefined) return known;
      const [row] = await sql<{ old: number }[]>`
        select old::float8 as old from moved_groups where now = ${group}`.catch(throwStoreError);
      if (row) remember(row.old, group);
      return row?.old ?? group;
    },
  };
}
