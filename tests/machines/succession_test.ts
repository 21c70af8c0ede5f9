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
import { commandNames, everyInput } from "./every_input.ts";
import { everyRights, explore, happen, isAsking, type Standing, tell } from "./explore.ts";
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
const isKnown = (input: Input): boolean =>
  input.kind === "tap"
    ? !input.action || known.taps.has(input.action.do)
    : input.kind !== "command" || known.commands.has(input.name) ||
      !commandNames.includes(input.name);

const inputs = everyInput.filter(isKnown);
const { standings } = explore(frozenDialogue, inputs);
/** Of the facts that are heard in a state, how many are passed over for one that is tried. */
const PASSED_OVER = 12;

Deno.test("chart of before and the fold of flows come to the same by the same facts", () => {
  for (const standing of standings) {
    const { machine } = dialogue;
    const folded = standing.path.reduce(
      (before, happened) => step(machine, before, happened).snapshot,
      begin(machine),
    );
    assertEquals(hashState(folded), hashState(standing.snapshot), tell(standing));
  }
});

Deno.test("successor takes over every state, and the log tells of it", () => {
  const envelope = envelopeOf({ rights: { admin: false, owner: false }, locale: "ru" });
  const linked = { cause: "c", correlation: "c" };
  const metadata = { stream: "dialogue:1", ...linked, at: 1, envelope, newId: () => "1" };
  for (const standing of standings) {
    const { snapshot, path } = standing;
    const before = { version: path.length, hash: "", chart: frozenDialogue, snapshot };
    const taken = upgrade(metadata, before, successor);
    if (path.length === 0) continue;
    assert(taken, tell(standing));
    const { event } = taken;
    assertEquals([event.type, event.machine, event.effects], ["ChartUpgraded", successor.id, []]);
    const row = { ...JSON.parse(JSON.stringify(event)), pos: 1 };
    const { streamState: folded } = foldRow(succeedingCharts, before, row);
    assertEquals(folded.chart.id, successor.id);
    assertEquals([hashState(folded.snapshot), event.state_hash], [
      hashState(snapshot),
      hashState(taken.streamState.snapshot),
    ]);
    assertEquals(event.state_hash, hashState(snapshot), tell(standing));
  }
});

Deno.test("successor hears and does in every state what the chart of before did", () => {
  for (const [index, standing] of standings.entries()) {
    const twin = successor.machine.resolveState({
      value: standing.snapshot.value,
      context: standing.snapshot.context,
    });
    const heard = isAsking(standing) ? [] : inputs.flatMap((input) =>
      everyRights.map((rights) => {
        const { value, context } = standing.snapshot;
        const hearing = { input, ...rights, at: (standing.path.length + 1) * 1000, context };
        const fact = frozenDialogue.hear(value, hearing);
        assertSame(successor.hear(value, hearing), fact, () => tell(standing));
        return fact;
      })
    );
    const tried = heard.filter((_, at) => (at + index) % PASSED_OVER === 0);
    const answers = [...standing.asks, ...standing.jobs.slice(-2)].flatMap(answersTo);
    for (const fact of [...tried, ...answers]) assertStepsAlike(standing, twin, fact);
  }
});

function assertStepsAlike(standing: Standing, twin: Snapshot, fact: Fact): void {
  const happened = happen(standing, fact);
  const where = () => `${fact.type} in ${tell(standing)}`;
  const isPermitted = permits(standing.snapshot, happened);
  assertSame(permits(twin, happened), isPermitted, where);
  if (!isPermitted) return;
  const before = step(frozenDialogue.machine, standing.snapshot, happened);
  const after = step(successor.machine, twin, happened);
  assertSame(after.effects, before.effects, where);
  assertSame(after.snapshot.value, before.snapshot.value, where);
  assertEquals(after.snapshot.context, before.snapshot.context, where());
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
    arbitrary: fc.record({ fact: anyFact.filter(({ type }) => known.facts.has(type)) }),
  },
);

Deno.test("chart of before and the fold of flows are one on any walk", () =>
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 60, size: "max" }), (acts) => {
      const both = [frozenDialogue, dialogue];
      let standing = both.map(({ machine }) => begin(machine));
      const calls: Effect[] = [];
      let version = 1;
      for (const [index, act] of acts.entries()) {
        const at = (index + 1) * 5_000;
        const facts = both.map((chart, i) => factOf(act, chart, standing[i]!, at, calls));
        assertEquals(facts[1], facts[0]);
        const happened = facts[0] && { ...facts[0], at, version };
        if (!happened) continue;
        const [permitted, ...others] = standing.map((it) => permits(it, happened));
        assertEquals(others, [permitted]);
        if (!permitted) continue;
        const stepped = both.map(({ machine }, i) => step(machine, standing[i]!, happened));
        assertEquals(stepped[1]!.effects, stepped[0]!.effects);
        assertEquals(hashState(stepped[1]!.snapshot), hashState(stepped[0]!.snapshot));
        calls.push(...stepped[0]!.effects.filter(({ params }) => "callId" in params));
        standing = stepped.map(({ snapshot }) => snapshot);
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
  const answers = call ? answersTo(call) : [];
  return answers[act.answer % answers.length];
}
