/**
 * `given(chart, ...past).when(fact)` then `.reaches(state, ...effects)` or `.isRefused()`;
 * `given(chart, ...past).hearing(input)` then `.proposes(fact)`. No step can be awaited by mistake.
 */
import { assert, assertEquals, assertFalse } from "@std/assert";
import type { StateValue } from "xstate";
import type { Fact } from "../events/facts.ts";
import { checkFact } from "../events/read_fact.ts";
import type { Chart } from "../machines/flow/chart.ts";
import type { RecordedFact } from "../machines/flow/recorded_fact.ts";
import type { Effect } from "../machines/flow/effect.ts";
import type { Input } from "../machines/flow/input.ts";
import { begin, permits, type Snapshot, step } from "../src/runtime/step.ts";

/** A fact; `at` in ms, by default 1000 × its version, which counts up from 1. */
export type Told = Fact & { at?: number };

/** The verbs of a test of `chart`, whose dialogue has come through the facts of `past`. */
export function given(chart: Chart, ...past: readonly Told[]) {
  const before = live(chart, past);
  const version = past.length + 1;
  return {
    when(fact: Told) {
      const recorded = recordAs(fact, version);
      return {
        /** The flow's state, "issuing.name", or of several regions; then every effect, in order. */
        reaches(state: StateValue, ...effects: readonly Effect[]) {
          assert(permits(before, recorded), `${told(before)} refuses ${fact.type}`);
          const after = step(chart.machine, before, recorded);
          const wanted = typeof state === "string" ? `flow.${state}` : state;
          assert(
            after.snapshot.matches(wanted),
            `Expected ${JSON.stringify(wanted)}, found ${told(after.snapshot)}`,
          );
          assertEquals(after.effects, [...effects]);
        },
        isRefused() {
          assertFalse(permits(before, recorded), `${told(before)} takes ${fact.type}`);
        },
      };
    },
    /** A maker's input unless told otherwise; `at` in ms, by default that of the next fact. */
    hearing(input: Input, { admin = true, owner = false, at = version * 1000 } = {}) {
      return {
        /** And the chart, which proposes it, takes it as well. */
        proposes(fact: Fact) {
          const { value, context } = before;
          const heard = chart.hear(value, { input, at, admin, owner, context });
          assertEquals(heard, fact);
          checkFact(heard, `version ${version}`);
          assert(permits(before, { ...heard, at, version }), `${told(before)} refuses it`);
        },
      };
    },
  };
}

/** Where a dialogue stands after these facts, none of which the chart may refuse. */
export function live(chart: Chart, past: readonly Told[]): Snapshot {
  return past.reduce((before, fact, index) => {
    const recorded = recordAs(fact, index + 1);
    assert(permits(before, recorded), `${told(before)} refuses ${fact.type}, given as past`);
    return step(chart.machine, before, recorded).snapshot;
  }, begin(chart.machine));
}

const recordAs = (fact: Told, version: number): RecordedFact => ({
  at: version * 1000,
  ...fact,
  version,
});

const told = ({ value }: Snapshot): string => JSON.stringify(value);
