/** The record that a maker publishes, and what it proves later. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  compareHeadRecord,
  makeHeadRecord,
  readHeadRecord,
  writeHeadRecord,
} from "../../src/replay/verify/head_record.ts";
import { CannotReplay } from "../../src/replay/log/exit_codes.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";
import { anyCharts, helpAsked, write } from "../store/pen.ts";
import { replay } from "./given_replay.ts";

type Sql = Database["sql"];
const at = new Date("2026-05-01T12:00:00Z");

async function someLog(sql: Sql) {
  const log = openLog(sql, [], crypto.randomUUID());
  for (const stream of ["a", "b", "a", "c", "b", "a"]) await write(log, stream, helpAsked);
  return log;
}

async function tamper(sql: Sql, ...statements: readonly string[]): Promise<void> {
  const all = [
    "alter table events disable trigger all",
    ...statements,
    "alter table events enable trigger all",
  ];
  await sql.unsafe(all.join("; ")).simple();
}

databaseTest("a head record proves history up to it, whatever is added later", async ({ sql }) => {
  const log = await someLog(sql);
  const record = await makeHeadRecord(sql, at);
  assertEquals([record.pos, record.facts, record.streams], [6, 6, 3]);
  assertEquals(readHeadRecord(`Published today:\n\n${writeHeadRecord(record)}\nYours`), record);
  assertEquals(await compareHeadRecord(sql, record), []);
  await write(log, "a", helpAsked);
  await write(log, "d", helpAsked);
  assertEquals(await compareHeadRecord(sql, record), []);
  const later = await makeHeadRecord(sql, at);
  assert(later.heads !== record.heads && later.order !== record.order);
});

databaseTest("a head record tells of every change before it", async ({ sql }) => {
  await someLog(sql);
  const record = await makeHeadRecord(sql, at);
  const others = "the facts are others, or stand in another order";
  const heads = "the last facts of the streams are not those";
  // Two facts of different streams that changed places: no chain of hashes knows.
  const swap = (one: number, other: number) =>
    tamper(
      sql,
      `update events set pos = 100 where pos = ${one}`,
      `update events set pos = ${one} where pos = ${other}`,
      `update events set pos = ${other} where pos = 100`,
    );
  await swap(1, 2);
  assertEquals(await compareHeadRecord(sql, record), [others]);
  await swap(1, 2);
  assertEquals(await compareHeadRecord(sql, record), []);
  await tamper(sql, "update events set hash = repeat('0', 64) where pos = 6");
  assertEquals(await compareHeadRecord(sql, record), [heads, others]);
  await tamper(sql, "delete from events where pos = 4");
  assertEquals(await compareHeadRecord(sql, record), [
    "up to position 6 there are 5 facts, not 6",
    "up to position 6 there are 2 streams, not 3",
    heads,
    others,
  ]);
});

Deno.test("a head record that was mistyped is not taken for another history", () => {
  const heads = "ab".repeat(32);
  const text = writeHeadRecord({
    ...{ pos: 6, facts: 6, streams: 3, at: at.toISOString() },
    ...{ heads, order: "cd".repeat(32) },
  });
  assertEquals(readHeadRecord(text).heads, heads);
  assertThrows(
    () => readHeadRecord(text.replace("facts: 6", "facts: 7")),
    CannotReplay,
    "something was lost or mistyped",
  );
  assertThrows(() => readHeadRecord("pos: 6"), CannotReplay, "it does not go from -----BEGIN");
});

databaseTest("verify prints a record and compares with one", async ({ sql }) => {
  const log = await someLog(sql);
  const run = (args: string[], files = {}) => replay(sql, args, { charts: anyCharts, files });
  const { lines, code } = await run(["verify", "--head"]);
  assertEquals([code, lines[0], lines[1]], [0, "-----BEGIN AMANITA LOG HEAD-----", "pos: 6"]);
  await write(log, "a", helpAsked);
  const files = { "head.txt": lines.join("\n") };
  const same = await run(["verify", "--against", "head.txt"], files);
  assertEquals([same.code, same.lines.at(-1)], [
    0,
    "History up to position 6 is what it was on 2026-05-01T12:00:00.000Z.",
  ]);
  await tamper(sql, "update events set at = at + 1 where pos = 2");
  const changed = await run(["verify", "--against", "head.txt"], files);
  assertEquals(changed.code, 1);
  const none = await run(["verify", "--against", "no.txt"]);
  assertEquals([none.code, none.notes], [66, ["Cannot read no.txt: there is no such file"]]);
});
