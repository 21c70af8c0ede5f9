import type postgres from "postgres";
import { throwStoreError } from "./store_unavailable.ts";

/** Longer than Telegram keeps an update (24 h); not for ever, because its ids may start again. */
const KEPT_DAYS = 3;

/** Forgets which updates were applied long ago. */
export async function forgetSeen(sql: postgres.Sql): Promise<void> {
  await sql`delete from seen_updates where at < now() - ${KEPT_DAYS} * interval '1 day'`
    .catch(throwStoreError);
}
