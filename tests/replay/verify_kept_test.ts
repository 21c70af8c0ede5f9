/** What is kept beside the log, each damage with the sentence that names table, row and mend. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { v4 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import { charts } from "../../machines/charts.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { projections } from "../../src/flows/projections.ts";
import { verifyLog, type VerifyReport } from "../../src/replay/verify/verify.ts";
import { persist } from "../../src/runtime/step.ts";
import { initialState } from "../../src/runtime/streams.ts";
import { hashEvent } from "../../src/store/event_row.ts";
import { openLog } from "../../src/store/log.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import type { Database } from "../../src/store/open_database.ts";
import { openPeople } from "../../src/store/people.ts";
import { openPhotos } from "../../src/store/photos.ts";
import { databaseTest } from "../database.ts";
import { anyCharts, appendOf, helpAsked, nothing, write } from "../store/pen.ts";
import { goldenTest, nameOfGolden, readGolden, resealed } from "../logs/golden_logs.ts";
import { goldenDatabaseTest } from "./given_golden.ts";
import { replay } from "./given_replay.ts";

type Sql = Database["sql"];

const keyOf = async (letter: string) => (await openMasterKey(letter.repeat(43) + "=", "")).key;
const photoOf = (n: number) => {
  const bytes = new Uint8Array([n, n, n]);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
};
const [one, other] = [photoOf(1), photoOf(2)];
const drawing = photoOf(3).sha256;

/** Somebody with a kept photo, a snapshot and a task; all of it as it must be. */
async function whole(sql: Sql) {
  const people = openPeople(sql, await keyOf("C"));
  const names = { first_name: "Анна", last_name: null, username: null };
  const met = await people.meet([{ telegram_id: 1, names, language: null }]);
  const person = met.get(1)?.person ?? "";
  const stream = dialogueStream(person);
  const photos = openPhotos(sql);
  for (const photo of [one, other]) {
    await photos.keep({ ...photo, type: "image/png", width: 1, height: 1 });
  }
  await photos.keepFileId(7, one.sha256, "AgAD-one");
  await photos.keepFileId(7, `drawn:${drawing}`, "AgAD-drawn");
  const log = openLog(sql, [], v4());
  const kept = { type: "PhotoKept", data: { callId: "1:0", sha256: one.sha256 } };
  const cause = "update:7:1";
  const [fact, ...more] = appendOf(stream, nothing, [kept, helpAsked], { cause }).events;
  if (!fact) throw new Error("nothing to write");
  const events = [{ ...fact, causation: cause }, ...more];
  await log.append({ stream, expected: 0, events: rehashed(events), cause, tasks: [] });
  const tip = await log.tip(stream);
  await sql`insert into snapshots (stream, machine, version, hash, state)
    values (${stream}, ${anyCharts.current.id}, ${tip.version}, ${tip.hash},
      ${JSON.stringify(persist(initialState(anyCharts).snapshot))}::text::jsonb)`;
  return { people, person, stream, log };
}

const rehashed = (events: Parameters<typeof hashEvent>[0][]) => {
  let prev_hash = "";
  return events.map((event) => {
    const linked = { ...event, prev_hash };
    prev_hash = hashEvent(linked);
    return { ...linked, hash: prev_hash };
  });
};

async function verify(sql: Sql, key = "C"): Promise<VerifyReport> {
  const { opens, opensKey } = openPeople(sql, await keyOf(key));
  return await verifyLog(sql, {
    ...{ charts: anyCharts, projections: [], migrations, opens, opensKey },
  });
}

/** One kind of damage and the beginning of the one sentence that names it. */
function damageTest(
  what: string,
  damage: (of: { person: string; stream: string }) => string,
  ...sentences: readonly RegExp[]
) {
  databaseTest(`verify names ${what}`, async ({ sql }) => {
    const of = await whole(sql);
    assertEquals((await verify(sql)).faults, []);
    await sql.unsafe(damage(of)).simple();
    const { faults, fault_count } = await verify(sql);
    assertEquals([faults.length, fault_count], [sentences.length, sentences.length], `${faults}`);
    for (const [i, sentence] of sentences.entries()) assertMatch(faults[i] ?? "", sentence);
  });
}

