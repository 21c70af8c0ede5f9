/** Our step of a machine against XState's own, over every state that a dialogue can reach. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type AnyMachineSnapshot, type AnyStateNode, createActor, transition } from "xstate";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import { statesOf } from "../../src/replay/fold/transitions.ts";
import { stepPurely } from "../../src/runtime/step_purely.ts";
import { anyFact } from "../events/any_fact.ts";
import { answersTo } from "../machines/answers.ts";
import { everyInput } from "../machines/every_input.ts";
import { describeReached, explore, type ReachedState, recordNext } from "../machines/explore.ts";

/** Facts by chance in each state, and how many of its jobs, the last ones, are answered there. */
const BY_CHANCE = 8;
const JOBS = 1;

const { machine } = charts.current;
const { reachedStates } = explore(charts.current, everyInput);

/** Facts by chance, and the answers that this dialogue waits for, which chance would never meet. */
function factsFor({ asks, jobs }: ReachedState, seed: number): Fact[] {
  const chance = fc.sample(anyFact, { numRuns: BY_CHANCE, seed });
  return [...chance, ...[...asks, ...jobs.slice(-JOBS)].flatMap(answersTo)];
}

const plain = ({ value, context, status }: AnyMachineSnapshot) => ({ value, context, status });

Deno.test("own steps are compared in every state that the chart has", () => {
  const reachedIds = new Set(
    reachedStates.flatMap(({ snapshot }) => snapshot._nodes.map(({ id }: AnyStateNode) => id)),
  );
  // A step never ends where a state is left at once, whatever is known.
  const resting = statesOf(machine).filter(({ always = [] }) =>
    always.at(-1)?.guard !== undefined || always.length === 0
  );
  assertEquals(resting.map(({ id }) => id).filter((id) => !reachedIds.has(id)), []);
});

Deno.test("own step of a chart is XState's, in every state and for any fact", () => {
  let steps = 0;
  for (const [seed, reached] of reachedStates.entries()) {
    for (const fact of factsFor(reached, seed)) {
      const recorded = recordNext(reached, fact);
      const where = `${fact.type} in ${describeReached(reached)}`;
      const [theirs, theirActions] = transition(machine, reached.snapshot, recorded);
      const { next, actions } = stepPurely(machine, reached.snapshot, recorded);
      assertEquals(plain(next), plain(theirs), where);
      assertEquals(actions, theirActions.map(({ type, params }) => ({ type, params })), where);
      // A fact that nothing hears must leave the very snapshot, for both.
      assertEquals(next === reached.snapshot, theirs === reached.snapshot, where);
      steps++;
    }
  }
  assert(steps > 10_000, `only ${steps} steps were compared`);
});

Deno.test("own steps of a chart end where a living actor of it ends", () => {
  for (const reached of reachedStates) {
    const actor = createActor(machine).start();
    for (const recorded of reached.path) actor.send(recorded);
    assertEquals(plain(actor.getSnapshot()), plain(reached.snapshot), describeReached(reached));
    actor.stop();
  }
});
