/** Gives a role of the database what running the bot takes: src/store/grants.sql, and no more. */
import type postgres from "postgres";
import grants from "./grants.sql" with { type: "text" };
import { quoted } from "./session_settings.ts";
import { transaction } from "./transaction.ts";
import { UnfitDatabase } from "./unfit_database.ts";

/** As the owner of the tables, all at once. Throws UnfitDatabase for a role that would need none. */
export async function grantRole(sql: postgres.Sql, role: string): Promise<void> {
  const [found] = await sql<{ mighty: boolean; owner: boolean; schema: string }[]>`
    select rolsuper or rolcreaterole as mighty, current_schema()::text as schema,
      exists (select from pg_class c where c.relnamespace = current_schema()::regnamespace
        and c.relkind = 'r' and pg_has_role(r.oid, c.relowner, 'member')) as owner
    from pg_roles r where rolname = ${role}`;
  if (!found) {
    throw new UnfitDatabase(
      `Cannot grant anything to ${role}: there is no such role. Make it: create role ` +
        `${quoted(role)} login password '…'.`,
    );
  }
  if (found.mighty || found.owner) {
    throw new UnfitDatabase(
      `Cannot keep the log from ${role}: it is a superuser, makes roles, or owns the tables, and may ` +
        "drop what guards them. Choose a role that is none of that.",
    );
  }
  const text = grants.replaceAll(':"role"', () => quoted(role))
    .replaceAll(':"schema"', () => quoted(found.schema));
  await transaction(sql, (tx) => tx.unsafe(text).simple());
}
