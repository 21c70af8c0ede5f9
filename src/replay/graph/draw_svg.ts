/** A statechart as a picture: laid out by ELK, here and without anybody's service. */
import type { ElkEdgeSection, ElkExtendedEdge, ElkNode } from "elkjs";
import type { ChartGraph, GraphState, GraphTransition } from "./chart_graph.ts";
import { isCold, labelOf } from "./draw_text.ts";

const CHAR_PX = 7.3;
const LINE_PX = 16;
const PAD_PX = 12;
const TITLE_PX = 24;

const layoutOptions = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.json.edgeCoords": "ROOT",
  "elk.json.shapeCoords": "ROOT",
  "elk.layered.cycleBreaking.strategy": "DEPTH_FIRST",
  "elk.spacing.nodeNode": "28",
  "elk.layered.spacing.nodeNodeBetweenLayers": "40",
  "elk.edgeLabels.inline": "false",
};

/** Lays the chart out and draws it. Every state and arrow carries its id as `data-id`. */
export async function drawSvg(graph: ChartGraph): Promise<string> {
  const { default: { default: Elk } } = await import("elkjs");
  const states = new Map(statesOf(graph.root).map((state) => [state.id, state]));
  const bundles = bundle(graph.transitions);
  const drawing: ElkNode = {
    id: "drawing",
    layoutOptions,
    children: [toElk(graph.root)],
    edges: [...bundles].map(([id, { from, to, taking }]) => ({
      id,
      sources: [from],
      targets: [to],
      labels: [{
        text: id,
        width: Math.max(...taking.map((it) => widthOf(labelOf(it)))),
        height: taking.length * LINE_PX,
      }],
    })),
  };
  const laid = await new Elk().layout(drawing);
  const size = { width: Math.ceil(laid.width ?? 0), height: Math.ceil(laid.height ?? 0) };
  const max = Math.max(1, ...[...bundles.values()].map(({ taken }) => taken ?? 0));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" ` +
    `width="${size.width}" height="${size.height}" role="img">`,
    `<title>${escapeXml(graph.chart)}</title>`,
    STYLE,
    ...(laid.children ?? []).flatMap((node) => drawState(node, states)),
    ...(laid.edges ?? []).flatMap((edge) => drawEdge(edge, bundles, max)),
    "</svg>",
    "",
  ].join("\n");
}

const STYLE = `<style>
svg{background:#fff;font:12px ui-monospace,Menlo,Consolas,monospace}
rect{fill:#f7f9fc;stroke:#51607a;rx:8}.compound>rect,.parallel>rect{fill:#fff}
.region>rect{stroke-dasharray:6 4}.final>rect{stroke-width:3}.initial>rect{stroke-width:2.4}
text{fill:#1c2430}.title{font-weight:bold}.inner{fill:#51607a}
path{fill:none;stroke:#2c5aa0}polygon{fill:#2c5aa0}.label{fill:#2c5aa0}
.cold path{stroke:#b9bfca;stroke-dasharray:4 4}.cold polygon{fill:#b9bfca}
.cold.label,.cold .label{fill:#8b94a3}
</style>`;

function toElk(state: GraphState): ElkNode {
  const lines = [state.name, ...state.inner.map(labelOf)];
  const width = Math.max(...lines.map(widthOf)) + 2 * PAD_PX;
  const height = TITLE_PX + state.inner.length * LINE_PX + PAD_PX;
  if (state.states.length === 0) return { id: state.id, width, height };
  return {
    id: state.id,
    layoutOptions: {
      "elk.padding": `[top=${height},left=${PAD_PX},bottom=${PAD_PX},right=${PAD_PX}]`,
      "elk.nodeSize.constraints": "MINIMUM_SIZE",
      "elk.nodeSize.minimum": `(${width}, ${height})`,
    },
    children: state.states.map(toElk),
  };
}

