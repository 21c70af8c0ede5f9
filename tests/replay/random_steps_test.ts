/** Fifty thousand steps by chance over every chart, taken in four ways that must come to the same. */
import type { Chart } from "../../machines/flow/chart.ts";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type AnyMachineSnapshot, createActor, transition } from "xstate";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { begin, persist, restore, step } from "../../src/runtime/step.ts";
import { stepPurely } from "../../src/runtime/step_purely.ts";
import { anyFact } from "../events/any_fact.ts";
import { answersTo } from "../machines/answers.ts";
import { everyInput } from "../machines/every_input.ts";
import { first, second } from "../runtime/test_chart.ts";

const STEPS = 50_000;
/** Facts in one dialogue. */
const LIFE = 80;
const SEED = 20_260_501;

/** Chance that can be had again. */
function chanceFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
}

const plain = ({ value, context, status }: AnyMachineSnapshot): string =>
  JSON.stringify([value, context, status]);

/** Mostly what a person could do or a call be answered with; else any fact that there is. */
function proposer(chart: Chart, chance: (below: number) => number, wild: readonly Fact[]) {
  const calls: Effect[] = [];
  return {
    calls,
    propose(snapshot: AnyMachineSnapshot, at: number): Fact {
      const pick = <Item>(items: readonly Item[]): Item | undefined => items[chance(items.length)];
      const kind = chance(10);
      const answers = answersTo(pick(calls.slice(-3)) ?? { type: "toast", params: { text: "" } });
      const answer = kind < 5 ? pick(answers) : undefined;
      const input = kind < 9 ? pick(everyInput) : undefined;
      if (answer) return answer;
      if (!input) return pick(wild) ?? { type: "Started" };
      const { value, context } = snapshot;
      return chart.hear(value, { input, at, admin: chance(4) > 0, owner: chance(2) > 0, context });
    },
  };
}

/** One dialogue by chance; how many of its facts came to anything. */
function live(
  chart: Chart,
  chance: (below: number) => number,
  wild: readonly Fact[],
): number {
  const { machine } = chart;
  const { propose, calls } = proposer(chart, chance, wild);
  const actor = createActor(machine).start();
  let own = begin(machine);
  let theirs: AnyMachineSnapshot = own;
  let kept = persist(own);
  let changed = 0;
  for (let version = 1; version <= LIFE; version++) {
    const at = version * 1_000;
    const recorded: RecordedFact = { ...propose(own, at), at, version };
    const where = `${chart.id} version ${version} ${JSON.stringify(recorded)} in ${plain(own)}`;
    const pure = stepPurely(machine, own, recorded);
    const [next, actions] = transition(machine, theirs, recorded);
    const again = stepPurely(machine, restore(machine, kept), recorded);
    actor.send(recorded);
    const named = JSON.stringify(pure.actions);
    assertEquals(
      named,
      JSON.stringify(actions.map(({ type, params }) => ({ type, params }))),
      where,
    );
    assertEquals(named, JSON.stringify(again.actions), where);
    for (const other of [next, again.next, actor.getSnapshot()]) {
      assertEquals(plain(pure.next), plain(other), where);
    }
    if (pure.next !== own || pure.actions.length > 0) {
      changed++;
      calls.push(
        ...step(machine, own, recorded).effects.filter(({ params }) => "callId" in params),
      );
    }
    [own, theirs, kept] = [pure.next, next, persist(again.next)];
  }
  actor.stop();
  return changed;
}

Deno.test("stepper, transition(), a living actor and a way through JSON are one, by chance", () => {
  const chance = chanceFrom(SEED);
  const wild = fc.sample(anyFact, { numRuns: 4_000, seed: SEED });
  const all = [...Object.values(charts.all), first, second];
  let steps = 0;
  let changed = 0;
  while (steps < STEPS) {
    // Our own dialogues get as many steps as all the others together.
    const chart = chance(2) === 0 ? all[0] : all[chance(all.length)];
    assert(chart);
    changed += live(chart, chance, wild);
    steps += LIFE;
  }
  assert(changed > STEPS / 3, `only ${changed} of ${steps} facts were heard`);
});
