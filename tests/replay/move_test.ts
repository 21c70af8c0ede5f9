/** Export, redaction and import: a bug in production becomes a session on a laptop. */
import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { charts } from "../../machines/charts.ts";
import { projections } from "../../src/flows/projections.ts";
import { CannotReplay } from "../../src/replay/log/exit_codes.ts";
import { checkLog } from "../../src/replay/check/check_log.ts";
import { exportLog } from "../../src/replay/log/export_log.ts";
import { readImportStamp } from "../../src/replay/log/import_stamp.ts";
import { requireEmpty } from "../../src/replay/move/import_log.ts";
import { foldedPages } from "../../src/replay/log/read_pages.ts";
import { openRedactor } from "../../src/replay/move/redact_log.ts";
import { openStandIns } from "../../src/replay/move/stand_ins.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";
import { type EventRow, hashEvent } from "../../src/store/event_row.ts";
import { readCode } from "../../events/code.ts";
import { databaseTest, freshDatabase } from "../database.ts";
import { goldenNames, goldenRows, goldenTest, nameOfGolden, pagesOf } from "../logs/golden_logs.ts";
import { goldenDatabaseTest } from "./given_golden.ts";
import { replay } from "./given_replay.ts";

const secret = new Uint8Array(32).fill(7);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

goldenDatabaseTest(
  "a log exported, imported and exported again is the same",
  async ({ sql, run }) => {
    const exported = await run(0, "export", "--all");
    await using other = await freshDatabase();
    const files = { "log.jsonl": exported.join("\n") };
    const imported = await replay(null, ["import", "log.jsonl", "--into", "x"], {
      files,
      into: other.sql,
    });
    assertEquals(imported.code, 0);
    assertMatch(imported.lines[0] ?? "", /^Imported a log: 154 facts in 41 streams\. /);
    assertEquals((await replay(other.sql, ["export", "--all"])).lines, exported);
    const read = (from: typeof sql) =>
      verifyLog(from, { charts, projections }).then(({ faults }) => faults);
    assertEquals([await read(sql), await read(other.sql)], [[], []]);
    assertEquals(await readImportStamp(other.sql), { redacted: false, complete: true, facts: 154 });
  },
);

goldenDatabaseTest("an import says before and after what no file holds", async ({ run }) => {
  const exported = await run(0, "export", "--all");
  await using other = await freshDatabase();
  const { notes } = await replay(null, ["import", "log.jsonl", "--into", "x"], {
    files: { "log.jsonl": exported.join("\n") },
    into: other.sql,
  });
  const [before, after = "", ...more] = notes;
  assertEquals(
    before,
    "log.jsonl holds facts alone: no photos, and of people neither names nor the keys to them.",
  );
  assertMatch(
    after,
    /^Missing: \d+ photos? and \d+ people\. A photo is told by its hash, and what/,
  );
  assertEquals(more, []);
});

goldenDatabaseTest("a part of a log begins at position 1 again", async ({ run, maker }) => {
  const exported = await run(0, "export", maker);
  await using other = await freshDatabase();
  const { code, lines } = await replay(null, ["import", "a.jsonl", "--into", "x"], {
    files: { "a.jsonl": exported.join("\n") },
    into: other.sql,
  });
  assertEquals(code, 0);
  assertMatch(lines[0] ?? "", /^Imported part of a log: 26 facts in 1 stream\. /);
  const { faults, facts } = await verifyLog(other.sql, { charts, projections });
  assertEquals([facts, faults], [26, []]);
});

goldenDatabaseTest("a redacted log is lived again and tells of nobody", async ({ sql, run }) => {
  const redacted = await run(0, "export", "--all", "--redact");
  const text = redacted.join("\n");
  const rows = await sql<EventRow[]>`select * from events`;
  const originals = new Set(rows.flatMap((row) => [...secretsOf(row.data), row.stream, row.id]));
  assert(originals.size > 200);
  assertEquals([...originals].filter((original) => text.includes(original)), []);
  const uuids = new Set(JSON.stringify(rows).match(UUID));
  assertEquals(text.match(UUID)?.filter((uuid) => uuids.has(uuid)), []);
  await using other = await freshDatabase();
  const files = { "r.jsonl": text };
  const imported = await replay(null, ["import", "r.jsonl", "--into", "x"], {
    files,
    into: other.sql,
  });
  assertMatch(imported.lines[0] ?? "", /^Imported a redacted log: 154 facts in 41 streams\. /);
  assertEquals(await readImportStamp(other.sql), { redacted: true, complete: true, facts: 154 });
  const checked = await replay(other.sql, ["check", "--all"]);
  assertEquals([checked.code, checked.lines], [0, [
    "Agrees: 154 facts in 41 streams come out as they did.",
  ]]);
  assertEquals((await verifyLog(other.sql, { charts, projections })).faults, []);
  // Types and times, and so the way it went, are what they were.
  const way = (from: typeof sql) => from`select type, version, at from events order by pos`;
  assertEquals([...await way(other.sql)], [...await way(sql)]);
});

const WORD = /^[a-z_]+$/;

