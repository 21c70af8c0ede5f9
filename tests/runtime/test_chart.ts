/**
 * A small chart that does on command all that a chart can: "ask 3" asks three times, "read" gives a
 * job, "wait 50" sets a timer, "tell <stream>" tells another stream; every other text is said back.
 */
import { setup } from "xstate";
import type { Fact } from "../../events/facts.ts";
import type { Chart, Charts } from "../../machines/flow/chart.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { actionsOf, type ParamsOf } from "../../machines/flow/effect.ts";
import type { InputContext } from "../../machines/flow/input_context.ts";
import { kitEffects } from "../../machines/flow/kit_effects.ts";
import { findOwnCard } from "../../machines/flows/own_cards.ts";
import { readCode } from "../../machines/flows/verify_card.ts";
import { file } from "../machines/samples.ts";

interface Context {
  heard: readonly string[];
  /** The calls that are out. */
  awaited: readonly string[];
}

const effects = [...kitEffects, findOwnCard, readCode] as const;
type Known = typeof effects[number];
/** One of these effects. */
type Wanted = {
  [Definition in Known as Definition["type"]]: {
    type: Definition["type"];
    params: ParamsOf<Definition>;
  };
}[Known["type"]];

const testSetup = setup({
  types: { context: {} as Context, events: {} as RecordedFact },
  actions: actionsOf(...effects),
  guards: {
    isAwaited: ({ context, event }) =>
      "callId" in event && context.awaited.includes(`${event.callId}`),
  },
});
const { assign, enqueueActions } = testSetup;

const say = (text: string): Wanted => ({ type: "say", params: { text } });

/** What a text makes the chart want, apart from what it says. */
function wantsOf(text: string, version: number): Wanted[] {
  const [verb, what = ""] = text.split(" ");
  const callId = `${version}:0`;
  switch (verb) {
    case "ask":
      return Array.from({ length: Number(what) }, (_, i) => ({
        type: "findOwnCard",
        params: { callId: `${version}:${i}`, number: i + 1 },
      }));
    case "read":
      return [{ type: "readCode", params: { callId, file: file() } }];
    case "wait":
      return [{ type: "startTimer", params: { callId, after_ms: Number(what) } }];
    case "tell":
      return [{ type: "tell", params: { stream: what, fact: { type: "HelpAsked" } } }];
    default:
      return [];
  }
}

const listen = assign(({ context, event }) => {
  if (event.type !== "NameProvided") return {};
  const calls = wantsOf(event.name, event.version).filter(({ params }) => "callId" in params);
  return {
    heard: [...context.heard, event.name],
    awaited: [...context.awaited, ...calls.map((_, i) => `${event.version}:${i}`)],
  };
});
const settle = assign(({ context, event }) => ({
  awaited: context.awaited.filter((callId) => !("callId" in event) || callId !== event.callId),
}));

/** The chart `id`; its only state is named `state`, and what it says begins with `id`. */
function machineOf(id: string, state: string) {
  const act = enqueueActions(({ enqueue, event }) => {
    if (event.type !== "NameProvided") return;
    enqueue(say(`${id} heard ${event.name}`));
    for (const effect of wantsOf(event.name, event.version)) enqueue(effect);
  });
  const answered = enqueueActions(({ enqueue, event }) => enqueue(say(`${id} took ${event.type}`)));
  const answer = { guard: "isAwaited", actions: [settle, answered] } as const;
  return testSetup.createMachine({
    id,
    context: { heard: [], awaited: [] },
    initial: state,
    states: {
      [state]: {
        on: {
          NameProvided: { actions: [listen, act] },
          HelpAsked: { actions: answered },
          Cancelled: { actions: { type: "toast", params: { text: "noted" } } },
          OwnCardMissing: answer,
          CodeUnreadable: answer,
          TimerFired: answer,
        },
      },
    },
  });
}

const hear = (_: unknown, { input }: InputContext): Fact =>
  input.kind === "text" ? { type: "NameProvided", name: input.text } : { type: "Cancelled" };

const chartOf = (id: string, state: string, takesOver: Chart["takesOver"] = {}): Chart => ({
  id,
  machine: machineOf(id, state),
  effects: new Map(effects.map((effect) => [effect.type, effect])),
  hear,
  takesOver,
});

/** Charts of which `current` begins new dialogues. */
export const chartsOf = (current: Chart, ...older: readonly Chart[]): Charts => ({
  all: Object.fromEntries([current, ...older].map((chart) => [chart.id, chart])),
  current,
});

export const first = chartOf("test/1", "listening");
/** Takes over what `first` remembers, into a state of its own. */
export const second = chartOf("test/2", "attentive", {
  "test/1": (state) => ({ ...Object(state), value: "attentive" }),
});
/** Takes nothing over. */
export const stranger = chartOf("test/3", "elsewhere");

export const testCharts = chartsOf(first);
