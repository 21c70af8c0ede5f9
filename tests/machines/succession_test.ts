/** A chart can be succeeded: the fold of today's flows goes on where the chart of before stood. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { envelopeOf } from "../../events/envelope.ts";
import type { Fact } from "../../events/facts.ts";
import { dialogue } from "../../machines/dialogue.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { Input } from "../../machines/flow/input.ts";
import { upgrade } from "../../src/runtime/decide.ts";
import { begin, hashState, permits, type Snapshot, step } from "../../src/runtime/step.ts";
import { foldRow } from "../../src/runtime/streams.ts";
import { anyFact } from "../events/any_fact.ts";
import { answersTo } from "./answers.ts";
import { anyInput } from "./any_input.ts";
import { commandNames, releasedInputs } from "./every_input.ts";
import {
  describeReached,
  everyRights,
  explore,
  isAsking,
  type ReachedState,
  recordNext,
} from "./explore.ts";
import { frozenDialogue } from "./frozen_dialogue.ts";
import { pinnedInputs } from "../pinned/inputs.ts";
import { succeedingCharts, successor } from "./successor.ts";

/** Facts, commands and buttons that the chart of before knows; of later flows it says nothing. */
const known = {
  facts: new Set<string>(frozenDialogue.machine.events),
  taps: new Set<string>(
    pinnedInputs.flatMap((it) => it.kind === "tap" && it.action ? [it.action.do] : []),
  ),
  commands: new Set<string>(pinnedInputs.flatMap((it) => it.kind === "command" ? [it.name] : [])),
};
/** What facts have got since then. */
const LATER = ["message", "beside", "mistake", "missed", "preview", "caption", "cut", "published"];
const isKnownFact = (fact: Fact): boolean =>
  known.facts.has(fact.type) && !LATER.some((field) => field in fact) &&
  !(fact.type === "CardWithdrawn" && "callId" in fact);
const knownAnswersTo = (effect: Effect) => answersTo(effect).filter(isKnownFact);
const isKnown = (input: Input): boolean =>
  input.kind === "tap"
    ? !input.action || known.taps.has(input.action.do)
    : input.kind !== "command" || known.commands.has(input.name) ||
      !commandNames.includes(input.name);

const inputs = releasedInputs.filter(isKnown);
const { reachedStates } = explore(frozenDialogue, inputs);
/** Of the facts that are heard in a state, how many are passed over for one that is tried. */
const PASSED_OVER = 12;

Deno.test("chart of before and the fold of flows come to the same by the same facts", () => {
  for (const reached of reachedStates) {
    const { machine } = dialogue;
    const folded = reached.path.reduce(
      (before, recorded) => step(machine, before, recorded).snapshot,
      begin(machine),
    );
    assertEquals(hashState(folded), hashState(reached.snapshot), describeReached(reached));
  }
});

Deno.test("successor takes over every state, and the log tells of it", () => {
  const envelope = envelopeOf({ rights: { admin: false, owner: false }, locale: "ru" });
  const linked = { cause: "c", correlation: "c" };
  const metadata = { stream: "dialogue:1", ...linked, at: 1, envelope, newId: () => "1" };
  for (const reached of reachedStates) {
    const { snapshot, path } = reached;
    const before = { version: path.length, hash: "", chart: frozenDialogue, snapshot };
    const taken = upgrade(metadata, before, successor);
    if (path.length === 0) continue;
    assert(taken, describeReached(reached));
    const { event } = taken;
    assertEquals([event.type, event.machine, event.effects], ["ChartUpgraded", successor.id, []]);
    const row = { ...JSON.parse(JSON.stringify(event)), pos: 1 };
    const { streamState: folded } = foldRow(succeedingCharts, before, row);
    assertEquals(folded.chart.id, successor.id);
    assertEquals([hashState(folded.snapshot), event.state_hash], [
      hashState(snapshot),
      hashState(taken.streamState.snapshot),
    ]);
    assertEquals(event.state_hash, hashState(snapshot), describeReached(reached));
  }
});

