/** Every flow is whole, and whatever is missing or claimed twice is told by its name. */
import { assertEquals, assertThrows } from "@std/assert";
import { fact } from "../../events/fact.ts";
import { TimerFired } from "../../events/dialogue.ts";
import { defineButton } from "../../machines/flow/button.ts";
import type { Flow } from "../../machines/flow/flow.ts";
import { defineAsk, defineJob, defineSend } from "../../machines/flow/effect.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import { foldFlows } from "../../machines/flow/fold_flows.ts";
import { flows } from "../../machines/dialogue.ts";
import * as charted from "../../machines/flows.ts";
import * as parted from "../../src/flows.ts";
import { flowParts } from "../../src/flows/all_flows.ts";
import type { FlowParts } from "../../src/flows/flow_parts.ts";
import { begin, hashState } from "../../src/runtime/step.ts";
import { answering } from "../../src/runtime/answerer.ts";
import { namesIn, sourceTest } from "../source_files.ts";
import { faultsOfFlows } from "./faults_of_flows.ts";

Deno.test("flows are whole: each has its parts, and stands in both lists", () =>
  assertEquals(faultsOfFlows(flows, flowParts), []));

sourceTest("flow is named as its file, its folder and its exports are", async () => {
  const names = flows.map(({ name }) => name).toSorted();
  const files = await namesIn("machines/flows");
  assertEquals(names.filter((name) => !files.includes(`${name}.ts`)), []);
  const folders = (await namesIn("src/flows")).filter((name) => name.endsWith("/"));
  assertEquals(folders.toSorted(), names.map((it) => `${it}/`));
  for (const flow of flows) {
    const name = flow.name.replace(/_./g, (it) => it.slice(1).toUpperCase());
    assertEquals(Object.entries(charted).find(([, it]) => it === flow)?.[0], `${name}Flow`);
    assertEquals(Object.entries(parted).find(([, it]) => it.flow === flow)?.[0], name);
  }
});

const eat = defineAsk("eatCard", {}, [TimerFired]);
const digest = defineJob("digestCard", {}, [TimerFired]);
const answer = answering(eat)(({ callId }) => Promise.resolve({ type: "TimerFired", callId }));

/** A flow that says nothing. */
const made = (flow: Flow): FlowParts => ({ flow, words: { ru: {}, en: {} } });

Deno.test("flow without its parts is told with its name", () => {
  const flow: Flow = { name: "eat_card", effects: [eat, digest] };
  assertEquals(faultsOfFlows([flow], [made(flow)]), [
    "eat_card has ask eatCard, which 0 answer",
    "eat_card has job digestCard, which 0 answer",
  ]);
  const greedy = { ...made({ name: "eat_card", effects: [eat] }), asks: () => [answer, answer] };
  assertEquals(faultsOfFlows([greedy.flow], [greedy]), [
    "eat_card has ask eatCard, which 2 answer",
  ]);
  const idle = { ...made({ name: "eat_card" }), asks: () => [answer] };
  assertEquals(faultsOfFlows([idle.flow], [idle]), [
    "eat_card answers eatCard, which no flow defines",
  ]);
  const silent = { name: "eat_card", effects: [defineSend("showCrumbs", {})] };
  assertEquals(faultsOfFlows([silent], [made(silent)]), [
    "eat_card has send showCrumbs, which 0 show",
  ]);
});

Deno.test("flow that is in one list only is told with its name", () => {
  const [one, two]: [Flow, Flow] = [{ name: "eat_card" }, { name: "sell_card" }];
  assertEquals(faultsOfFlows([one, two], [made(one)]), ["sell_card is not in src/flows.ts"]);
  assertEquals(faultsOfFlows([one], [made(one), made(two)]), [
    "sell_card is not in machines/flows.ts",
  ]);
});

