/** A statechart as plain data: states within states, transitions, and how often each was taken. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from "xstate";
import type { Charts } from "../../../machines/flow/chart.ts";
import type { RecordedFact } from "../../../machines/flow/recorded_fact.ts";
import { begin } from "../../runtime/step.ts";
import { initialState, type StreamState } from "../../runtime/streams.ts";
import { readFact } from "../../../events/read_fact.ts";
import type { EventRow } from "../../store/event_row.ts";
import type { Pages } from "../log/read_pages.ts";
import {
  nameTransitions,
  type TransitionNames,
  transitionsOf,
  transitionsTaken,
} from "../fold/transitions.ts";
import { foldFact } from "../walk/walk_stream.ts";

export interface GraphState {
  /** "dialogue/1.flow.idle" */
  id: string;
  /** "idle" */
  name: string;
  kind: "atomic" | "compound" | "parallel" | "final" | "history";
  /** Whether its parent begins in it. */
  initial: boolean;
  states: readonly GraphState[];
  /** What it does and stays as it is. */
  inner: readonly GraphTransition[];
}

export interface GraphTransition {
  /** As `nameTransitions` names it. */
  id: string;
  from: string;
  /** Null where it stays. */
  to: string | null;
  on: string;
  guard: string | null;
  /** How often it was taken; null where nobody counted. */
  taken: number | null;
}

export interface ChartGraph {
  chart: string;
  root: GraphState;
  /** Those that lead somewhere. */
  transitions: readonly GraphTransition[];
}

/** How often each transition was taken, by its id. */
export type Heat = ReadonlyMap<string, number>;

/** The chart as a graph; with `heat`, every transition has its count. */
export function graphOf(machine: AnyStateMachine, heat?: Heat): ChartGraph {
  const names = nameTransitions(machine);
  const of = (node: AnyStateNode): GraphTransition[] =>
    transitionsOf(node).flatMap(([on, transitions]) =>
      transitions.flatMap((transition) => read(names, node, on, transition, heat))
    );
  const state = (node: AnyStateNode, initial: boolean): GraphState => ({
    id: node.id,
    name: node.key,
    kind: node.type,
    initial,
    states: Object.values<AnyStateNode>(node.states).map((inner) =>
      state(inner, node.type === "compound" && node.initial.target.includes(inner))
    ),
    inner: of(node).filter(({ to }) => to === null),
  });
  const all = (node: AnyStateNode): GraphTransition[] => [
    ...of(node),
    ...Object.values<AnyStateNode>(node.states).flatMap(all),
  ];
  return {
    chart: machine.id,
    root: state(machine.root, false),
    transitions: all(machine.root).filter(({ to }) => to !== null),
  };
}

function read(
  names: TransitionNames,
  node: AnyStateNode,
  on: string,
  transition: AnyTransitionDefinition,
  heat?: Heat,
): GraphTransition[] {
  const id = names.get(transition) ?? "";
  const { guard } = transition;
  const rest = {
    from: node.id,
    on,
    guard: typeof guard === "string"
      ? guard
      : guard && "type" in guard
      ? String(guard.type)
      : guard
      ? "a guard"
      : null,
    taken: heat ? heat.get(id) ?? 0 : null,
  };
  const targets = transition.target ?? [];
  if (targets.length === 0) return [{ id, to: null, ...rest }];
  return targets.map((target) => ({ id, to: target.id, ...rest }));
}

/** Counts what the facts that `chart` wrote have taken. Throws `CannotReplay` over damage. */
export async function countTransitions(
  pages: Pages,
  charts: Charts,
  machine: AnyStateMachine,
  onProgress?: (done: number) => void,
): Promise<Heat> {
  const names = nameTransitions(machine);
  const heat = new Map([...names.values()].map((name) => [name, 0]));
  let streamState: StreamState = initialState(charts);
  let stream = "";
  let done = 0;
  for await (const rows of pages) {
    for (const row of rows) {
      if (row.stream !== stream) streamState = initialState(charts);
      stream = row.stream;
      for (const id of taken(machine, names, streamState, row)) {
        heat.set(id, (heat.get(id) ?? 0) + 1);
      }
      streamState = foldFact(charts, streamState, row).streamState;
    }
    done += rows.length;
    onProgress?.(done);
  }
  return heat;
}

function taken(
  machine: AnyStateMachine,
  names: TransitionNames,
  streamState: StreamState,
  row: EventRow,
): string[] {
  if (row.machine !== machine.id || row.type === "ChartUpgraded") return [];
  const fact = readFact(row, `${row.stream} version ${row.version}`);
  const recorded: RecordedFact = { ...fact, at: row.at, version: row.version };
  const before = streamState.version === 0 ? begin(machine) : streamState.snapshot;
  return transitionsTaken(machine, names, before, recorded);
}
