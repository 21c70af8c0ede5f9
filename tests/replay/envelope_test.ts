/** What was decided outside the chart is kept with each fact, proven, and moved with the log. */
import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type postgres from "postgres";
import { dialogueStream } from "../../events/stream.ts";
import { charts } from "../../machines/charts.ts";
import { projections } from "../../src/flows/projections.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";
import { type EventRow, hashEvent } from "../../src/store/event_row.ts";
import { databaseTest, freshDatabase } from "../database.ts";
import { goldenNames, goldenRows, goldenTest } from "../logs/golden_logs.ts";
import { command } from "../machines/samples.ts";
import { givenDialogues } from "../runtime/given_dialogues.ts";
import { update } from "../runtime/given_engine.ts";
import { replay } from "./given_replay.ts";

const faultsOf = async (sql: postgres.Sql) =>
  (await verifyLog(sql, { charts, projections })).faults;

const rowsOf = async (sql: postgres.Sql) =>
  await sql<EventRow[]>`select * from events order by pos`;

const GROUP = -1_002_003_004;

/** A maker in private and a buyer in a topic of a group. */
async function twoPlaces(sql: postgres.Sql) {
  const { engine, meet } = await givenDialogues(sql);
  const [maker, buyer] = [await meet(1), await meet(2)];
  const place = { thread: 7_007, reply: 12_012 };
  const help = command("help");
  await engine.handle(update(dialogueStream(maker), help, { admin: true }));
  await engine.handle(update(dialogueStream(buyer, GROUP), help, { place }));
  return { maker, buyer, place };
}

databaseTest("each fact is kept with rights, language and place", async ({ sql }) => {
  const { place } = await twoPlaces(sql);
  const envelopes = (await rowsOf(sql)).map(({ envelope }) => envelope);
  assertEquals(envelopes, [
    { v: 2, rights: { admin: true, owner: true }, locale: "ru" },
    { v: 2, rights: { admin: false, owner: false }, locale: "ru", place },
  ]);
  assertEquals(await faultsOf(sql), []);
});

const changes = {
  "other rights": `jsonb_set(envelope, '{rights,admin}', 'false')`,
  "another language": `envelope || '{"locale": "en"}'`,
  "a place that was not told": `envelope || '{"place": {"thread": 3}}'`,
  "no envelope": "null",
};
for (const [what, envelope] of Object.entries(changes)) {
  databaseTest(`verify finds a fact that was given ${what}`, async ({ sql }) => {
    await twoPlaces(sql);
    await sql.unsafe(`alter table events disable trigger all;
      update events set envelope = ${envelope} where pos = 1;
      alter table events enable trigger all`).simple();
    const [first = "", ...more] = await faultsOf(sql);
    assertMatch(first, /version 1 \(pos 1, HelpAsked\): hash does not match its content$/);
    assertEquals(more, []);
  });
}

databaseTest("verify names an envelope that this program does not know", async ({ sql }) => {
  await twoPlaces(sql);
  await sql.unsafe(`alter table events disable trigger all;
    update events set envelope = '{"v": 3}' where pos = 1;
    alter table events enable trigger all`).simple();
  assertMatch((await faultsOf(sql)).join(), /version 1 \(pos 1.*its envelope has version 3, this/);
});

databaseTest("an exported log carries envelopes, and an import restores them", async ({ sql }) => {
  await twoPlaces(sql);
  const exported = await replay(sql, ["export", "--all"]);
  await using other = await freshDatabase();
  const imported = await replay(null, ["import", "a.jsonl", "--into", "x"], {
    files: { "a.jsonl": exported.lines.join("\n") },
    into: other.sql,
  });
  assertEquals(imported.code, 0, imported.notes.join());
  const content = (rows: readonly EventRow[]) =>
    rows.map(({ envelope, hash, stream }) => ({ envelope, hash, stream }));
  assertEquals(content(await rowsOf(other.sql)), content(await rowsOf(sql)));
  assertEquals(await faultsOf(other.sql), []);
  assertEquals((await replay(other.sql, ["export", "--all"])).lines, exported.lines);
});

databaseTest("a redacted log keeps rights and language, and no number of a chat", async (given) => {
  const { place } = await twoPlaces(given.sql);
  const { lines } = await replay(given.sql, ["export", "--all", "--redact"]);
  const text = lines.join("\n");
  for (const number of [GROUP, ...Object.values(place)]) assert(!text.includes(`${number}`), text);
  await using other = await freshDatabase();
  const imported = await replay(null, ["import", "a.jsonl", "--into", "x"], {
    files: { "a.jsonl": text },
    into: other.sql,
  });
  assertEquals(imported.code, 0, imported.notes.join());
  assertEquals(await faultsOf(other.sql), []);
  const told = (await rowsOf(other.sql)).map(({ envelope }) => envelope);
  assertEquals(told.map((it) => [it?.rights.admin, it?.locale]), [[true, "ru"], [false, "ru"]]);
  assertEquals(told.map((it) => Object.keys(it?.place ?? {}).toSorted()), [
    [],
    ["reply", "thread"],
  ]);
  assertNotEquals(told[1]?.place, place);
});

goldenTest(
  "facts from before and since there are envelopes have the hash that they had",
  async () => {
    const versions = new Set<unknown>();
    for (const name of await goldenNames()) {
      for (const { pos: _, hash, ...unhashed } of await goldenRows(name)) {
        assertEquals(hashEvent(unhashed), hash);
        versions.add(unhashed.envelope?.v ?? null);
      }
    }
    assertEquals([...versions], [null, 2]);
  },
);
