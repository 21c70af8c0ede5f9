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
import { explore, happen, type Standing, tell } from "../machines/explore.ts";

/** Facts by chance in each state, and how many of its jobs, the last ones, are answered there. */
const BY_CHANCE = 8;
const JOBS = 1;

const { machine } = charts.current;
const { standings } = explore(charts.current, everyInput);

/** Facts by chance, and the answers that this dialogue waits for, which chance would never meet. */
function factsFor({ asks, jobs }: Standing, seed: number): Fact[] {
  const chance = fc.sample(anyFact, { numRuns: BY_CHANCE, seed });
  return [...chance, ...[...asks, ...jobs.slice(-JOBS)].flatMap(answersTo)];
}

const plain = ({ value, context, status }: AnyMachineSnapshot) => ({ value, context, status });

Deno.test("own steps are compared in every state that the chart has", () => {
  const reached = new Set(
    standings.flatMap(({ snapshot }) => snapshot._nodes.map(({ id }: AnyStateNode) => id)),
  );
  // A step never ends where a state is left at once, whatever is known.
  const resting = statesOf(machine).filter(({ always = [] }) =>
    always.at(-1)?.guard !== undefined || always.length === 0
  );
  assertEquals(resting.map(({ id }) => id).filter((id) => !reached.has(id)), []);
});

Deno.test("own step of a chart is XState's, in every state and for any fact", () => {
  let steps = 0;
  for (const [seed, standing] of standings.entries()) {
    for (const fact of factsFor(standing, seed)) {
      const happened = happen(standing, fact);
      const where = `${fact.type} in ${tell(standing)}`;
      const [theirs, theirActions] = transition(machine, standing.snapshot, happened);
      const { next, actions } = stepPurely(machine, standing.snapshot, happened);
      assertEquals(plain(next), plain(theirs), where);
      assertEquals(actions, theirActions.map(({ type, params }) => ({ type, params })), where);
      // A fact that nothing hears must leave the very snapshot, for both.
      assertEquals(next === standing.snapshot, theirs === standing.snapshot, where);
      steps++;
    }
  }
  assert(steps > 10_000, `only ${steps} steps were compared`);
});

Deno.test("own steps of a chart end where a living actor of it ends", () => {
  for (const standing of standings) {
    const actor = createActor(machine).start();
    for (const happened of standing.path) actor.send(happened);
    assertEquals(plain(actor.getSnapshot()), plain(standing.snapshot), tell(standing));
    actor.stop();
  }
});