function drawState(node: ElkNode, states: ReadonlyMap<string, GraphState>): string[] {
  const state = states.get(node.id);
  if (!state) return [];
  const { x = 0, y = 0, width = 0, height = 0 } = node;
  const isRegion = [...states.values()].some((it) =>
    it.kind === "parallel" && it.states.includes(state)
  );
  const classes = [state.kind, state.initial ? "initial" : "", isRegion ? "region" : ""];
  const inner = state.inner.map((it, i) =>
    `<text class="inner${isCold(it) ? " cold label" : ""}" x="${x + PAD_PX}" ` +
    `y="${y + TITLE_PX + (i + 1) * LINE_PX - 3}">${escapeXml(labelOf(it))}</text>`
  );
  return [
    `<g class="${classes.filter(Boolean).join(" ")}" data-id="${escapeXml(node.id)}">`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}"/>`,
    `<text class="title" x="${x + PAD_PX}" y="${y + 18}">${escapeXml(state.name)}</text>`,
    ...inner,
    "</g>",
    ...(node.children ?? []).flatMap((child) => drawState(child, states)),
  ];
}

/** Transitions between the same two states: one arrow with a line for each. */
interface Bundle {
  from: string;
  to: string;
  taking: readonly GraphTransition[];
  /** How often any of them was taken; null where nobody counted. */
  taken: number | null;
}

function bundle(transitions: readonly GraphTransition[]): ReadonlyMap<string, Bundle> {
  const groups = Map.groupBy(transitions, ({ from, to }) => `${from} → ${to}`);
  return new Map([...groups].map(([id, taking]) => {
    const { from = "", to = "" } = taking[0] ?? {};
    const counts = taking.map(({ taken }) => taken).filter((taken) => taken !== null);
    const taken = counts.length === 0 ? null : counts.reduce((sum, it) => sum + it);
    return [id, { from, to: to ?? from, taking, taken }];
  }));
}

function drawEdge(
  edge: ElkExtendedEdge,
  bundles: ReadonlyMap<string, Bundle>,
  max: number,
): string[] {
  const bundle = bundles.get(edge.id);
  if (!bundle) return [];
  const { taken, taking } = bundle;
  // How hot it is, on a scale on which ten times as often is one step more.
  const heat = Math.log10(1 + (taken ?? 0)) / Math.log10(1 + max);
  const width = taken === null ? 1.4 : 1.2 + 3 * heat;
  return [
    `<g class="${taken === 0 ? "cold" : "warm"}" data-id="${escapeXml(edge.id)}">`,
    ...(edge.sections ?? []).flatMap((section) => drawSection(section, width)),
    ...(edge.labels ?? []).flatMap(({ x = 0, y = 0 }) =>
      taking.map((it, i) =>
        `<text class="label${isCold(it) ? " cold" : ""}" data-id="${escapeXml(it.id)}" x="${x}" ` +
        `y="${y + 12 + i * LINE_PX}">${escapeXml(labelOf(it))}</text>`
      )
    ),
    "</g>",
  ];
}

function drawSection({ startPoint, endPoint, bendPoints }: ElkEdgeSection, width: number) {
  const points = [startPoint, ...bendPoints ?? [], endPoint];
  const before = points.at(-2) ?? startPoint;
  const angle = Math.atan2(endPoint.y - before.y, endPoint.x - before.x);
  const tip = [[0, 0], [-9, -4], [-9, 4]].map(([along = 0, across = 0]) =>
    `${round(endPoint.x + along * Math.cos(angle) - across * Math.sin(angle))},` +
    `${round(endPoint.y + along * Math.sin(angle) + across * Math.cos(angle))}`
  );
  const line = points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`);
  return [
    `<path d="${line.join("")}" stroke-width="${round(width)}"/>`,
    `<polygon points="${tip.join(" ")}"/>`,
  ];
}

function statesOf(state: GraphState): GraphState[] {
  return [state, ...state.states.flatMap(statesOf)];
}

const widthOf = (text: string): number => Math.ceil(text.length * CHAR_PX) + 6;
const round = (value: number): number => Math.round(value * 10) / 10;

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
