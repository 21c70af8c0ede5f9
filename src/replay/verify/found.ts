/** What was found wrong: of many faults, those that lie first in the log. */
import type { LogFault } from "./fault.ts";

/** How many are shown. */
export const FAULTS_SHOWN = 20;

export type AddFault = (fault: LogFault) => void;

export type Faults = ReturnType<typeof collectFaults>;

/** Counts all faults and keeps those that lie first. */
export function collectFaults() {
  let first: LogFault[] = [];
  let count = 0;
  return {
    add(fault: LogFault): void {
      count++;
      first.push(fault);
      if (first.length > 2 * FAULTS_SHOWN) first = inOrder(first).slice(0, FAULTS_SHOWN);
    },
    /** Faults that are counted and not shown. */
    more(faults: number): void {
      count += faults;
    },
    count: () => count,
    report: () => ({
      faults: inOrder(first).slice(0, FAULTS_SHOWN).map(({ sentence }) => sentence),
      fault_count: count,
    }),
  };
}

function inOrder(faults: readonly LogFault[]): LogFault[] {
  return faults.toSorted((a, b) => a.pos - b.pos);
}
