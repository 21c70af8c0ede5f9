/** What flows lack of what they need, a sentence each that begins with the flow's name. */
import { facts } from "../../events/facts.ts";
import type { EffectKind } from "../../machines/flow/effect.ts";
import type { Flow } from "../../machines/flow/flow.ts";
import { openRenderFakes } from "../telegram/render_fakes.ts";
import type { AskKit, FlowParts, JobKit } from "../../src/flows/flow_parts.ts";

/** A line for each thing that every flow must have. */
const CHECKS: readonly ((flow: Flow, parts: readonly FlowParts[]) => readonly string[])[] = [
  (flow, parts) => unanswered("ask", flow, answeredBy(parts, ({ asks }) => asks?.(nobody))),
  (flow, parts) => unanswered("job", flow, answeredBy(parts, ({ jobs }) => jobs?.(nobody))),
  (flow, parts) =>
    unanswered("send", flow, answeredBy(parts, ({ renderers }) => renderers?.(fakeKit))),
  unknownFacts,
  unheardButtons,
  strayStates,
];

/** Empty where every flow has its parts, and they are whole. */
export function faultsOfFlows(flows: readonly Flow[], parts: readonly FlowParts[]): string[] {
  const listed = parts.map(({ flow }) => flow);
  return [
    ...flows.filter((it) => !listed.includes(it)).map(({ name }) =>
      `${name} is not in src/flows.ts`
    ),
    ...listed.filter((it) => !flows.includes(it))
      .map(({ name }) => `${name} is not in machines/flows.ts`),
    ...flows.flatMap((flow) =>
      CHECKS.flatMap((check) => check(flow, parts)).map((fault) => `${flow.name} ${fault}`)
    ),
    ...idle(flows, parts),
  ];
}

const never = () => {
  throw new Error("Nobody is asked");
};
/** Parts are only named here: none of them does anything. */
const nobody: AskKit & JobKit = {
  ...{ read: never, isMaker: never, seal: never, open: never, sealedNames: never, newId: never },
  ...{ download: never, keepPhoto: never, fetchPicture: never, pictureUrls: never },
};

/** Renderers look at nothing before they render. */
const { kit: fakeKit } = openRenderFakes();

type AnswersOf = (parts: FlowParts) => readonly { readonly type: string }[] | undefined;

/** The names of all effects that such parts answer. */
const answeredBy = (parts: readonly FlowParts[], answersOf: AnswersOf): string[] =>
  parts.flatMap((it) => answersOf(it) ?? []).map(({ type }) => type);

const VERBS: Readonly<Record<EffectKind, string>> = {
  ...{ ask: "answer", job: "answer", send: "show", tell: "tell" },
};

function unanswered(kind: EffectKind, { effects = [] }: Flow, answered: readonly string[]) {
  return effects.filter((effect) => effect.kind === kind).flatMap(({ type }) => {
    const count = answered.filter((it) => it === type).length;
    return count === 1 ? [] : [`has ${kind} ${type}, which ${count} ${VERBS[kind]}`];
  });
}

function unknownFacts({ effects = [] }: Flow): string[] {
  return effects.flatMap(({ type, answers }) =>
    answers.filter((fact) => facts.get(fact.type) !== fact)
      .map((fact) => `answers ${type} with ${fact.type}, which is no fact of events/subjects.ts`)
  );
}

/** Buttons that are heard everywhere are defined by the flow that hears them. */
function unheardButtons({ buttons = [], everywhere = {} }: Flow): string[] {
  return (everywhere.taps ?? []).filter(({ button }) => !buttons.some((it) => it.name === button))
    .map(({ button }) => `hears taps on ${button}, which is no button of its own`);
}

/** A wizard is a state of the flow's own; what it joins is a state of some flow. */
function strayStates({ states = {}, wizards = {}, joins = {} }: Flow, parts: readonly FlowParts[]) {
  const all = new Set(["idle", ...parts.flatMap(({ flow }) => Object.keys(flow.states ?? {}))]);
  return [
    ...Object.keys(wizards).filter((name) => !(name in states))
      .map((name) => `has the wizard ${name}, which is no state of its own`),
    ...Object.keys(joins).filter((name) => !all.has(name))
      .map((name) => `joins ${name}, which is no state of any flow`),
  ];
}

/** Parts for effects that nobody names. */
function idle(flows: readonly Flow[], parts: readonly FlowParts[]): string[] {
  const known = new Set(flows.flatMap(({ effects = [] }) => effects.map(({ type }) => type)));
  return parts.flatMap(({ flow, asks, jobs }) =>
    [...asks?.(nobody) ?? [], ...jobs?.(nobody) ?? []].filter(({ type }) => !known.has(type))
      .map(({ type }) => `${flow.name} answers ${type}, which no flow defines`)
  );
}
