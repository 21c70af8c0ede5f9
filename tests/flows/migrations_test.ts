import { assertEquals } from "@std/assert";
import { migrations } from "../../src/flows/migrations.ts";
import type { Database } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";

/** Names and checksums as databases have kept them: what is released later comes after these. */
const RELEASED = [
  ["0001_log", "65efd874fe7cf5292966d95842533b24c1297ab92df2ba9fed79091540f486f3"],
  ["0002_projections", "a286937bd3771259cbf249b5de6c4ef16e5eb2a2e1504fc884bb0967a68ad5ab"],
  ["0003_outbox_owners", "dcd649bc30a8515b656ce38eed6dfed9da390f01a2462fd6f031ab3228e01c03"],
  ["0004_makers_day", "e2cd05938bcebdce3ec63212ace4dae1cd1fb15585ee245925aad1305560828e"],
  ["0005_languages", "059c1caa2a76d7de7e13e786e7da018e71cf3f6129a042b911bce3de1dc941c6"],
  ["0006_makers", "0ccad7dfe80f75abf6164aea09146e00ea599f95d41986f86b86dc1397ba23f0"],
  ["0007_findable", "cef9d860d0a0394224339161ca3db05a006621591d17b97efac1db09c2ea76c4"],
  ["0008_gallery_words", "1f1c9e4d7daff5c8a4db9f2228259e747a87580b1262cedc7da77fa3b9169426"],
  ["0009_outbox_one_index", "67167acc4f25c9ab8c9ae75d4339e3324203c4a55f9b8c65920d0f3e9953477d"],
  ["0010_envelopes", "57df7349c1dc514b10039fef389b5e9a2bc0e6b3c395d1a934e411cf5664f05f"],
  ["0011_moved_groups", "3bfcbccfe230604ac680f969ae69f7be896e8084a177fb1ee588e465914af689"],
  ["0012_positions", "804cdb2ebd9baf20411e349a8757cf10c93c2dee8b8ec6231d5e59b56d1b4a09"],
];

databaseTest("released migrations are what they were, in their order", async ({ sql }) => {
  const names = migrations.map(({ name }) => name);
  assertEquals(names.slice(0, RELEASED.length), RELEASED.map(([name]) => name));
  const applied = await appliedIn(sql);
  assertEquals(applied.slice(0, RELEASED.length), RELEASED);
  assertEquals(applied.map(([name]) => name), names);
});

async function appliedIn(sql: Database["sql"]): Promise<string[][]> {
  const rows = await sql<{ name: string; sha256: string }[]>`
    select name, sha256 from migrations order by name`;
  return rows.map(({ name, sha256 }) => [name, sha256]);
}
