import { assertEquals } from "@std/assert";
import { openSnapshots } from "../../src/store/snapshots.ts";
import { databaseTest } from "../database.ts";

const snapshot = (version: number, machine = "dialogue/1") => ({
  machine,
  version,
  hash: `hash of ${version}`,
  state: { value: { flow: "idle" }, context: { name: "«Зима» 🌊", deep: [null, { n: 1.5 }] } },
});

databaseTest("newest snapshot of a stream is the one that was kept last", async ({ sql }) => {
  const snapshots = openSnapshots(sql);
  assertEquals(await snapshots.newest("a"), null);
  await snapshots.keep("a", snapshot(100));
  await snapshots.keep("a", snapshot(200));
  await snapshots.keep("b", snapshot(300));
  assertEquals({ ...await snapshots.newest("a")! }, snapshot(200));
});

databaseTest("older snapshot does not replace a newer one", async ({ sql }) => {
  const snapshots = openSnapshots(sql);
  await snapshots.keep("a", snapshot(200));
  await snapshots.keep("a", snapshot(100));
  assertEquals((await snapshots.newest("a"))?.version, 200);
});

databaseTest("snapshots of two charts stand beside each other", async ({ sql }) => {
  const snapshots = openSnapshots(sql);
  await snapshots.keep("a", snapshot(200, "dialogue/2"));
  await snapshots.keep("a", snapshot(100, "dialogue/1"));
  assertEquals((await snapshots.newest("a"))?.machine, "dialogue/2");
  const [row] = await sql`select count(*)::int as n from snapshots`;
  assertEquals(row?.n, 2);
});
