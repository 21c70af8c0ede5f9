import { assert, assertEquals, assertGreater } from "@std/assert";
import type { AnyStateNode } from "xstate";
import { checkFact } from "../../events/read_fact.ts";
import { charts } from "../../machines/charts.ts";
import { activePaths } from "../../machines/flow/input_handlers.ts";
import type { Input } from "../../machines/flow/input.ts";
import { flows } from "../../machines/dialogue.ts";
import { nameTransitions, statesOf } from "../../src/replay/fold/transitions.ts";
import { permits, step } from "../../src/runtime/step.ts";
import { answersTo } from "./answers.ts";
import { everyInput as inputs } from "./every_input.ts";
import {
  describeReached,
  everyRights,
  explore,
  isAsking,
  type ReachedState,
  recordNext,
} from "./explore.ts";
import { sticker } from "./samples.ts";

const chart = charts.current;
const { reachedStates, paths, retired } = explore(chart, inputs);

/** Taken by logs of before: a withdrawal was confirmed by the fact itself, and not asked for. */
const OF_EARLY_DAYS = ["dialogue/1.flow.withdrawing.confirming on CardWithdrawn #0"];

Deno.test("dialogue comes to every state and takes every transition that it has", () => {
  const states = new Set(
    reachedStates.flatMap(({ snapshot }) => snapshot._nodes.map(({ id }: AnyStateNode) => id)),
  );
  const missed = statesOf(chart.machine).filter((it) => !isPassedThrough(it) && !states.has(it.id));
  assertEquals(missed.map(({ id }) => id), []);
  const transitions = [...nameTransitions(chart.machine).values()];
  assertEquals(transitions.filter((name) => !paths.has(name)), OF_EARLY_DAYS);
});

/** Whether it is left within the step that entered it, whatever is known. */
const isPassedThrough = ({ always = [] }: AnyStateNode): boolean =>
  always.length > 0 && always.at(-1)?.guard === undefined;

Deno.test("facts that a dialogue takes are led to by something, but those of early days", () => {
  assertEquals(retired, ["AdminOpened"]);
});

Deno.test("dialogue answers every input in every state that a person can be in", () => {
  const listening = reachedStates.filter((it) => !isAsking(it));
  assertGreater(listening.length, 100);
  for (const reached of listening) {
    for (const input of inputs) {
      for (const rights of everyRights) assertAnswers(reached, input, rights);
    }
  }
});

Deno.test("dialogue takes every answer to what it asks", () => {
  for (const reached of reachedStates) {
    for (const fact of reached.asks.slice(0, 1).flatMap(answersTo)) {
      const moment = `${describeReached(reached)}: ${JSON.stringify(fact)}`;
      assert(permits(reached.snapshot, recordNext(reached, fact)), `${moment} is refused`);
    }
  }
});

Deno.test("wizard's questions are open in its own states and nowhere else", () => {
  const wizards = flows.flatMap(({ wizards = {} }) => Object.entries(wizards));
  for (const reached of reachedStates) {
    const { value, context } = reached.snapshot;
    const states = activePaths(value);
    const refused = hear(reached, sticker, everyRights[0]);
    const expected = refused.type === "InputRefused" ? refused.expected : "";
    for (const [name, { isOpen }] of wizards) {
      const moment = `${name} in ${describeReached(reached)}`;
      assertEquals(isOpen(context, expected), states.includes(`flow.${name}`), moment);
    }
  }
});

Deno.test("dialogue remembers what it asked until it is answered, and no longer", () => {
  for (const reached of reachedStates) {
    const { asked } = reached.snapshot.context;
    assert(asked === null || isAsking(reached), describeReached(reached));
  }
});

function hear({ snapshot, path }: ReachedState, input: Input, rights: typeof everyRights[number]) {
  const { value, context } = snapshot;
  return chart.hear(value, { input, ...rights, at: (path.length + 1) * 1000, context });
}

function assertAnswers(
  reached: ReachedState,
  input: Input,
  rights: typeof everyRights[number],
): void {
  const fact = hear(reached, input, rights);
  const moment = `${describeReached(reached)}: ${JSON.stringify(input)}, which is ${fact.type},`;
  assertEquals(checkFact(fact, moment), fact);
  const recorded = recordNext(reached, fact);
  assert(permits(reached.snapshot, recorded), `${moment} is refused`);
  const { effects } = step(chart.machine, reached.snapshot, recorded);
  // Whatever a chart does, the runtime answers a tap.
  // Of what people change in their messages, most needs no answer.
  const isAnswered = input.kind === "tap" || fact.type === "EditIgnored" ||
    effects.some(({ type }) => type !== "clear" && chart.effects.get(type)?.kind !== "tell");
  assert(isAnswered, `${moment} is answered by nothing but ${JSON.stringify(effects)}`);
}

Deno.test("dialogue refuses nothing for which its flows have no words", () => {
  const reasons = new Set(flows.flatMap(({ words }) => words?.refusals ?? []));
  const expectations = new Set(flows.flatMap(({ words }) => words?.expects ?? []));
  const told = new Set<string>();
  for (const { snapshot, path } of reachedStates.filter((it) => !isAsking(it))) {
    for (const input of inputs) {
      for (const rights of everyRights) {
        const at = (path.length + 1) * 1000;
        const heard = { input, ...rights, at, context: snapshot.context };
        const fact = chart.hear(snapshot.value, heard);
        if (fact.type !== "InputRefused") continue;
        if (!expectations.has(fact.expected)) told.add(`expected ${fact.expected}`);
        if (fact.reason !== null && !reasons.has(fact.reason)) told.add(`reason ${fact.reason}`);
      }
    }
  }
  assertEquals([...told], []);
});
