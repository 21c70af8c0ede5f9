import { assert, assertEquals, assertFalse, assertNotEquals, assertThrows } from "@std/assert";
import { assign, raise, setup } from "xstate";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { actionsOf } from "../../machines/flow/effect.ts";
import { say, startTimer } from "../../machines/flow/kit_effects.ts";
import {
  begin,
  hashState,
  ImpureChart,
  permits,
  persist,
  restore,
  step,
} from "../../src/runtime/step.ts";

const started: RecordedFact = { type: "Started", version: 1, at: 1000 };
const helpAsked: RecordedFact = { type: "HelpAsked", version: 2, at: 2000 };
const cancelled: RecordedFact = { type: "Cancelled", version: 3, at: 3000 };

/** Foreign actions, of which no effect is known. */
const foreign = { launch: () => {}, warn: () => {} };
const lamp = setup({
  types: { context: {} as { lit: number; note: string | null }, events: {} as RecordedFact },
  actions: { ...actionsOf(say, startTimer), ...foreign },
  guards: { isFirst: ({ event }) => event.version === 1 },
}).createMachine({
  id: "lamp/1",
  context: { lit: 0, note: null },
  initial: "off",
  states: {
    off: {
      on: {
        Started: {
          guard: "isFirst",
          target: "on",
          actions: [
            assign({ lit: ({ context }) => context.lit + 1 }),
            { type: "say", params: { text: "lit" } },
            { type: "startTimer", params: { callId: "1:0", after_ms: 10 } },
          ],
        },
        StatsAsked: { actions: { type: "startTimer", params: { callId: "7:0", after_ms: 10 } } },
        DismissalLearned: { actions: "launch" },
        AdminRefused: { actions: raise({ type: "HelpAsked", version: 1, at: 0 }, { delay: 5 }) },
        CardListOpened: { actions: raise({ type: "Cancelled", version: 1, at: 0 }) },
        Cancelled: "out",
        IssueBegun: {
          actions: assign({
            note: () => {
              throw new Error("no paper");
            },
          }),
        },
      },
    },
    on: { on: { HelpAsked: { actions: { type: "say", params: { text: "help" } } } } },
    out: { type: "final" },
  },
});
const recorded = (type: "StatsAsked" | "DismissalLearned" | "AdminRefused" | "CardListOpened") => ({
  type,
  version: 1,
  at: 1000,
});

Deno.test("step gives the next state and its effects in order, and leaves the old state alone", () => {
  const before = begin(lamp);
  const { snapshot, effects } = step(lamp, before, started);
  assertEquals([snapshot.value, snapshot.context], ["on", { lit: 1, note: null }]);
  assertEquals(effects, [
    { type: "say", params: { text: "lit" } },
    { type: "startTimer", params: { callId: "1:0", after_ms: 10 } },
  ]);
  assertEquals([before.value, before.context], ["off", { lit: 0, note: null }]);
});

Deno.test("step gives the same twice", () => {
  const [once, again] = [0, 1].map(() => step(lamp, begin(lamp), started));
  assert(once && again);
  assertEquals(hashState(once.snapshot), hashState(again.snapshot));
  assertEquals(once.effects, again.effects);
});

Deno.test("chart permits what some transition takes, and only if its guard does", () => {
  assert(permits(begin(lamp), started));
  assertFalse(permits(begin(lamp), { ...started, version: 2 }));
  assertFalse(permits(begin(lamp), helpAsked));
});

Deno.test("chart that has come to its end permits nothing", () => {
  const { snapshot } = step(lamp, begin(lamp), cancelled);
  assertEquals(snapshot.status, "done");
  assertFalse(permits(snapshot, started));
});

Deno.test("step refuses an action that is no effect", () => {
  const message = "Cannot perform launch: no flow of lamp/1 defines such an effect";
  assertThrows(() => step(lamp, begin(lamp), recorded("DismissalLearned")), ImpureChart, message);
});

Deno.test("step refuses to wait, and takes what is raised at once", () => {
  const wait = recorded("AdminRefused");
  assertThrows(() => step(lamp, begin(lamp), wait), ImpureChart, "Cannot perform xstate.raise");
  const { snapshot, effects } = step(lamp, begin(lamp), recorded("CardListOpened"));
  assertEquals([snapshot.value, effects], ["out", []]);
});

Deno.test("step refuses a call under another name than its version and index", () =>
  void assertThrows(
    () => step(lamp, begin(lamp), recorded("StatsAsked")),
    ImpureChart,
    "Cannot call startTimer: its callId is 7:0, not 1:0",
  ));

Deno.test("step passes on what a chart throws", () =>
  void assertThrows(
    () => step(lamp, begin(lamp), { type: "IssueBegun", version: 1, at: 0 }),
    Error,
    "no paper",
  ));

Deno.test("state put away and taken out steps as the one that stayed", () => {
  const { snapshot } = step(lamp, begin(lamp), started);
  const restored = restore(lamp, JSON.parse(JSON.stringify(persist(snapshot))));
  assertEquals(hashState(restored), hashState(snapshot));
  assert(permits(restored, helpAsked));
  assertEquals(step(lamp, restored, helpAsked).effects, [
    { type: "say", params: { text: "help" } },
  ]);
});

Deno.test("state put away is plain JSON of value and context", () =>
  assertEquals(persist(step(lamp, begin(lamp), started).snapshot), {
    value: "on",
    context: { lit: 1, note: null },
  }));

Deno.test("state put away at the end stays at the end", () => {
  const { snapshot } = step(lamp, begin(lamp), cancelled);
  assertEquals(restore(lamp, persist(snapshot)).status, "done");
});

Deno.test("state that the chart does not have any more is not taken out", () =>
  void assertThrows(
    () => restore(lamp, { value: "dimmed", context: { lit: 1 } }),
    Error,
    "dimmed",
  ));

Deno.test("hash of a state is that of its value and context, in whatever order they stand", () => {
  const hash = (value: string, context: Record<string, number>) =>
    hashState(restore(lamp, { value, context }));
  assertEquals(hash("on", { a: 1, b: 2 }), hash("on", { b: 2, a: 1 }));
  assertNotEquals(hash("on", { a: 1, b: 2 }), hash("on", { a: 1, b: 3 }));
  assertNotEquals(hash("on", { a: 1, b: 2 }), hash("off", { a: 1, b: 2 }));
});