Deno.test("flow whose facts or buttons are nobody's is told with its name", () => {
  const CardEaten = fact("CardEaten", {});
  const devour = defineAsk("devour", {}, [CardEaten]);
  const tap = { button: "eat", hears: () => undefined };
  const flow: Flow = { name: "eat_card", effects: [devour], everywhere: { taps: [tap] } };
  assertEquals(faultsOfFlows([flow], [made(flow)]), [
    "eat_card has ask devour, which 0 answer",
    "eat_card answers devour with CardEaten, which is no fact of events/subjects.ts",
    "eat_card hears taps on eat, which is no button of its own",
  ]);
});

Deno.test("flow whose wizard or joined state is no state is told with its name", () => {
  const wizard = { isOpen: () => false, left: null, loses: false };
  const flow: Flow = { name: "eat_card", wizards: { eating: wizard }, joins: { cooking: {} } };
  assertEquals(faultsOfFlows([flow], [made(flow)]), [
    "eat_card has the wizard eating, which is no state of its own",
    "eat_card joins cooking, which is no state of any flow",
  ]);
});

/** What two flows may not both have, and how it is called. */
const claims: Readonly<Record<string, readonly [Partial<Flow>, string]>> = {
  effect: [{ effects: [eat] }, "effect eatCard"],
  button: [{ buttons: [defineButton("eat", {})] }, "button eat"],
  state: [{ states: { eating: {} } }, "state eating"],
  region: [{ region: { chewing: {} } }, "region chewing"],
  memory: [{ memory: { eaten: null } }, "memory eaten"],
  guard: [{ guards: { isHungry: () => true } }, "guard isHungry"],
  answer: [{ beside: { on: { Started: {} } } }, "answer to Started"],
  interrupt: [
    { interrupts: { silent: { on: { Started: "#flow.eating" } } } },
    "transition from idle on Started",
  ],
  command: [{ everywhere: { commands: { eat: () => undefined } } }, "command eat"],
  "entry in the menu": [
    { commands: { eat: { for: "everybody", place: 1 } } },
    "entry in the menu for eat",
  ],
  start: [{ everywhere: { starts: { e: () => undefined } } }, "start e"],
  tap: [{ everywhere: { taps: [{ button: "eat", hears: () => undefined }] } }, "tap on eat"],
};

for (const [what, [claim, words]] of Object.entries(claims)) {
  Deno.test(`two flows with one ${what} are not folded, and both are named`, () => {
    const eating = { name: "be_eaten", states: what === "state" ? {} : { eating: {} } };
    const [one, two] = [{ name: "eat_card", ...claim }, { name: "sell_card", ...claim }];
    foldFlows("made_up/1", [eating, one]);
    const told = `Cannot fold sell_card: eat_card has the ${words} already`;
    assertThrows(() => foldFlows("made_up/1", [eating, one, two]), Error, told);
  });
}

Deno.test("what only idle hears and what interrupts it are not both folded", () => {
  const idle: Flow = { name: "eat_card", idle: { on: { Started: {} } } };
  const interrupting: Flow = {
    ...{ name: "sell_card", states: { selling: {} } },
    interrupts: { announced: { on: { Started: "#flow.selling" } } },
  };
  assertThrows(
    () => foldFlows("made_up/1", [idle, interrupting]),
    Error,
    "Cannot fold sell_card: eat_card has the transition from idle on Started already",
  );
});

Deno.test("what the kit has is claimed by no flow", () => {
  const again: Flow = { name: "eat_card", guards: { isAsked: () => true } };
  const told = "Cannot fold eat_card: the kit has the guard isAsked already";
  assertThrows(() => foldFlows("made_up/1", [again]), Error, told);
  const start: Flow = { name: "eat_card", everywhere: { commands: { start: () => undefined } } };
  assertThrows(
    () => foldFlows("made_up/1", [start]),
    Error,
    "Cannot fold eat_card: the kit has the command start already",
  );
});

Deno.test("new flow adds no region and no key to a dialogue that does not use it", () => {
  const eating = { name: "eat_card", states: { eating: {} }, interrupts: {} };
  const stateOf = ({ machine }: Chart) => hashState(begin(machine));
  assertEquals(
    stateOf(foldFlows("dialogue/1", [...flows, eating])),
    stateOf(foldFlows("dialogue/1", flows)),
  );
});
