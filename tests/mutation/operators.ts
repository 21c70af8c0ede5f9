/** The small changes of code that are tried, by what stands in the syntax tree. */
import type * as Tree from "@babel/types";

/** One change of a text: what stands between `start` and `end` becomes `to`. */
export interface Edit {
  operator: string;
  start: number;
  end: number;
  to: string;
}

/** What a node may be changed to; `text` is the whole file. */
export function editsOf(node: Tree.Node, text: string): Edit[] {
  const source = (of: Span) => text.slice(of.start ?? 0, of.end ?? 0);
  switch (node.type) {
    case "IfStatement":
      return [
        negate(node.test, source),
        ...(node.alternate ? [] : [edit("drop statement", node, ";")]),
      ];
    case "ConditionalExpression":
    case "WhileStatement":
      return [negate(node.test, source)];
    case "UnaryExpression":
      return node.operator === "!" ? [edit("negate", node, source(node.argument))] : [];
    case "ExpressionStatement":
    case "ThrowStatement":
    case "ContinueStatement":
      return [edit("drop statement", node, ";")];
    case "BinaryExpression":
    case "LogicalExpression":
    case "AssignmentExpression":
      return swap(node, text);
    case "UpdateExpression":
      return [edit("off by one", node, swapped(source(node), node.operator, SWAPS))];
    case "BooleanLiteral":
      return [edit("change constant", node, String(!node.value))];
    case "NumericLiteral":
      return [edit("off by one", node, String(node.value + 1))];
    case "StringLiteral":
      return [edit("change constant", node, node.value === "" ? '"mutant"' : '""')];
    case "TemplateLiteral":
      return [edit("change constant", node, '""')];
    case "ArrayExpression":
      return removals("drop element", node.elements);
    case "ObjectExpression":
      return removals("drop property", node.properties);
    case "OptionalMemberExpression":
      return optional(node, node.object, source);
    case "OptionalCallExpression":
      return optional(node, node.callee, source);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ObjectMethod":
    case "ClassMethod":
      return returnEarly(node.body);
    default:
      return [];
  }
}

type Span = { start?: number | null | undefined; end?: number | null | undefined };

/** What an operator becomes. */
const SWAPS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "+=": ["-="],
  "-=": ["+="],
  "??=": ["="],
  "++": ["--"],
  "--": ["++"],
};

function edit(operator: string, { start, end }: Span, to: string): Edit {
  return { operator, start: start ?? 0, end: end ?? 0, to };
}

function negate(test: Tree.Node, source: (of: Span) => string): Edit {
  return edit("negate", test, `!(${source(test)})`);
}

function swap(
  { left, right, operator }:
    | Tree.BinaryExpression
    | Tree.LogicalExpression
    | Tree.AssignmentExpression,
  text: string,
): Edit[] {
  const from = left.end ?? 0;
  const start = text.indexOf(operator, from);
  if (start < 0 || start >= (right.start ?? 0)) return [];
  const span = { start, end: start + operator.length };
  return (SWAPS[operator] ?? []).map((to) => edit("swap operator", span, to));
}

function swapped(text: string, operator: string, swaps: typeof SWAPS): string {
  return text.replace(operator, swaps[operator]?.[0] ?? operator);
}

/** Each element goes with the comma behind it, or with the one before it where it is the last. */
function removals(operator: string, elements: readonly (Tree.Node | null)[]): Edit[] {
  return elements.flatMap((element, at) => {
    if (element === null) return [];
    const next = elements[at + 1];
    const before = elements[at - 1];
    const start = !next && before ? before.end : element.start;
    return [edit(operator, { start: start ?? 0, end: next ? next.start ?? 0 : element.end }, "")];
  });
}

function optional(
  node: Tree.OptionalMemberExpression | Tree.OptionalCallExpression,
  before: Tree.Node,
  source: (of: Span) => string,
): Edit[] {
  if (!node.optional) return [];
  const rest = source({ start: before.end ?? 0, end: node.end ?? 0 });
  const plain = rest.replace(/^(\s*)\?\.(?=[[(])|^(\s*)\?/, "$1$2");
  return [edit("drop optional chain", { start: before.end ?? 0, end: node.end ?? 0 }, plain)];
}

function returnEarly(body: Tree.Node): Edit[] {
  if (body.type !== "BlockStatement" || body.body.length === 0) return [];
  const start = (body.start ?? 0) + 1;
  return [edit("return early", { start, end: start }, " return;")];
}