Deno.test("successor hears and does in every state what the chart of before did", () => {
  for (const [index, reached] of reachedStates.entries()) {
    const twin = successor.machine.resolveState({
      value: reached.snapshot.value,
      context: reached.snapshot.context,
    });
    const heard = isAsking(reached) ? [] : inputs.flatMap((input) =>
      everyRights.map((rights) => {
        const { value, context } = reached.snapshot;
        const inputContext = { input, ...rights, at: (reached.path.length + 1) * 1000, context };
        const fact = frozenDialogue.hear(value, inputContext);
        const found = asBefore(successor.hear(value, inputContext), fact);
        assertSame(found, fact, () => describeReached(reached));
        return fact;
      })
    );
    const tried = heard.filter((_, at) => (at + index) % PASSED_OVER === 0);
    const answers = [...reached.asks, ...reached.jobs.slice(-2)].flatMap(knownAnswersTo);
    for (const fact of [...tried, ...answers]) assertStepsAlike(reached, twin, fact);
  }
});

function assertStepsAlike(reached: ReachedState, twin: Snapshot, fact: Fact): void {
  const recorded = recordNext(reached, fact);
  const where = () => `${fact.type} in ${describeReached(reached)}`;
  const isPermitted = permits(reached.snapshot, recorded);
  assertSame(permits(twin, recorded), isPermitted, where);
  if (!isPermitted) return;
  const before = step(frozenDialogue.machine, reached.snapshot, recorded);
  const after = step(successor.machine, twin, recorded);
  assertSame(after.effects, before.effects, where);
  assertSame(after.snapshot.value, before.snapshot.value, where);
  assertEquals(after.snapshot.context, before.snapshot.context, where());
}

/** What is heard otherwise since then, by the new fact: nothing that was said before is said anew. */
const HEARD_ANEW: Readonly<Record<string, readonly Fact["type"][]>> = {
  IssueAwaited: ["IssueBegun", "BatchBegun"],
  CancelledByMaker: ["Cancelled"],
  WithdrawalConfirmed: ["CardWithdrawn"],
  // A number may have a key behind it, or what is left of one in a link that was cut.
  SharedCardOpened: ["Started"],
};
function asBefore(found: Fact | undefined, before: Fact | undefined): Fact | undefined {
  if (!found || !before) return found;
  const more = LATER.some((field) => field in found) && found.type === before.type;
  return more || HEARD_ANEW[found.type]?.includes(before.type) ? before : found;
}

/** As they would stand in the log. */
function assertSame(found: unknown, wanted: unknown, where: () => string): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) assertEquals(found, wanted, where());
}

/** What happens: somebody does something, a call is answered, or a fact comes from nowhere. */
type Act = { input: Parameters<Chart["hear"]>[1]["input"]; rights: number } | { answer: number } | {
  fact: Fact;
};
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ input: anyInput.filter(isKnown), rights: fc.nat({ max: 2 }) }),
  },
  { weight: 6, arbitrary: fc.record({ answer: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({ fact: anyFact.filter(isKnownFact) }),
  },
);

Deno.test("chart of before and the fold of flows are one on any walk", () =>
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 60, size: "max" }), (acts) => {
      const both = [frozenDialogue, dialogue];
      let reached = both.map(({ machine }) => begin(machine));
      const calls: Effect[] = [];
      let version = 1;
      for (const [index, act] of acts.entries()) {
        const at = (index + 1) * 5_000;
        const facts = both.map((chart, i) => factOf(act, chart, reached[i]!, at, calls));
        assertEquals(asBefore(facts[1], facts[0]), facts[0]);
        const recorded = facts[0] && { ...facts[0], at, version };
        if (!recorded) continue;
        const [permitted, ...others] = reached.map((it) => permits(it, recorded));
        assertEquals(others, [permitted]);
        if (!permitted) continue;
        const stepped = both.map(({ machine }, i) => step(machine, reached[i]!, recorded));
        assertEquals(stepped[1]!.effects, stepped[0]!.effects);
        assertEquals(hashState(stepped[1]!.snapshot), hashState(stepped[0]!.snapshot));
        calls.push(...stepped[0]!.effects.filter(({ params }) => "callId" in params));
        reached = stepped.map(({ snapshot }) => snapshot);
        version++;
      }
    }),
    { numRuns: 300 },
  ));

function factOf(
  act: Act,
  { hear }: Chart,
  { value, context }: Snapshot,
  at: number,
  calls: readonly Effect[],
): Fact | undefined {
  if ("fact" in act) return act.fact;
  if ("input" in act) {
    const rights = everyRights[act.rights] ?? everyRights[0];
    return hear(value, { input: act.input, ...rights, at, context });
  }
  // Mostly the last call, which is the one that waits.
  const call = calls.at(act.answer % 3 === 0 ? -2 : -1);
  const answers = call ? knownAnswersTo(call) : [];
  return answers[act.answer % answers.length];
}
