/** What read models declare about tables is what their statements do with them. */
import { assertEquals } from "@std/assert";
import type postgres from "postgres";
import { projections } from "../../src/flows/projections.ts";
import type { Projection } from "../../src/projections/projection.ts";
import { databaseTest } from "../database.ts";

/** What may be done with a table. */
type Rights = "all" | "select" | "nothing";

databaseTest("read models need the tables that they declare, and no others", async ({ sql }) => {
  for (const projection of projections) {
    assertEquals([projection.name, await refusalOf(sql, projection)], [projection.name, null]);
  }
});

databaseTest("read models read every table that they declare", async ({ sql }) => {
  for (
    const { projection, table } of declared((it) => [...it.tables, ...it.changes, ...it.reads])
  ) {
    const refusal = await refusalOf(sql, projection, { [table]: "nothing" });
    assertEquals([projection.name, refusal], [
      projection.name,
      `permission denied for table ${table}`,
    ]);
  }
});

databaseTest("read models write to every table that they own or change", async ({ sql }) => {
  for (const { projection, table } of declared((it) => [...it.tables, ...it.changes])) {
    const refusal = await refusalOf(sql, projection, { [table]: "select" });
    assertEquals([projection.name, refusal], [
      projection.name,
      `permission denied for table ${table}`,
    ]);
  }
});

const declared = (tablesOf: (projection: Projection) => readonly string[]) =>
  projections.flatMap((projection) => tablesOf(projection).map((table) => ({ projection, table })));

/** Why the database refuses this projection's statements to somebody with just those rights. */
async function refusalOf(
  sql: postgres.Sql,
  projection: Projection,
  instead: Readonly<Record<string, Rights>> = {},
): Promise<string | null> {
  const rights: [string, Rights][] = [
    ["events", "select"],
    ...[...projection.tables, ...projection.changes].map((it): [string, Rights] => [it, "all"]),
    ...projection.reads.map((it): [string, Rights] => [it, "select"]),
  ];
  const undone = new Error("undone");
  const refusal: unknown = await sql.begin(async (tx) => {
    // Roles belong to the whole server; that of an undone transaction is nowhere.
    const role = tx(`role_${crypto.randomUUID().replaceAll("-", "")}`);
    await tx`create role ${role}`;
    await tx`grant usage on schema public to ${role}`;
    for (const [table, right] of Object.entries({ ...Object.fromEntries(rights), ...instead })) {
      if (right === "all") await tx`grant all on ${tx(table)} to ${role}`;
      if (right === "select") await tx`grant select on ${tx(table)} to ${role}`;
    }
    await tx`set local role ${role}`;
    await projection.apply(tx, { after: tx`0::bigint`, upto: tx`9::bigint` });
    throw undone;
  }).catch((error) => error);
  return refusal === undone ? null : refusal instanceof Error ? refusal.message : String(refusal);
}
