import { assert, assertEquals, assertGreater } from "@std/assert";
import type { AnyStateNode } from "xstate";
import { checkFact } from "../../events/read_fact.ts";
import { charts } from "../../machines/charts.ts";
import { pathsInward } from "../../machines/flow/hear.ts";
import type { Context } from "../../machines/dialogue_setup.ts";
import { effectKinds } from "../../machines/flow/effect.ts";
import type { Input } from "../../machines/flow/input.ts";
import { nameTransitions, statesOf } from "../../src/replay/fold/transitions.ts";
import { permits, step } from "../../src/runtime/step.ts";
import { everyInput as inputs } from "./every_input.ts";
import { everyRights, explore, happen, isAsking, type Standing, tell } from "./explore.ts";

const chart = charts.current;
Deno.test("dialogue comes to every state and takes every transition that it has", () => {
  const { standings, ways } = explore(chart, inputs);
  const states = new Set(
    standings.flatMap(({ snapshot }) => snapshot._nodes.map(({ id }: AnyStateNode) => id)),
  );
  // Passed through within one step.
  states.add("dialogue/1.flow.issuing.next").add("dialogue/1.flow.issuing.ordering");
  assertEquals(statesOf(chart.machine).map(({ id }) => id).filter((id) => !states.has(id)), []);
  const transitions = [...nameTransitions(chart.machine).values()];
  assertEquals(transitions.filter((name) => !ways.has(name)), []);
});

Deno.test("dialogue answers every input in every state that a person can be in", () => {
  const standings = explore(chart, inputs).standings.filter((it) => !isAsking(it));
  assertGreater(standings.length, 100);
  for (const standing of standings) {
    for (const input of inputs) {
      for (const rights of everyRights) assertAnswers(standing, input, rights);
    }
  }
});

Deno.test("dialogue remembers nothing of a flow that it is not in", () => {
  for (const standing of explore(chart, inputs).standings) {
    const { draft, withdrawal, asked, pause, correction }: Context = standing.snapshot.context;
    const states = pathsInward(standing.snapshot.value);
    const isIn = (...paths: string[]) => paths.some((path) => states.includes(path));
    assertEquals(
      [
        draft !== null,
        withdrawal !== null,
        asked !== null,
        pause !== null,
        (correction ?? null) !== null,
      ],
      [
        isIn("flow.issuing"),
        isIn("flow.withdrawing"),
        isIn(
          ...["flow.choosing", "flow.restoring"],
          ...["flow.issuing.minting", "flow.correcting.saving"],
        ) || isInviting(asked),
        isIn("checking.paused"),
        isIn("flow.correcting"),
      ],
      tell(standing),
    );
  }
});

/** That ask is made beside every flow. */
const isInviting = (asked: Context["asked"]): boolean => asked?.intent === "invite";

function assertAnswers(
  standing: Standing,
  input: Input,
  rights: typeof everyRights[number],
): void {
  const { value, context } = standing.snapshot;
  const at = (standing.path.length + 1) * 1000;
  const fact = chart.hear(value, { input, ...rights, at, context });
  const moment = `${tell(standing)}: ${JSON.stringify(input)}, which is ${fact.type},`;
  assertEquals(checkFact(fact, moment), fact);
  const happened = happen(standing, fact);
  assert(permits(standing.snapshot, happened), `${moment} is refused`);
  const { effects } = step(chart.machine, standing.snapshot, happened);
  // Whatever a chart does, the runtime answers a tap.
  const isAnswered = input.kind === "tap" ||
    effects.some(({ type }) => type !== "clear" && effectKinds[type] !== "tell");
  assert(isAnswered, `${moment} is answered by nothing but ${JSON.stringify(effects)}`);
}
