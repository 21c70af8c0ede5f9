/** A statechart in the languages of other tools: Mermaid and Graphviz. */
import type { ChartGraph, GraphState, GraphTransition } from "./chart_graph.ts";

/** "IssueBegun [isAsked] ×3"; never taken is ×0. */
export function labelOf({ on, guard, taken }: GraphTransition): string {
  const times = taken === null ? "" : ` ×${taken}`;
  return `${on}${guard === null ? "" : ` [${guard}]`}${times}`;
}

/** Never taken in the log that was counted. */
export const isCold = ({ taken }: GraphTransition): boolean => taken === 0;

/** A Mermaid state diagram; transitions that were never taken end in ×0. */
export function drawMermaid({ chart, root, transitions }: ChartGraph): string {
  const name = (id: string) => id.replace(/[^A-Za-z0-9]/g, "_");
  const state = (node: GraphState, indent: string): string[] => {
    const own = name(node.id);
    const title = `${indent}state "${node.name}" as ${own}`;
    const inner = node.inner.map((it) => `${indent}${own} : ${mermaidText(labelOf(it))}`);
    const ending = node.kind === "final" ? [`${indent}${own} --> [*]`] : [];
    if (node.states.length === 0) return [title, ...inner, ...ending];
    const begun = node.states.filter(({ initial }) => initial)
      .map(({ id }) => `${indent}  [*] --> ${name(id)}`);
    const parts = node.states.flatMap((part, i) => [
      ...node.kind === "parallel" && i > 0 ? [`${indent}  --`] : [],
      ...state(part, `${indent}  `),
    ]);
    return [`${title} {`, ...begun, ...parts, `${indent}}`, ...inner];
  };
  const arrows = transitions.map((it) =>
    `  ${name(it.from)} --> ${name(it.to ?? "")} : ${mermaidText(labelOf(it))}`
  );
  return ["stateDiagram-v2", `  %% ${chart}`, ...state(root, "  "), ...arrows, ""].join("\n");
}

const mermaidText = (text: string): string => text.replace(/[:;#]/g, " ");

/** A Graphviz digraph; states are clusters, cold transitions dashed. */
export function drawDot({ chart, root, transitions }: ChartGraph): string {
  const q = JSON.stringify;
  const state = (node: GraphState, indent: string): string[] => {
    const label = q([node.name, ...node.inner.map(labelOf)].join("\n"));
    if (node.states.length === 0) {
      const round = node.kind === "final" ? ", peripheries=2" : "";
      const bold = node.initial ? ", penwidth=2" : "";
      return [`${indent}${q(node.id)} [label=${label}${round}${bold}];`];
    }
    // An arrow can only end at a node: each cluster has one for those that end at the whole.
    return [
      `${indent}subgraph ${q(`cluster_${node.id}`)} {`,
      `${indent}  label=${label};`,
      `${indent}  ${q(node.id)} [shape=point, style=invis];`,
      ...node.states.flatMap((part) => state(part, `${indent}  `)),
      `${indent}}`,
    ];
  };
  const compound = new Set(clustersOf(root));
  const arrows = transitions.map((it) => {
    const at = [
      ...compound.has(it.from) ? [`ltail=${q(`cluster_${it.from}`)}`] : [],
      ...it.to !== null && compound.has(it.to) ? [`lhead=${q(`cluster_${it.to}`)}`] : [],
      ...isCold(it) ? ["style=dashed", "color=gray"] : [],
    ];
    const options = [`label=${q(labelOf(it))}`, ...at].join(", ");
    return `  ${q(it.from)} -> ${q(it.to ?? "")} [${options}];`;
  });
  return [
    `digraph ${q(chart)} {`,
    "  compound=true; rankdir=TB; node [shape=box, style=rounded];",
    ...state(root, "  "),
    ...arrows,
    "}",
    "",
  ].join("\n");
}

function clustersOf({ id, states }: GraphState): string[] {
  return states.length === 0 ? [] : [id, ...states.flatMap(clustersOf)];
}
