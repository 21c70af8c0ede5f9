/** Who does what, when several processes share a database: rows with an end, no session locks. */
import type postgres from "postgres";
import { throwStoreError } from "./store_unavailable.ts";

export interface Leases {
  /** Takes or prolongs a lease for `ms`; false while another holds it. */
  hold(name: string, owner: string, ms: number): Promise<boolean>;
  /** Whether anybody holds it now. */
  isHeld(name: string): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
  /** Ends every lease: for a database that nobody else can have open. */
  clear(): Promise<void>;
}

export function openLeases(sql: postgres.Sql): Leases {
  return {
    async hold(name, owner, ms) {
      const rows = await sql`
        insert into leases as l (name, owner, until)
        values (${name}, ${owner}, clock_timestamp() + ${ms} * interval '1 ms')
        on conflict (name) do update set owner = excluded.owner, until = excluded.until
        where l.owner = excluded.owner or l.until < clock_timestamp()
        returning 1`.catch(throwStoreError);
      return rows.length === 1;
    },
    async isHeld(name) {
      const rows = await sql`select 1 from leases
        where name = ${name} and until > clock_timestamp()`.catch(throwStoreError);
      return rows.length === 1;
    },
    async clear() {
      await sql`delete from leases`.catch(throwStoreError);
    },
    async release(name, owner) {
      await sql`delete from leases where name = ${name} and owner = ${owner}`.catch(
        throwStoreError,
      );
    },
  };
}