damageTest(
  "a photo whose bytes were changed",
  () => `update photos set bytes = '\\x00' where sha256 = '${one.sha256}'`,
  new RegExp(`^photos ${one.sha256}: its bytes are not those that were kept; .*backup`),
);
damageTest(
  "a photo that was deleted",
  () => `delete from photos where sha256 = '${one.sha256}'`,
  new RegExp(`^photos ${one.sha256}: it is missing, and dialogue:\\S+ version 1 says .*backup`),
);
damageTest(
  "an id of a file for a photo that nobody knows",
  () => `insert into photo_files values (7, '${"a".repeat(64)}', 'AgAD-new')`,
  /^photo_files of bot 7 for a+: nobody knows of such a photo; delete the row/,
);
damageTest(
  "an id of a file that is another picture's",
  () => `update photo_files set file_id = 'AgAD-drawn' where sha256 = '${one.sha256}'`,
  /^photo_files of bot 7 for [0-9a-f]+: another picture has the same id/,
  /^photo_files of bot 7 for drawn:[0-9a-f]+: another picture has the same id/,
);
damageTest(
  "ids of files that are none",
  () =>
    `update photo_files set file_id = 'a b' where sha256 = '${one.sha256}';
    insert into photo_files values (-1, '${other.sha256}', 'x'), (7, 'x', 'y')`,
  /: no bot has such an id/,
  /: that is no id of a file/,
  /: it names no picture/,
);
damageTest(
  "a snapshot of another state",
  () => `update snapshots set state = '{"value": {}, "context": {"admin": true}}'`,
  /^snapshots of dialogue:\S+ by anything\/1: its state is not what the facts up to version 2/,
);
damageTest(
  "a snapshot that links to another fact",
  () => `update snapshots set hash = 'x'`,
  /^snapshots of dialogue:\S+ by anything\/1: its hash is not that of version 2; delete/,
);
damageTest(
  "a snapshot of a fact that is not there",
  () => `update snapshots set version = 9`,
  /^snapshots of dialogue:\S+ by anything\/1: there is no fact at version 9; delete/,
);
damageTest(
  "an update that could be applied again",
  () => `delete from seen_updates where cause = 'update:7:1'`,
  /^seen_updates update:7:1: it is missing, .*applied again; insert/,
);
damageTest(
  "an update that would never be applied",
  () => `insert into seen_updates (cause) values ('update:7:2')`,
  /^seen_updates update:7:2: it is there, and no fact, failure or message came of it; delete/,
);
damageTest(
  "tasks that no fact wants",
  ({ stream }) =>
    `insert into outbox (effect, lane, kind, stream, payload, correlation, due_at) values
      ('${stream}:9:0', 'l', 'send', 's', '{}', 'c', 0),
      ('${stream}:1:0', 'l', 'send', 's', '{}', 'c', 0)`,
  /^outbox dialogue:\S+:1:0: the fact names no such effect; set done_at/,
  /^outbox dialogue:\S+:9:0: there is no such fact; set done_at/,
);
damageTest(
  "a person whose row is missing",
  ({ person }) => `delete from people where person = '${person}'`,
  /^people [0-9a-f-]+: the row is missing, and dialogue:\S+ is theirs; .*backup/,
);
damageTest(
  "a person without a key",
  () => `update people set key = null`,
  /^people [0-9a-f-]+: there is a Telegram id and no key; /,
);
damageTest(
  "a trigger that was disabled",
  () => "alter table events disable trigger events_are_append_only",
  /^trigger events.events_are_append_only: it is CREATE TRIGGER .* \(disabled\), and the migrations/,
);
damageTest(
  "a trigger that was dropped",
  () => "drop trigger events_are_never_truncated on events",
  /^trigger events.events_are_never_truncated: it is missing; the migrations make it: CREATE/,
);
damageTest(
  "a trigger's function that does nothing any more",
  () =>
    `create or replace function refuse_change() returns trigger language plpgsql
    as 'begin return new; end'`,
  /^function refuse_change: it is CREATE OR REPLACE FUNCTION /,
);
damageTest(
  "a trigger of somebody else's, and a rule",
  () =>
    `create trigger theirs before insert on people for each row execute function refuse_change();
    create rule nothing as on update to head do instead nothing`,
  /^rule head.nothing: no migration makes it: .*; drop it$/,
  /^trigger people.theirs: no migration makes it: .*; drop it$/,
);
damageTest(
  "two rows for one Telegram id, and the constraint that is gone",
  () =>
    `alter table people drop constraint people_telegram_id_key;
    insert into people (person, telegram_id, key) select '${v4()}', telegram_id, null from people`,
  /^constraint people.people_telegram_id_key: it is missing; /,
  /^index people_telegram_id_key: it is missing; /,
  /^people [0-9a-f-]+: another row has the same Telegram id; /,
  /^people [0-9a-f-]+: another row has the same Telegram id; /,
);

