/** Mutants that do what the code does, each with its reason; found by content, not by line. */
import entries from "./equal.json" with { type: "json" };
import { type Mutant, oneLine } from "./mutants.ts";

/** One such mutant: where, the line it begins in, what becomes what, and why nothing changes. */
export interface Equal {
  path: string;
  fragment: string;
  from: string;
  to: string;
  reason: string;
}

/** All that are known. */
export const EQUAL: readonly Equal[] = entries;

/** Whether a mutant is known to be equal in effect. */
export function isEqual(mutant: Mutant, equal: readonly Equal[] = EQUAL): boolean {
  return equal.some((one) =>
    one.path === mutant.path && one.fragment === mutant.fragment &&
    one.from === oneLine(mutant.from) && one.to === oneLine(mutant.to)
  );
}
