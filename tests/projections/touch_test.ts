/** What a read model's statements touch of the log: the facts that they are for, and no others. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import type postgres from "postgres";
import { v4 } from "uuid";
import { facts } from "../../events/facts.ts";
import { inlineProjection, type Projection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { openLog } from "../../src/store/log.ts";
import { lockHead } from "../../src/store/write_batch.ts";
import { databaseTest } from "../database.ts";
import { samplesOf } from "../events/samples_of.ts";
import { sha } from "../machines/samples.ts";
import {
  corrected,
  dismissed,
  type Draft,
  editionsIssued,
  invited,
  issued,
  opened,
  presented,
  restored,
  spoke,
  verified,
  withdrawn,
  write,
} from "../store/pen.ts";
import { type Asked, overhear, type Reading, readingsOf } from "./explain.ts";

type Sql = postgres.Sql;

const PEOPLE = Array.from({ length: 9 }, () => v4());
const [owner = "", maker = ""] = PEOPLE;

/** A fact of every kind that read models are made of, about cards of its own. */
function everyKind(round: number): readonly [stream: string, drafts: readonly Draft[]][] {
  const [card, other] = [v4(), v4()];
  const digest = sha(round.toString(16).slice(-1));
  const buyer = PEOPLE[2 + round % 7] ?? "";
  return [
    [`dialogue:${owner}`, [
      issued(card, owner),
      issued(other, owner),
      editionsIssued(v4(), owner, [1, 2, 3]),
      invited(digest),
      spoke(round % 2 === 0 ? "en" : "ru"),
    ]],
    [`dialogue:${maker}`, [presented(digest)]],
    [`dialogue:${buyer}`, [verified(card, buyer), verified(other, buyer), opened(1)]],
    [`dialogue:${owner}`, [
      corrected(card, { name: "Лето" }),
      withdrawn(other),
      restored(other),
      dismissed(maker),
    ]],
  ];
}

/** Some thousand facts that were applied, and behind them some that were not: their range. */
async function someLog(sql: Sql) {
  const log = openLog(sql, [], v4());
  const card = v4();
  await write(log, "maker", issued(card, owner));
  for (let round = 0; round < 5; round++) {
    for (const [stream, drafts] of everyKind(round)) await write(log, stream, ...drafts);
  }
  const checks = Array.from({ length: 3_000 }, (_, i) => verified(card, PEOPLE[i % 9] ?? ""));
  await write(log, "buyers", ...checks);
  const after = await headOf(sql);
  for (const [stream, drafts] of everyKind(7)) await write(log, stream, ...drafts);
  await write(log, "sampled", ...await missingKinds(sql, after));
  const upto = await headOf(sql);
  await sql.begin(async (tx) => {
    for (const projection of projections) {
      await projection.apply(tx, { after: tx`0::bigint`, upto: tx`${after}::bigint` });
    }
  });
  await sql`analyze`;
  return { after, upto };
}

/** A sample of each fact that read models are made of, and that the log lacks after `after`. */
async function missingKinds(sql: Sql, after: number): Promise<Draft[]> {
  const kinds = await sql<{ type: string }[]>`
    select distinct type from events where pos > ${after}`;
  const applied = new Set(projections.flatMap(({ applies }) => [...applies]));
  return [...applied].filter((type) => !kinds.some((kind) => kind.type === type))
    .map((type): Draft => {
      const schema = facts.get(type)?.schema;
      assert(schema, `${type} is no fact`);
      const [sample] = samplesOf(schema, type);
      const { type: _, ...data } = JSON.parse(JSON.stringify(sample));
      return { type, data };
    });
}

async function headOf(sql: Sql): Promise<number> {
  const [row] = await sql<{ pos: number }[]>`select pos from head`;
  return row?.pos ?? 0;
}

/** What an append or a rebuild does before it moves the first of them. */
type Begin = (tx: postgres.TransactionSql) => Promise<unknown>;
/** How a read model is moved: by an append, or by a rebuild. */
type Move = (tx: postgres.TransactionSql, projection: Projection) => Promise<unknown>;

/** What each model's statements read as they move it, one model after the other. */
async function watch(sql: Sql, begin: Begin, move: Move): Promise<Map<string, Reading[]>> {
  const found = new Map<string, Reading[]>();
  const undo = new Error("Undone");
  await sql.begin(async (tx) => {
    await begin(tx);
    for (const projection of projections) {
      let asked: Asked[] = [];
      await tx.savepoint(async (inner) => {
        asked = await overhear(sql, () => move(inner, projection));
        throw undo;
      }).catch((error) => assertEquals(error, undo));
      // Again, and for good: the next model reads what this one has written.
      const readings: Reading[] = [];
      for (const one of asked) readings.push(...await readingsOf(tx, one));
      found.set(projection.name, readings);
    }
    throw undo;
  }).catch((error) => {
    if (error !== undo) throw error;
  });
  return found;
}

/** No reading of the log looks at more than the range holds, nor goes through it row by row. */
function assertWithin(found: Map<string, Reading[]>, size: number): void {
  const ofLog = [...found].flatMap(([model, readings]) =>
    readings.filter(({ table }) => table === "events").map((reading) => ({ model, ...reading }))
  );
  assertEquals(ofLog.filter(({ rows, how }) => rows > size || how === "Seq Scan"), []);
  for (const { name } of projections) {
    const rows = ofLog.filter(({ model }) => model === name).map(({ rows }) => rows);
    assertGreater(Math.max(0, ...rows), 0, `${name} reads no fact: this test sees nothing of it`);
  }
}

databaseTest("read models touch only the facts that an append adds", async ({ sql }) => {
  const { after, upto } = await someLog(sql);
  assertEquals(await missingKinds(sql, after), [], "facts that this test lacks");
  const found = await watch(
    sql,
    async (tx) => {
      await lockHead(tx);
      await tx`select set_config('amanita.after', ${String(after)}, true),
        set_config('amanita.upto', ${String(upto)}, true)`;
    },
    (tx, projection) => inlineProjection(projection).applyNew(tx, projection.applies),
  );
  assert(upto - after < 20);
  assertWithin(found, upto - after);
});

databaseTest("read models touch only the page that a rebuild is at", async ({ sql }) => {
  const { after, upto } = await someLog(sql);
  const found = await watch(
    sql,
    () => Promise.resolve(),
    (tx, projection) =>
      projection.apply(tx, { after: tx`${after}::bigint`, upto: tx`${upto}::bigint` }),
  );
  assertWithin(found, upto - after);
});