databaseTest("verify misses no photo of somebody who was forgotten", async ({ sql }) => {
  const { people, person } = await whole(sql);
  await sql`delete from photo_files where sha256 = ${one.sha256}`;
  await sql`delete from photos where sha256 = ${one.sha256}`;
  await people.forget(person);
  assertEquals((await verify(sql)).faults, []);
});

databaseTest("verify names a person whose key another PII_KEY wraps", async ({ sql }) => {
  await whole(sql);
  const { faults } = await verify(sql, "D");
  assertMatch(
    faults.at(-1) ?? "",
    /^people [0-9a-f-]+: PII_KEY does not open the key in the row; /,
  );
});

databaseTest("verify counts many faults of a table and shows some", async ({ sql }) => {
  await whole(sql);
  await sql`insert into seen_updates (cause) select 'update:8:' || n from generate_series(1, 90) n`;
  const { faults, fault_count } = await verify(sql);
  assertEquals([faults.length, fault_count, faults.includes("")], [20, 90, false]);
});

databaseTest("verify says itself what only a published head can show", async ({ sql }) => {
  const { people, log, stream } = await whole(sql);
  const run = (...args: string[]) =>
    replay(sql, ["verify", ...args], { charts: anyCharts, people });
  const { code, lines } = await run();
  assertEquals(code, 0, lines.join("\n"));
  assertEquals(lines[1]?.split(";")[0], "2 photos as they were kept");
  assertStringIncludes(lines.at(-1) ?? "", "This cannot show that the newest facts were cut off");
  await write(log, stream, helpAsked);
  await sql`delete from photos`;
  const broken = await run();
  assertEquals(broken.code, 1);
  assertStringIncludes(broken.lines.join("\n"), `  photos ${one.sha256}: it is missing`);
});

goldenTest("verify of a file proves its facts, and says what it could not look at", async () => {
  const text = await readGolden(nameOfGolden());
  const run = async (file: string) =>
    await replay(null, ["verify", "log.jsonl"], { files: { "log.jsonl": file } });
  const { code, lines } = await run(text);
  assertEquals([code, lines[0]], [
    0,
    "log.jsonl: Whole: 154 facts in 41 streams; positions, chains, schemas and charts agree.",
  ]);
  assertMatch(
    lines[1] ?? "",
    /^Not looked at, as a log's file has facts alone: the photos of 8 facts, people and what is/,
  );
  const twice = await run(
    resealed(
      text.trimEnd().split("\n").map((line, i) =>
        i === 2 ? line.replace(/"pos":\d+/, '"pos":1') : line
      ),
    ),
  );
  assertEquals(twice.code, 1);
  assertStringIncludes(twice.lines.join("\n"), "its position is another's, or behind the end");
});

goldenDatabaseTest("verify misses what a fact's effects want in the outbox", async ({ sql }) => {
  const verifyAll = async () =>
    (await verifyLog(sql, { charts, projections, migrations })).faults.filter((fault) =>
      fault.startsWith("outbox ")
    );
  assertEquals(await verifyAll(), [], "nothing is kept beside what was imported");
  await sql`delete from stamps where name = 'imported'`;
  const [first = ""] = await verifyAll();
  assertMatch(
    first,
    /^outbox dialogue:\S+:\d+:\d+: it is missing, and the fact wants \w+; whoever/,
  );
  const effect = first.split(" ")[1]?.slice(0, -1) ?? "";
  await sql`insert into outbox (effect, lane, kind, stream, payload, correlation, due_at)
    values (${effect}, 'l', 'send', 's', '{"effect": {"type": "say"}}', 'c', 0)`;
  assertEquals((await verifyAll()).filter((fault) => fault.includes(effect)), [
    `outbox ${effect}: its payload is not what the fact says; set done_at, so that it is not ` +
    "carried out",
  ]);
});
