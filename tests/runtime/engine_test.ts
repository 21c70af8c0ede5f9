import { assert, assertEquals } from "@std/assert";
import { v4 } from "uuid";
import type { Answer } from "../../src/runtime/engine.ts";
import { databaseTest, serverTest } from "../database.ts";
import { tap } from "../machines/samples.ts";
import { anotherPool } from "./another_pool.ts";
import {
  dialogue,
  faultsOf,
  findNothing,
  givenEngine,
  type Sql,
  toldBy,
  update,
} from "./given_engine.ts";

const range = (length: number) => Array.from({ length }, (_, i) => i);

databaseTest("update that is delivered three times is applied once", async ({ sql }) => {
  const stream = dialogue();
  const cause = "update:1:7";
  const { hears, log, offered } = givenEngine(sql);
  assertEquals(await hears(stream, "ask 1", { cause }), "applied");
  assertEquals(await hears(stream, "ask 1", { cause }), "duplicate");
  // The third time, another process polls.
  assertEquals(await givenEngine(sql).hears(stream, "ask 1", { cause }), "duplicate");
  assertEquals(await toldBy(log, stream), ["NameProvided ask 1", "OwnCardMissing 1:0"]);
  assertEquals(offered.map(({ effect }) => effect), [`${stream}:1:0`, `${stream}:2:0`]);
});

databaseTest("update that is delivered thrice at once is applied once", async ({ sql }) => {
  const stream = dialogue();
  const cause = "update:1:7";
  const engines = [givenEngine(sql), givenEngine(sql)];
  const handled = await Promise.all(
    [0, 0, 1].map((i) => engines[i]!.hears(stream, "hello", { cause })),
  );
  assertEquals(handled.toSorted(), ["applied", "duplicate", "duplicate"]);
  assertEquals(await toldBy(engines[0]!.log, stream), ["NameProvided hello"]);
});

databaseTest("quick messages keep their order, the slow first one too", async ({ sql }) => {
  const stream = dialogue();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { hears, log } = givenEngine(sql, {
    ask: async (effect, who) => {
      await gate;
      return await findNothing(effect, who);
    },
  });
  const all = ["ask 1", "two", "three"].map((words) => hears(stream, words));
  assertEquals(await hears(dialogue(), "elsewhere"), "applied");
  open();
  assertEquals(await Promise.all(all), ["applied", "applied", "applied"]);
  assertEquals(await toldBy(log, stream), [
    "NameProvided ask 1",
    "OwnCardMissing 1:0",
    "NameProvided two",
    "NameProvided three",
  ]);
});

databaseTest("facts, effects and tasks of an update belong together", async ({ sql }) => {
  const stream = dialogue();
  const { hears, log, offered, streams } = givenEngine(sql);
  await hears(stream, "wait 500", { cause: "update:1:1", at: 1_000 });
  const [row] = await log.read(stream, 0);
  assert(row);
  assertEquals([row.causation, row.correlation, row.at, row.machine], [
    "update:1:1",
    "update:1:1",
    1_000,
    "test/1",
  ]);
  assertEquals(row.effects, [
    { type: "say", params: { text: "test/1 heard wait 500" } },
    { type: "startTimer", params: { callId: "1:0", after_ms: 500 } },
  ]);
  assertEquals(offered, [
    {
      effect: `${stream}:1:0`,
      lane: stream,
      kind: "send",
      stream,
      payload: { effect: row.effects[0]!, fact: row.id },
      correlation: "update:1:1",
      due_at: 1_000,
    },
    {
      effect: `${stream}:1:1`,
      lane: `${stream}:1:1`,
      kind: "job",
      stream,
      payload: { effect: row.effects[1]!, fact: row.id },
      correlation: "update:1:1",
      due_at: 1_500,
    },
  ]);
  assertEquals((await streams.load(stream)).hash, row.hash);
});

databaseTest("tap is answered in a lane of its own, with the chart's note", async ({ sql }) => {
  const stream = dialogue();
  const { engine, offered, log } = givenEngine(sql);
  const tapped = update(stream, tap(null), { cause: "update:1:5", query: "q" });
  assertEquals(await engine.handle(tapped), "applied");
  assertEquals(await engine.handle(tapped), "duplicate");
  assertEquals(offered.map(({ effect, lane, payload }) => ({ effect, lane, payload })), [{
    effect: "update:1:5:tap",
    lane: "update:1:5:tap",
    payload: { effect: { type: "answerTap", params: { query: "q", text: "noted" } }, fact: "" },
  }]);
  assertEquals((await log.read(stream, 0))[0]?.effects, [
    { type: "toast", params: { text: "noted" } },
  ]);
});

