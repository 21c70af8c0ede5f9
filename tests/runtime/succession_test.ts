/** Dialogues that the chart of before wrote go on under its successor, on a real database. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import type { Fact } from "../../events/facts.ts";
import type { Charts } from "../../machines/flow/chart.ts";
import { hashState, permits, persist, step } from "../../src/runtime/step.ts";
import type { Log } from "../../src/store/log.ts";
import { openSnapshots } from "../../src/store/snapshots.ts";
import { databaseTest } from "../database.ts";
import { answersTo } from "../machines/answers.ts";
import { everyInput } from "../machines/every_input.ts";
import {
  describeReached,
  explore,
  isAsking,
  type ReachedState,
  recordNext,
} from "../machines/explore.ts";
import { frozenDialogue } from "../machines/frozen_dialogue.ts";
import { command } from "../machines/samples.ts";
import { succeedingCharts as charts, successor } from "../machines/successor.ts";
import { replay } from "../replay/given_replay.ts";
import { dialogue, faultsOf, givenEngine, type Sql, update } from "./given_engine.ts";
import { appendPath } from "./append_path.ts";

const before: Charts = { all: { [frozenDialogue.id]: frozenDialogue }, current: frozenDialogue };

/** One reached state for each state in which a dialogue rests, with and without a batch under way. */
const resting: readonly ReachedState[] = [
  ...Map.groupBy(
    explore(frozenDialogue, everyInput).reachedStates
      .filter((it) => !isAsking(it) && it.path.length > 0),
    ({ snapshot: { value, context } }) => JSON.stringify([value, !context.minting]),
  ).values(),
].flatMap((all) => all.slice(0, 1));

/** What the chart of before would do now, as the log would tell of it. */
function continued(reached: ReachedState, fact: Fact): unknown[] {
  const recorded = recordNext(reached, fact);
  const { snapshot, effects } = step(frozenDialogue.machine, reached.snapshot, recorded);
  return [JSON.parse(JSON.stringify(effects)), snapshot.value];
}

/** A version more, as the succession itself is a fact: so are the calls. */
const later = (reached: ReachedState): ReachedState => ({
  ...reached,
  path: [...reached.path, ...reached.path.slice(-1)],
});

async function assertSound(sql: Sql): Promise<void> {
  const { code, lines } = await replay(sql, ["check", "--all"], { charts });
  assertEquals(code, 0, lines.join("\n"));
  assertEquals(await faultsOf(sql, charts), []);
}

databaseTest("dialogues of the chart of before go on where they were", async ({ sql }) => {
  assertGreater(resting.length, 20);
  for (const reached of resting) {
    const stream = dialogue();
    await appendPath(sql, before, stream, reached.path);
    const { engine, log, streams } = givenEngine(sql, { charts });
    assertEquals(
      await engine.handle(update(stream, command("help"))),
      "applied",
      describeReached(reached),
    );
    const [upgraded, asked] = await log.read(stream, reached.path.length);
    assert(upgraded && asked);
    const told = [upgraded, asked].map(({ type, machine }) => `${machine} ${type}`);
    assertEquals(told, ["dialogue/2 ChartUpgraded", "dialogue/2 HelpAsked"]);
    const { snapshot } = await streams.load(stream);
    const wanted = continued(later(reached), { type: "HelpAsked" });
    assertEquals([asked.effects, snapshot.value], wanted, describeReached(reached));
  }
  await assertSound(sql);
});

databaseTest("jobs of the chart of before are answered to its successor", async ({ sql }) => {
  let answered = 0;
  for (const reached of resting) {
    const [fact] = reached.jobs.slice(-1).flatMap(answersTo)
      .filter((it) => permits(reached.snapshot, recordNext(reached, it)));
    if (!fact) continue;
    const stream = dialogue();
    await appendPath(sql, before, stream, reached.path);
    const ask = (effect: Parameters<typeof answersTo>[0]) => Promise.resolve(answersTo(effect)[0]!);
    const { engine, log } = givenEngine(sql, { charts, ask });
    const answer = { cause: `effect:${stream}`, correlation: "c", stream, fact, at: 90_000 };
    assertEquals(await engine.answer(answer), "applied", describeReached(reached));
    const [, taken] = await log.read(stream, reached.path.length);
    assertEquals([taken?.machine, taken?.type], [successor.id, fact.type]);
    answered++;
  }
  assertGreater(answered, 5);
  await assertSound(sql);
});

databaseTest("snapshot of the chart of before is revived, and taken over", async ({ sql }) => {
  for (const reached of resting) {
    const stream = dialogue();
    // What people typed stood in the clear when that chart wrote.
    await appendPath(sql, before, stream, reached.path, (words) => words);
    const old = await givenEngine(sql, { charts: before }).streams.load(stream);
    const { version, hash, snapshot } = old;
    const kept = { machine: frozenDialogue.id, version, hash, state: persist(snapshot) };
    await openSnapshots(sql).keep(stream, kept);
    const from: number[] = [];
    const watched = (log: Log): Log => ({
      ...log,
      read(of, after) {
        from.push(after);
        return log.read(of, after);
      },
    });
    const { engine, streams, useless } = givenEngine(sql, { charts, watched });
    const revived = await streams.load(stream);
    assertEquals([revived.chart.id, from, useless], [frozenDialogue.id, [version], []]);
    assertEquals(
      hashState(revived.snapshot),
      hashState(reached.snapshot),
      describeReached(reached),
    );
    assertEquals(await engine.handle(update(stream, command("help"))), "applied");
    assertEquals((await streams.load(stream)).chart.id, successor.id);
  }
  await assertSound(sql);
});
