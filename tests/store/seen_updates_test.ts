import { assertEquals } from "@std/assert";
import { forgetSeen } from "../../src/store/seen_updates.ts";
import { databaseTest } from "../database.ts";

databaseTest("updates are remembered for three days", async ({ sql }) => {
  await sql`insert into seen_updates (cause, at) values
    ('of today', now()), ('almost too old', now() - interval '71 hours'),
    ('too old', now() - interval '73 hours'), ('much too old', now() - interval '1 year')`;
  await forgetSeen(sql);
  const rows = await sql<{ cause: string }[]>`select cause from seen_updates order by at`;
  assertEquals(rows.map(({ cause }) => cause), ["almost too old", "of today"]);
});
