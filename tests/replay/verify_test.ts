import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { v4, v7 } from "uuid";
import { createMachine } from "xstate";
import { envelopeOf } from "../../events/envelope.ts";
import { charts } from "../../machines/charts.ts";
import { inlineProjection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { FAULTS_SHOWN } from "../../src/replay/verify/found.ts";
import { verifyLog, type VerifyReport } from "../../src/replay/verify/verify.ts";
import { decide } from "../../src/runtime/decide.ts";
import { initialState } from "../../src/runtime/streams.ts";
import { type EventRow, hashEvent } from "../../src/store/event_row.ts";
import { eventColumns, type Log, openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";
import { anyCharts, type Draft, helpAsked, issued, verified, write } from "../store/pen.ts";

type Sql = Database["sql"];

const open = (sql: Sql): Log => openLog(sql, projections.map(inlineProjection), v4());

const verify = (sql: Sql): Promise<VerifyReport> =>
  verifyLog(sql, { charts: anyCharts, projections, page_size: 3 });

const named = (name: string): Draft => ({ type: "NameProvided", data: { name } });

/** Streams a and b by turns: a1 b1 a2 b2 … a5 b5, positions 1 to 10. */
async function twoStreams(sql: Sql): Promise<Log> {
  const log = open(sql);
  for (let i = 1; i <= 5; i++) {
    await write(log, "a", named(`a${i}`));
    await write(log, "b", named(`b${i}`));
  }
  return log;
}

/** As only somebody can who owns the database; all statements in one go are one transaction. */
async function tamper(sql: Sql, ...statements: readonly string[]): Promise<void> {
  const all = [
    "alter table events disable trigger all",
    ...statements,
    "alter table events enable trigger all",
  ];
  await sql.unsafe(all.join("; ")).simple();
}

/** One kind of damage and the sentences that name it. */
function damageTest(what: string, statements: readonly string[], ...faults: readonly string[]) {
  databaseTest(`verify names ${what}`, async ({ sql }) => {
    await twoStreams(sql);
    assertEquals((await verify(sql)).faults, []);
    await tamper(sql, ...statements);
    const report = await verify(sql);
    assertEquals(report.faults, faults);
    assertEquals(report.fault_count, faults.length);
  });
}

databaseTest("verify finds nothing wrong with a whole log", async ({ sql }) => {
  const log = await twoStreams(sql);
  const card = v4();
  await write(log, "c", issued(card, v4()), verified(card, v4()));
  const { projections: compared, ...report } = await verify(sql);
  assertEquals(report, {
    ...{ facts: 12, streams: 3, seals: null, kept: null },
    ...{ faults: [], fault_count: 0 },
  });
  assert(compared?.every(({ differing }) => differing === 0));
});

databaseTest("verify finds nothing wrong with an empty log", async ({ sql }) => {
  const { facts, streams, faults } = await verify(sql);
  assertEquals({ facts, streams, faults }, { facts: 0, streams: 0, faults: [] });
});

damageTest(
  "a flipped byte",
  [`update events set data = '{"name": "a2?"}' where stream = 'a' and version = 2`],
  "a version 2 (pos 3, NameProvided): hash does not match its content",
);
damageTest(
  "a changed time",
  ["update events set at = at + 1 where pos = 10"],
  "b version 5 (pos 10, NameProvided): hash does not match its content",
);
damageTest(
  "a changed hash, which the next fact knows",
  ["update events set hash = repeat('0', 64) where pos = 3"],
  "a version 2 (pos 3, NameProvided): hash does not match its content",
  "a version 3 (pos 5, NameProvided): is not linked to version 2: prev_hash is another",
);
damageTest(
  "a removed row",
  ["delete from events where pos = 5"],
  "the log: 9 facts, the newest at position 10, the head at 10: position 5 is missing",
  "a version 4 (pos 7, NameProvided): version 3 is missing before it",
);
damageTest(
  "two removed rows at the beginning",
  ["delete from events where pos in (1, 3)"],
  "the log: 8 facts, the newest at position 10, the head at 10: position 1 is missing",
  "a version 3 (pos 5, NameProvided): versions 1 to 2 are missing before it",
);
damageTest(
  "a removed end",
  ["delete from events where pos = 10"],
  "b: the table streams says version 5, the last fact is version 4",
  "the log: 9 facts, the newest at position 9, the head at 10: position 10 is missing",
);
damageTest(
  "a pair that changed positions",
  [
    "update events set pos = 100 where pos = 3",
    "update events set pos = 3 where pos = 5",
    "update events set pos = 5 where pos = 100",
  ],
  "a version 3 (pos 3, NameProvided): stands before version 2 (pos 5)",
);
damageTest(
  "a pair that changed versions",
  [
    "update events set version = 100 where pos = 3",
    "update events set version = 2 where pos = 5",
    "update events set version = 3 where pos = 3",
  ],
  "a version 3 (pos 3, NameProvided): stands before version 2 (pos 5)",
  "a version 2 (pos 5, NameProvided): hash does not match its content",
  "a version 4 (pos 7, NameProvided): is not linked to version 3: prev_hash is another",
);
damageTest(
  "a head that is behind",
  ["update head set pos = 9"],
  "the log: 10 facts, the newest at position 10, the head at 9",
);
damageTest(
  "a stream's row with another version",
  ["update streams set version = 6 where stream = 'a'"],
  "a: the table streams says version 6, the last fact is version 5",
);
damageTest(
  "a stream's row with another hash",
  ["update streams set hash = 'x' where stream = 'a'"],
  "a: the hash in the table streams is not that of version 5",
);
damageTest(
  "a stream without a row",
  ["delete from streams where stream = 'b'"],
  "b: its last fact is version 5, but the table streams has no row",
);
damageTest(
  "a stream's row without facts",
  ["insert into streams values ('c', 1, 'x')"],
  "c: the table streams says version 1, but there are no facts",
);

databaseTest("verify names a fact that was changed and hashed anew", async ({ sql }) => {
  await twoStreams(sql);
  const forge = async (pos: number) => {
    const [row] = await sql<EventRow[]>`
      select ${sql.unsafe(eventColumns)} from events where pos = ${pos}`;
    const hash = hashEvent({ ...row!, data: { name: "Мой" } });
    await tamper(
      sql,
      `update events set data = '{"name": "Мой"}', hash = '${hash}'
      where pos = ${pos}`,
    );
  };
  await forge(3);
  assertEquals((await verify(sql)).faults, [
    "a version 3 (pos 5, NameProvided): is not linked to version 2: prev_hash is another",
  ]);
  await forge(10);
  assertEquals(
    (await verify(sql)).faults[1],
    "b: the hash in the table streams is not that of version 5",
  );
});

databaseTest("verify shows the first faults of many and counts all", async ({ sql }) => {
  const log = open(sql);
  for (let i = 0; i < 10; i++) await write(log, `s${9 - i}`, ...Array(10).fill(helpAsked));
  await tamper(sql, "update events set at = at + 1");
  const { faults, fault_count, projections } = await verify(sql);
  assertEquals(fault_count, 100);
  assertEquals(faults.length, FAULTS_SHOWN);
  assertStringIncludes(faults[0]!, "s9 version 1 (pos 1, HelpAsked)");
  assertStringIncludes(faults[FAULTS_SHOWN - 1]!, "s8 version 10 (pos 20, HelpAsked)");
  assertEquals(projections, null);
});

databaseTest("verify names a fact that no schema describes", async ({ sql }) => {
  const log = open(sql);
  await write(log, "a", helpAsked, { type: "Nonsense", data: {} }, helpAsked);
  await write(log, "b", { type: "NameProvided", data: { name: "" } });
  const { faults } = await verify(sql);
  assertEquals(faults.length, 2);
  assertEquals(
    faults[0],
    "a version 2 (pos 2, Nonsense): Cannot read a version 2: unknown fact Nonsense",
  );
  assertStringIncludes(
    faults[1]!,
    "b version 1 (pos 4, NameProvided): Cannot read b version 1: NameProvided version 1 is not " +
      "as it must be (name: ",
  );
});

databaseTest(
  "verify names a fact whose chart is unknown, or now decides otherwise",
  async ({ sql }) => {
    await write(open(sql), "a", helpAsked, helpAsked);
    const actions = { say: () => {} };
    const by = async (id: string, rest: object) => {
      const chart = {
        ...anyCharts.current,
        id,
        machine: createMachine({ id, ...rest }).provide({ actions }),
      };
      const all = { [id]: chart };
      const charts = { all, current: chart };
      return (await verifyLog(sql, { charts, projections })).faults;
    };
    assertEquals(await by("anything/2", {}), [
      "a version 1 (pos 1, HelpAsked): Cannot fold a version 1: this program has no chart anything/1",
    ]);
    const place = (version: number) =>
      `a version ${version} (pos ${version}, HelpAsked): anything/1`;
    assertEquals(await by("anything/1", { context: { n: 1 } }), [
      `${place(1)} now comes to another state than it did`,
      `${place(2)} now comes to another state than it did`,
    ]);
    const say = { type: "say", params: { text: "hello" } };
    assertEquals(await by("anything/1", { context: {}, on: { HelpAsked: { actions: say } } }), [
      `${place(1)} now names other effects than it did`,
      `${place(2)} now names other effects than it did`,
    ]);
  },
);

databaseTest(
  "verify folds what the runtime decided to the same effects and states",
  async ({ sql }) => {
    const log = open(sql);
    const envelope = envelopeOf({ rights: { admin: true, owner: false }, locale: "ru" });
    let streamState = initialState(charts);
    for (
      const type of ["Started", "HelpAsked", "StatsAsked", "IssueBegun", "Cancelled"] as const
    ) {
      const linked = { cause: v7(), correlation: "c" };
      const metadata = { stream: "dialogue:1", ...linked, at: 1, envelope, newId: v7 };
      const decision = await decide(metadata, streamState, { type }, () => Promise.reject());
      assert(decision);
      const { cause } = metadata;
      const expected = streamState.version;
      const append = { stream: "dialogue:1", cause, expected, events: decision.events, tasks: [] };
      assertEquals((await log.append(append)).is, "appended");
      streamState = decision.streamState;
    }
    const { facts, faults } = await verifyLog(sql, { charts, projections });
    assertEquals({ facts, faults }, { facts: 5, faults: [] });
  },
);

databaseTest("verify names a read model that is not what the log says", async ({ sql }) => {
  const card = v4();
  await write(open(sql), "a", issued(card, v4()), verified(card, v4()));
  await sql`update cards set checks = 5`;
  const { faults } = await verify(sql);
  assertEquals(faults, [
    "read model cards: 1 of 1 rows are not what the log says " +
    `(cards card ${card}: checks is 5, not 1)`,
  ]);
});

databaseTest("verify of a log that grows meanwhile proves what was there", async ({ sql }) => {
  const log = await twoStreams(sql);
  let going = true;
  const growing = (async () => {
    for (let i = 0; going; i++) await write(log, i % 3 === 0 ? "a" : `late ${i}`, helpAsked);
  })();
  for (let i = 0; i < 3; i++) assertEquals((await verify(sql)).faults, []);
  going = false;
  await growing;
});