/** Texts that tell of somebody; calls, and words of the program's own, do not. */
function secretsOf(data: EventRow["data"]): string[] {
  const texts = (value: unknown): string[] =>
    typeof value === "string"
      ? [value]
      : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(texts)
      : [];
  return Object.entries(data).filter(([name]) => name !== "callId")
    .flatMap(([, value]) => texts(value))
    .filter((text) => text.length > 2 && !WORD.test(text));
}

goldenTest("no golden log tells of anybody once it is redacted, and all agree", async () => {
  for (const name of await goldenNames()) {
    const rows = await goldenRows(name);
    const told = rows.map(openRedactor(charts, secret));
    const text = JSON.stringify(told);
    const originals = new Set(rows.flatMap(({ data, stream, id, causation, correlation }) => [
      ...secretsOf(data),
      ...[stream, id, causation, correlation],
    ]));
    const left = [...originals].filter((original) => text.includes(original));
    assertEquals([name, left], [name, []]);
    const uuids = new Set(JSON.stringify(rows).match(UUID));
    assertEquals(text.match(UUID)?.filter((uuid) => uuids.has(uuid)), []);
    const { facts, diverged } = await checkLog(foldedPages(pagesOf(told)), { charts });
    assertEquals({ facts, diverged }, { facts: rows.length, diverged: 0 });
  }
});

goldenTest("a redacted divergence diverges still, at the same version", async () => {
  const rows = await goldenRows(nameOfGolden());
  const at = rows.findIndex(({ type }) => type === "NameProvided");
  const broken = rows.map((row, i) =>
    i === at ? { ...row, effects: [{ type: "say", params: { text: "hm" } }] } : row
  );
  const redact = openRedactor(charts, secret);
  const told = broken.map(redact);
  assertEquals(told[at]?.effects, [{ type: "say", params: { text: "hm" } }]);
  assertEquals(told.map(({ hash }) => hash), told.map((row) => hashEvent(row)));
  const name = String(rows[at]?.data.name);
  const named = rows.map((row, i) => i === at ? { ...row, effects: [name] } : row);
  const again = named.map(openRedactor(charts, secret));
  assertNotEquals(again[at]?.effects, [name]);
});

Deno.test("stand-ins are the same for the same, and valid", () => {
  const standIns = openStandIns(secret);
  const others = openStandIns(new Uint8Array(32));
  assertEquals(standIns.text("Anna"), openStandIns(secret).text("Anna"));
  assertNotEquals(standIns.text("Anna"), others.text("Anna"));
  assertNotEquals(standIns.text("Anna"), standIns.text("Boris"));
  assertEquals(standIns.text("a".repeat(300)).length, 300);
  assertMatch(
    standIns.uuid("x"),
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assertEquals(readCode(standIns.code("x")), { code: standIns.code("x") });
  assertMatch(standIns.number("-100123"), /^-\d+$/);
});

goldenDatabaseTest("import refuses what is not empty, cut off or changed", async ({ sql, run }) => {
  const exported = await run(0, "export", "--all");
  const into = async (text: string, place: typeof sql) => {
    const files = { "log.jsonl": text };
    const { code, notes } = await replay(null, ["import", "log.jsonl", "--into", "x"], {
      files,
      into: place,
    });
    return [code, notes.at(-1)];
  };
  assertEquals(await into(exported.join("\n"), sql), [
    73,
    "Cannot import: the database is not empty, and a log is never mixed with another. " +
    "Make a new one",
  ]);
  await using other = await freshDatabase();
  const cut = "Cannot read log.jsonl: it is cut off, as it has no end";
  assertEquals(await into(exported.slice(0, -1).join("\n"), other.sql), [65, cut]);
  const changed = "Cannot read log.jsonl: it was changed after it was exported";
  const swapped = [exported[0], ...exported.slice(2)].join("\n");
  assertEquals((await into(swapped, other.sql))[0], 65);
  const [code, words] = await into(exported.join("\n").replace(/"at":\d+/, '"at":7'), other.sql);
  assertEquals(code, 65);
  assertMatch(
    String(words),
    /^Cannot import: dialogue:\S+ version 1 .*hash does not match its content$/,
  );
  assertEquals(
    await into(exported.join("\n").replace('"facts":154,"sha', '"facts":155,"sha'), other.sql),
    [65, changed],
  );
  assertEquals(await into("{}", other.sql), [
    65,
    "Cannot read log.jsonl: it is no log that was exported by this program",
  ]);
  // Nothing of all that was kept.
  const [row] = await other.sql`select count(*)::int as facts from events`;
  assertEquals(row?.facts, 0);
  assertEquals((await into(exported.join("\n"), other.sql))[0], 0);
});

databaseTest("import refuses a database that is used by something else", async ({ sql }) => {
  await assertRejects(() => requireEmpty(sql), CannotReplay, "the database is not empty");
}, [{ name: "theirs", sql: "create table theirs (id int)" }]);

goldenTest("an export that is read by nobody stops", async () => {
  await using database = await freshDatabase();
  for await (const line of exportLog(database.sql)) {
    assertMatch(line, /^{"log":"amanita"/);
    break;
  }
});
