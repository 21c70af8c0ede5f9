import type { NewTask } from "../../src/store/append.ts";
import { assert, assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { openLeases } from "../../src/store/leases.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { type FinishedTask, openOutboxTable } from "../../src/store/outbox.ts";
import { databaseTest } from "../database.ts";
import { appendOf, nothing } from "./pen.ts";

type Sql = Database["sql"];

const LATER = Number.MAX_SAFE_INTEGER;

const task = (effect: string, lane: string, more: Partial<NewTask> = {}): NewTask => ({
  effect,
  lane,
  kind: "send",
  stream: "dialogue:1",
  payload: { text: `Привет, ${effect}` },
  correlation: "test",
  due_at: 0,
  ...more,
});

const done = (effect: string, more: Partial<FinishedTask> = {}): FinishedTask => ({
  effect,
  answer: { message: 1 },
  kept: [],
  cleared: [],
  ...more,
});

/** Queues tasks as the process `owner` does. */
async function queue(sql: Sql, owner: string, ...tasks: readonly NewTask[]): Promise<void> {
  const append = appendOf(v4(), nothing, [], { tasks });
  assertEquals((await openLog(sql, [], owner).append(append)).is, "appended");
}

const live = (sql: Sql, owner: string, ms = 60_000) =>
  openLeases(sql).hold(`process:${owner}`, owner, ms);

const effects = (tasks: readonly { effect: string }[]) => tasks.map(({ effect }) => effect);

databaseTest("outbox brings what a dead process left, oldest first", async ({ sql }) => {
  const outbox = openOutboxTable(sql);
  const [dead, alive] = [v4(), v4()];
  await queue(sql, dead, task("a1", "a"), task("b1", "b"), task("a2", "a"));
  await queue(sql, dead, task("a3", "a", { kind: "tell" }));
  assert(await live(sql, alive));
  const claimed = await outbox.claim(alive, [], LATER);
  assertEquals(effects(claimed), ["a1", "b1", "a2", "a3"]);
  assertEquals({ ...claimed[3]! }, {
    effect: "a3",
    lane: "a",
    kind: "tell",
    stream: "dialogue:1",
    payload: { text: "Привет, a3" },
    correlation: "test",
    due_at: 0,
    attempts: 0,
  });
  // They are this process's now: it has them in hand, and another one leaves them.
  assertEquals(effects(await outbox.claim(alive, effects(claimed), LATER)), []);
  assertEquals(effects(await outbox.claim(v4(), [], LATER)), []);
});

databaseTest(
  "outbox leaves a living process its tasks, and its lanes their order",
  async ({ sql }) => {
    const outbox = openOutboxTable(sql);
    const [one, two] = [v4(), v4()];
    assert(await live(sql, one));
    assert(await live(sql, two));
    await queue(sql, one, task("a1", "a"), task("b1", "b"));
    // In lane a it has to wait for the first process, in lane c for nobody.
    await queue(sql, two, task("a2", "a"), task("c1", "c"));
    assertEquals(effects(await outbox.claim(two, ["c1"], LATER)), []);
    await outbox.finish([done("a1")]);
    assertEquals(effects(await outbox.claim(two, ["c1"], LATER)), ["a2"]);
    assertEquals(effects(await outbox.claim(two, ["c1", "a2"], LATER)), []);
  },
);

databaseTest("outbox takes over when the owner's lease has run out", async ({ sql }) => {
  const outbox = openOutboxTable(sql);
  const [one, two] = [v4(), v4()];
  assert(await live(sql, two));
  await queue(sql, one, task("a1", "a"));
  assert(await live(sql, one));
  assertEquals(effects(await outbox.claim(two, [], LATER)), []);
  await sql`update leases set until = clock_timestamp() where owner = ${one}`;
  assertEquals(effects(await outbox.claim(two, [], LATER)), ["a1"]);
});

databaseTest("processes that claim at once share without an overlap", async ({ sql }) => {
  const outbox = openOutboxTable(sql);
  const owners = Array.from({ length: 3 }, () => v4());
  for (const owner of owners) assert(await live(sql, owner));
  const tasks = Array.from({ length: 60 }, (_, i) => task(`t${i}`, `lane ${i % 7}`));
  await queue(sql, v4(), ...tasks);
  const claims = await Promise.all(owners.map((owner) => outbox.claim(owner, [], LATER)));
  const all = claims.flatMap(effects);
  assertEquals(all.length, 60);
  assertEquals(new Set(all).size, 60);
  for (const claimed of claims) {
    const order = effects(claimed).map((effect) => Number(effect.slice(1)));
    assertEquals(order, order.toSorted((a, b) => a - b));
  }
});

databaseTest(
  "outbox brings a backlog of thousands, oldest first, and nothing twice",
  async ({ sql }) => {
    const outbox = openOutboxTable(sql);
    const [dead, alive] = [v4(), v4()];
    assert(await live(sql, alive));
    const count = 10_000;
    const tasks = Array.from({ length: count }, (_, i) => task(`t${i}`, `lane ${i % 700}`));
    await queue(sql, dead, ...tasks);
    const claimed: string[] = [];
    for (let page = effects(await outbox.claim(alive, [], LATER)); page.length > 0;) {
      claimed.push(...page);
      page = effects(await outbox.claim(alive, claimed, LATER));
    }
    assertEquals(claimed, tasks.map(({ effect }) => effect));
  },
);

databaseTest("outbox leaves jobs until they are due", async ({ sql }) => {
  const outbox = openOutboxTable(sql);
  const job = (effect: string, due_at: number) => task(effect, effect, { kind: "job", due_at });
  await queue(
    sql,
    v4(),
    job("soon", 1_000),
    job("late", 9_000),
    task("send", "a", { due_at: 9_000 }),
  );
  const me = v4();
  assertEquals(effects(await outbox.claim(me, [], 1_000)), ["soon", "send"]);
  assertEquals(effects(await outbox.claim(me, ["soon", "send"], 9_000)), ["late"]);
});

databaseTest("finished task keeps its answer and loses address and payload", async ({ sql }) => {
  const outbox = openOutboxTable(sql);
  await queue(sql, v4(), task("a1", "a"), task("a2", "a"));
  await outbox.finish([done("a1", { answer: { message: 17 } }), done("unknown")]);
  const [row] = await sql`
    select lane, stream, payload, answer, done_at is not null as done
    from outbox where effect = 'a1'`;
  const left = { lane: "", stream: null, payload: null };
  assertEquals({ ...row }, { ...left, answer: { message: 17 }, done: true });
  assertEquals(effects(await outbox.claim(v4(), [], LATER)), ["a2"]);
});

databaseTest("postponed task says why, when and how often it was tried", async ({ sql }) => {
  const outbox = openOutboxTable(sql);
  await queue(sql, v4(), task("a1", "a"));
  await outbox.postpone("a1", 5_000, "429: retry after 5");
  await outbox.postpone("a1", 7_000, "429: retry after 7");
  const [claimed] = await outbox.claim(v4(), [], 0);
  assertEquals(claimed && [claimed.attempts, claimed.due_at], [2, 7_000]);
  const [row] = await sql`select answer from outbox`;
  assertEquals(row?.answer, { error: "429: retry after 7" });
  await outbox.finish([done("a1")]);
  await outbox.postpone("a1", 9_000, "late");
  const [after] = await sql`select answer, attempts from outbox`;
  assertEquals({ ...after }, { answer: { message: 1 }, attempts: 2 });
});

databaseTest("outbox remembers the messages of a slot until they are cleared", async ({ sql }) => {
  const outbox = openOutboxTable(sql);
  const message = (message: number, stream = "dialogue:1", slot = "wizard") => ({
    stream,
    slot,
    chat: -100_500_000_000_123,
    message,
  });
  const slot = async () => (await outbox.slot("dialogue:1", "wizard")).map((row) => ({ ...row }));
  await outbox.finish([
    done("a", {
      kept: [message(3), message(2), message(9, "dialogue:2"), message(8, "dialogue:1", "x")],
    }),
    done("b", { kept: [message(3), message(5)] }),
  ]);
  assertEquals(await slot(), [message(2), message(3), message(5)]);
  await outbox.finish([done("c", { cleared: [message(2), message(5), message(77)] })]);
  assertEquals(await slot(), [message(3)]);
  await outbox.finish([]);
});
