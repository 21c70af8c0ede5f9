/** Every mutant of a file, and the few that a seed chooses. */
import { parse } from "@babel/parser";
import type * as Tree from "@babel/types";
import { createHash } from "node:crypto";
import { type Edit, editsOf } from "./operators.ts";

/** A file of the project with one small change. */
export interface Mutant extends Edit {
  /** From the project's root. */
  path: string;
  /** What stands in the file where the change is. */
  from: string;
  /** The line that the change begins in, and its number. */
  fragment: string;
  line: number;
  /** The whole file, changed. */
  text: string;
}

/** Every mutant that is a program. */
export function mutantsOf(path: string, text: string): Mutant[] {
  const edits = nodesOf(parseProgram(text).program).flatMap((node) => editsOf(node, text));
  return edits.map((edit) => mutantOf(path, text, edit)).filter(({ text }) => isProgram(text));
}

/** `count` of the mutants, the same for the same seed and the same code. */
export function chooseMutants(mutants: readonly Mutant[], seed: number, count: number): Mutant[] {
  const rank = ({ path, start, end, to }: Mutant) =>
    createHash("sha256").update(JSON.stringify([seed, path, start, end, to])).digest("hex");
  return mutants.map((mutant) => ({ mutant, rank: rank(mutant) }))
    .toSorted((a, b) => a.rank < b.rank ? -1 : 1)
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

/** A mutant in a line or two, as people read it. */
export function describeMutant({ path, line, operator, fragment, from, to }: Mutant): string {
  return `${path}:${line} ${operator}\n    in   ${fragment}\n    ${oneLine(from)} → ${oneLine(to)}`;
}

/** Code without its line breaks. */
export function oneLine(code: string): string {
  return code.trim().replaceAll(/\s+/g, " ");
}

function mutantOf(path: string, text: string, edit: Edit): Mutant {
  const lineStart = text.lastIndexOf("\n", edit.start - 1) + 1;
  const lineEnd = text.indexOf("\n", edit.start);
  return {
    ...edit,
    path,
    from: text.slice(edit.start, edit.end),
    fragment: text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).trim(),
    line: text.slice(0, edit.start).split("\n").length,
    text: text.slice(0, edit.start) + edit.to + text.slice(edit.end),
  };
}

function parseProgram(text: string): Tree.File {
  return parse(text, { sourceType: "module", plugins: ["typescript"], attachComment: false });
}

function isProgram(text: string): boolean {
  try {
    parseProgram(text);
    return true;
  } catch {
    return false;
  }
}

/** What holds no code that runs, or only names it. */
const WITHOUT_CODE = new Set(["ImportDeclaration", "ExportAllDeclaration", "Directive"]);
/** Casts, whose expression runs. */
const CASTS = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);

function nodesOf(node: Tree.Node): Tree.Node[] {
  if (WITHOUT_CODE.has(node.type)) return [];
  if (node.type.startsWith("TS") && !CASTS.has(node.type)) return [];
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}

function childrenOf(node: Tree.Node): Tree.Node[] {
  return Object.entries(node)
    .filter(([key]) => !(key === "key" && "computed" in node && !node.computed))
    .flatMap(([, value]) => value)
    .filter(isNode);
}

function isNode(value: unknown): value is Tree.Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
