import type { Appended, NewTask } from "../../src/store/append.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { v4 } from "uuid";
import { inlineProjection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import type { Log } from "../../src/store/log.ts";
import { openLog } from "../../src/store/log.ts";
import { type Database } from "../../src/store/open_database.ts";
import { databaseTest, ownersTest, serverTest } from "../database.ts";
import {
  appendOf,
  chain,
  helpAsked,
  issued,
  nothing,
  restored,
  verified,
  withdrawn,
  write,
} from "./pen.ts";

const open = ({ sql }: Pick<Database, "sql">, owner = v4()): Log =>
  openLog(sql, projections.map(inlineProjection), owner);

const outcomes = (all: readonly Appended[]) => all.map(({ is }) => is);

/** What the projection decided about the only fact of this append. */
const assignedTo = (appended: Appended, fact: string) =>
  appended.is === "appended" ? appended.assigned.get(fact) : appended.is;

const task = (effect: string, lane: string): NewTask => ({
  effect,
  lane,
  kind: "send",
  stream: "a",
  payload: { say: effect },
  correlation: "test",
  due_at: 0,
});

databaseTest("log gives back the facts of a stream as they were written", async (database) => {
  const log = open(database);
  const name = `<b>&"'\\ 🎴 عربي \u2028 ${"я".repeat(70)}`;
  const events = chain("a", nothing, [issued(v4(), v4()), {
    type: "NameProvided",
    data: { name, deep: [1, 1.5, -0.25, 1e21, true, null, { z: 1, a: [] }] },
  }]);
  await log.append({ stream: "a", expected: 0, events, cause: "c", tasks: [] });
  assertEquals(
    [...await log.read("a", 0)],
    events.map((event, i) => ({ ...event, pos: i + 1 })),
  );
  assertEquals([...await log.read("a", 1)], [{ ...events[1]!, pos: 2 }]);
  assertEquals(await log.tip("a"), { version: 2, hash: events[1]!.hash });
  assertEquals(await log.tip("nobody's"), nothing);
});

databaseTest("log answers a wrong expected version with the actual one", async (database) => {
  const log = open(database);
  await write(log, "a", helpAsked, helpAsked);
  assertEquals(await log.append(appendOf("a", nothing, [helpAsked])), {
    is: "conflict",
    actual: 2,
  });
  const ahead = appendOf("b", { version: 3, hash: "?" }, [helpAsked]);
  assertEquals(await log.append(ahead), { is: "conflict", actual: 0 });
  const counted = await database.sql`select count(*)::int as n from events`;
  assertEquals(counted[0]?.n, 2);
});

databaseTest("log applies one cause once, however often it comes", async (database) => {
  const log = open(database);
  const of = (stream: string) =>
    log.append(appendOf(stream, nothing, [helpAsked], { cause: "update:1:1" }));
  assertEquals(outcomes([await of("a"), await of("a")]), ["appended", "duplicate"]);
  // In one batch, for two streams: the same update cannot be of two dialogues, and yet.
  const again = () => log.append(appendOf(v4(), nothing, [helpAsked], { cause: "update:1:2" }));
  assertEquals(outcomes(await Promise.all([again(), again()])).toSorted(), [
    "appended",
    "duplicate",
  ]);
  const refused = appendOf("a", nothing, [helpAsked], { cause: "update:1:3" });
  assertEquals((await log.append(refused)).is, "conflict");
  const decidedAgain = appendOf("a", await log.tip("a"), [helpAsked], { cause: "update:1:3" });
  assertEquals((await log.append(decidedAgain)).is, "appended");
});

databaseTest("poison member of a batch fails alone while the rest goes through", async (db) => {
  const log = open(db);
  const poison = { type: "NameProvided", data: { name: "a\0b" } };
  const settled = await Promise.allSettled(
    Array.from(
      { length: 20 },
      (_, i) => log.append(appendOf(`s${i}`, nothing, [i === 7 ? poison : helpAsked])),
    ),
  );
  assertEquals(settled.flatMap(({ status }, i) => (status === "rejected" ? [i] : [])), [7]);
  const [row] = await db.sql`
    select count(*)::int as facts, max(pos)::int as newest, (select pos from head)::int as head
    from events`;
  assertEquals({ ...row }, { facts: 19, newest: 19, head: 19 });
});

databaseTest("60 checks of one card at once show 1 to 60, and people once each", async (db) => {
  const log = open(db);
  const card = v4();
  await write(log, "maker", issued(card, v4()));
  const people = Array.from({ length: 20 }, () => v4());
  const checks = await Promise.all(Array.from({ length: 60 }, async (_, i) => {
    const append = appendOf(`s${i}`, nothing, [verified(card, people[i % 20]!, { at: 5000 + i })]);
    return assignedTo(await log.append(append), append.events[0]!.id);
  }));
  const numbers = checks.map((check) => (check as { number: number }).number);
  assertEquals(numbers.toSorted((a, b) => a - b), Array.from({ length: 60 }, (_, i) => i + 1));
  const counted = checks.map((check) => (check as { people: number }).people);
  assertEquals(counted.toSorted((a, b) => a - b).at(-1), 20);
  // In the order of the log, the number of people never falls and never grows by more than one.
  const rows = await db.sql<{ people: number }[]>`select people from scans order by number`;
  rows.forEach((row, i) => assert(row.people - (rows[i - 1]?.people ?? 0) <= 1));
  const [row] = await db.sql`select checks, people, first_at from cards`;
  // Batches that are on their way together may come in either order.
  const [first] = await db.sql`
    select at from events where type = 'CardVerified' order by pos limit 1`;
  assertEquals({ ...row }, { checks: 60, people: 20, first_at: first?.at });
});

const byOthers = { revision: 0, own: false, by_maker: 0, others_first_at: 1000 };

databaseTest(
  "check is of an active card before the withdrawal, of a withdrawn one after",
  async (db) => {
    const log = open(db);
    const card = v4();
    await write(log, "maker", issued(card, v4()));
    const tip = await log.tip("maker");
    const appends = [
      appendOf("before", nothing, [verified(card, v4())]),
      appendOf("maker", tip, [withdrawn(card, "подделка"), withdrawn(card, "вторая причина")]),
      appendOf("after", nothing, [verified(card, v4())]),
      appendOf("other", nothing, [restored(card)]),
      appendOf("last", nothing, [verified(card, v4())]),
    ];
    const all = await Promise.all(appends.map((append) => log.append(append)));
    const seen = [0, 2, 4].map((i) => assignedTo(all[i]!, appends[i]!.events[0]!.id));
    assertEquals(seen, [
      { number: 1, people: 1, first_at: 1000, active: true, reason: null, ...byOthers },
      {
        number: 2,
        people: 2,
        first_at: 1000,
        active: false,
        reason: "вторая причина",
        ...byOthers,
      },
      { number: 3, people: 3, first_at: 1000, active: true, reason: null, ...byOthers },
    ]);
  },
);

ownersTest("database refuses to change or drop facts", async ({ sql, ...database }) => {
  const log = open({ sql, ...database });
  await write(log, "a", helpAsked);
  const words = "the log: facts are only ever appended";
  await assertRejects(() => sql`update events set type = 'X'`, Error, `Cannot update ${words}`);
  await assertRejects(() => sql`delete from events`, Error, `Cannot delete ${words}`);
  await assertRejects(() => sql`truncate events`, Error, `Cannot truncate ${words}`);
  assertEquals((await log.read("a", 0)).length, 1);
});

databaseTest("log queues tasks in order, with the facts or not at all", async ({ sql }) => {
  const log = open({ sql });
  const tasks = [task("a:1:0", "a"), task("a:1:1", "a"), task("a:1:2", "b")];
  await log.append(appendOf("a", nothing, [helpAsked], { tasks }));
  await log.append(appendOf("a", nothing, [helpAsked], { tasks: [task("refused", "a")] }));
  const rows = await sql`select effect, payload, kind from outbox order by seq`;
  assertEquals(rows.map((row) => ({ ...row })), [
    { effect: "a:1:0", payload: { say: "a:1:0" }, kind: "send" },
    { effect: "a:1:1", payload: { say: "a:1:1" }, kind: "send" },
    { effect: "a:1:2", payload: { say: "a:1:2" }, kind: "send" },
  ]);
});

databaseTest("task waits where another process has an undone one in its lane", async (database) => {
  const one = open(database);
  const two = open(database);
  const append = (log: Log, stream: string, effect: string, lane: string) =>
    log.append(appendOf(stream, nothing, [helpAsked], { tasks: [task(effect, lane)] }));
  const first = await append(one, "a", "1", "lane");
  const own = await append(one, "b", "2", "lane");
  const theirs = await append(two, "c", "3", "lane");
  const elsewhere = await append(two, "d", "4", "another lane");
  const waiting = [first, own, theirs, elsewhere].map((appended) =>
    appended.is === "appended" ? [...appended.waiting] : appended.is
  );
  assertEquals(waiting, [[], [], ["3"], []]);
});

databaseTest(
  "update that failed is kept with its apology, and its cause is used up",
  async (db) => {
    const log = open(db);
    const failed = {
      ...appendOf("a", nothing, [], { cause: "update:1:1", tasks: [task("failed:R", "a")] }),
      failure: { reference: "R", payload: "sealed", error: "Error: no" },
    };
    assertEquals(outcomes([await log.append(failed), await log.append(failed)]), [
      "appended",
      "duplicate",
    ]);
    const rows = await db.sql`select reference, cause, stream, payload, error from failed_updates`;
    assertEquals(rows.map((row) => ({ ...row })), [
      { reference: "R", cause: "update:1:1", stream: "a", payload: "sealed", error: "Error: no" },
    ]);
    assertEquals(await log.tip("a"), nothing);
  },
);

databaseTest("idle log has nothing on its way", async (database) => {
  const log = open(database);
  const appends = Array.from(
    { length: 30 },
    (_, i) => log.append(appendOf(`s${i}`, nothing, [helpAsked])),
  );
  await log.idle();
  const [row] = await database.sql`select pos::int from head`;
  assertEquals(row?.pos, 30);
  await Promise.all(appends);
});

serverTest("follower by position misses nothing while two processes append", async (database) => {
  const { sql } = database;
  const logs = [open(database), open(database)];
  const [a, b] = logs.map((log, side) =>
    Promise.all(Array.from({ length: 40 }, async (_, stream) => {
      for (let i = 0; i < 5; i++) await write(log, `${side} ${stream}`, helpAsked, helpAsked);
    }))
  );
  let appending = true;
  const appended = Promise.all([a, b]).then(() => appending = false);
  const seen: number[] = [];
  for (let last = false; !last;) {
    // What was committed before this question is answered at the latest by it.
    last = !appending;
    const rows = await sql<{ pos: number }[]>`
      select pos from events where pos > ${seen.at(-1) ?? 0} order by pos`;
    seen.push(...rows.map(({ pos }) => pos));
  }
  await appended;
  assertEquals(seen, Array.from({ length: 800 }, (_, i) => i + 1));
});
