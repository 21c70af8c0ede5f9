/** Our step of a machine against XState's own, over every state that a dialogue can reach. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type AnyMachineSnapshot, createActor, transition } from "xstate";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Input } from "../../machines/flow/input.ts";
import { stepPurely } from "../../src/runtime/step_purely.ts";
import { anyFact } from "../events/any_fact.ts";
import { answersTo } from "../machines/answers.ts";
import { explore, happen, type Standing, tell } from "../machines/explore.ts";
import { CODE, command, MISTYPED, photo, tap, text } from "../machines/samples.ts";

const { machine } = charts.current;
const inputs: Input[] = [
  command("start"),
  command("cancel"),
  command("start", `v_${CODE}`),
  text("Winter sea"),
  text(MISTYPED),
  photo("x", "album"),
  tap({ do: "issue" }),
  tap({ do: "skip" }),
  tap({ do: "look", number: 7 }),
  tap({ do: "withdraw", number: 7 }),
  tap({ do: "confirm", number: 7 }),
  tap({ do: "restore", number: 7 }),
];

/** Facts by chance, and the answers that this dialogue waits for, which chance would never meet. */
function factsFor({ calls }: Standing, seed: number): Fact[] {
  return [...fc.sample(anyFact, { numRuns: 40, seed }), ...calls.flatMap(answersTo)];
}

const plain = ({ value, context, status }: AnyMachineSnapshot) => ({ value, context, status });

Deno.test("own step of a chart is XState's, in every state and for any fact", () => {
  let steps = 0;
  for (const [seed, standing] of explore(charts.current, inputs).standings.entries()) {
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
  for (const standing of explore(charts.current, inputs).standings) {
    const actor = createActor(machine).start();
    for (const happened of standing.path) actor.send(happened);
    assertEquals(plain(actor.getSnapshot()), plain(standing.snapshot), tell(standing));
    actor.stop();
  }
});