databaseTest("eight asks are answered, and more make the update fail", async ({ sql }) => {
  const stream = dialogue();
  const { hears, log, failures } = givenEngine(sql);
  assertEquals(await hears(stream, "ask 8"), "applied");
  assertEquals((await log.tip(stream)).version, 9);
  const calls = (await log.read(stream, 1)).map(({ data }) => data.callId);
  assertEquals(calls, range(8).map((i) => `1:${i}`));
  assertEquals(await hears(stream, "ask 9"), "failed");
  assertEquals(failures.map(({ error }) => String(error)), [
    "Error: test/1 asks more than 8 times",
  ]);
  assertEquals((await log.tip(stream)).version, 9);
  assertEquals(await hears(stream, "ask 1"), "applied");
});

databaseTest("answer that the chart refuses makes the update fail", async ({ sql }) => {
  const stream = dialogue();
  const { hears, log, failures } = givenEngine(sql, {
    ask: () => Promise.resolve({ type: "OwnCardMissing", callId: "9:9" }),
  });
  assertEquals(await hears(stream, "ask 1"), "failed");
  assertEquals(failures.map(({ error }) => String(error)), [
    `Error: Cannot go on in ${stream}: test/1 refuses OwnCardMissing, the answer to its own ask`,
  ]);
  assertEquals(await toldBy(log, stream), []);
});

const unreadable = (stream: string, callId: string, cause = `effect:${v4()}`): Answer => ({
  cause,
  correlation: "update:1:1",
  stream,
  fact: { type: "CodeUnreadable", callId, reason: "no_code" },
  at: 5_000,
});

databaseTest("answer is appended once, and a stale one not at all", async ({ sql }) => {
  const stream = dialogue();
  const { engine, hears, log } = givenEngine(sql);
  await hears(stream, "read");
  const answer = unreadable(stream, "1:0");
  assertEquals(await engine.answer(unreadable(stream, "2:0")), "stale");
  assertEquals(await engine.answer(answer), "applied");
  assertEquals(await engine.answer(answer), "stale");
  assertEquals(await engine.answer(unreadable(stream, "1:0")), "stale");
  // A process that has not heard of the answer yet finds out when it appends.
  const rows = await log.read(stream, 0);
  assertEquals(rows.map(({ type, correlation }) => `${type} ${correlation}`), [
    `NameProvided ${rows[0]?.causation}`,
    "CodeUnreadable update:1:1",
  ]);
  const [counts] = await sql`select (select pos from head)::int as head,
    (select count(*) from seen_updates where cause like 'effect:%')::int as answers`;
  assertEquals({ ...counts }, { head: 2, answers: 1 });
});

databaseTest("process with an old state in memory applies no answer twice", async ({ sql }) => {
  const stream = dialogue();
  const [one, two] = [givenEngine(sql), givenEngine(sql)];
  await one.hears(stream, "read");
  await two.streams.load(stream);
  const answer = unreadable(stream, "1:0");
  assertEquals(await one.engine.answer(answer), "applied");
  assertEquals(await two.engine.answer(answer), "duplicate");
  // And what it hears next follows on what the other wrote.
  assertEquals(await two.hears(stream, "next"), "applied");
  assertEquals((await two.log.tip(stream)).version, 3);
  assertEquals(await faultsOf(sql), []);
});

databaseTest("two engines that write to one dialogue both do, without a gap", async ({ sql }) => {
  await expectBothApply([sql, sql], range(1), 12);
});

databaseTest("two engines write to 8 dialogues, 50 updates each, at once", async ({ sql }) => {
  await expectBothApply([sql, sql], range(8), 50);
});

serverTest("two engines with connections of their own write at once", async ({ sql }) => {
  await using other = await anotherPool(sql);
  await expectBothApply([sql, other.sql], range(8), 50);
});

/** Each update comes to both engines at once; every other one to the second engine first. */
async function expectBothApply(
  pools: readonly Sql[],
  dialogues: readonly number[],
  updates: number,
) {
  const streams = dialogues.map(() => dialogue());
  const engines = pools.map((sql) => givenEngine(sql));
  const handled = await Promise.all(
    streams.flatMap((stream) =>
      range(updates).flatMap((i) => {
        const cause = `update:1:${stream}:${i}`;
        const words = i % 7 === 0 ? "ask 2" : `${i}`;
        const both = i % 2 === 0 ? engines : engines.toReversed();
        return both.map(({ hears }) => hears(stream, words, { cause }));
      })
    ),
  );
  const applied = handled.filter((it) => it === "applied").length;
  assertEquals(applied, streams.length * updates);
  assertEquals(handled.filter((it) => it === "duplicate").length, applied);
  for (const sql of pools) assertEquals(await faultsOf(sql), []);
  for (const stream of streams) {
    const heard = (await toldBy(engines[0]!.log, stream))
      .filter((told) => told.startsWith("NameProvided"));
    assertEquals(heard.length, updates);
  }
}
