/**
 * Places for requests: so many of one host, so many in all. The host's place comes first, so that
 * a slow host holds back nobody but itself. Requests wait in a bounded line, and not for
 * ever. A place belongs to the ticket of a flight, and leaving twice is no mistake.
 */
import type { Refusal } from "../../../machines/picture.ts";
import { refuse } from "./refuse.ts";

export interface ConnectionSlotLimits {
  per_host: number;
  total: number;
  /** How many may wait, for their host or in all. */
  waiting: number;
  /** How long one may wait. */
  waiting_ms: number;
}

export interface ConnectionSlots {
  /** Null once inside; a refusal when the line is full or the wait was too long. */
  enter(ticket: number, host: string): Promise<Refusal | null>;
  /** The host is done with the ticket, which stays one of those in flight until it leaves. */
  leaveHost(ticket: number): void;
  /** Gives back what the ticket holds, and its place in the line. */
  leave(ticket: number): void;
  inside(): number;
  waiting(): number;
}

interface Visit {
  host: Line;
  at: "host" | "total" | "inside" | "landing";
  settle: (refusal: Refusal | null) => void;
  timer?: ReturnType<typeof setTimeout>;
}

interface Line {
  name: string;
  free: number;
  /** Requests that have a place of this host, or wait for one. */
  users: number;
  waiting: Set<Visit>;
}

export function openConnectionSlots(limits: ConnectionSlotLimits): ConnectionSlots {
  const visits = new Map<number, Visit>();
  const hosts = new Map<string, Line>();
  const total = openLine("", limits.total);
  let outside = 0;

  function lineOf(host: string): Line {
    const line = hosts.get(host) ?? openLine(host, limits.per_host);
    hosts.set(host, line);
    line.users += 1;
    return line;
  }

  /** Takes whatever is free, from where the visit stands. */
  function advance(visit: Visit): void {
    if (visit.at === "host") {
      if (!take(visit.host, visit)) return;
      visit.at = "total";
    }
    if (!take(total, visit)) return;
    visit.at = "inside";
    stopWaiting(visit);
    visit.settle(null);
  }

  function give(line: Line): void {
    line.free += 1;
    const [next] = line.waiting;
    if (next && line.waiting.delete(next)) advance(next);
  }

  /** The place at the host, or in its line. */
  function leaveHost(visit: Visit, held: boolean): void {
    const { host } = visit;
    host.waiting.delete(visit);
    host.users -= 1;
    if (host.users === 0) hosts.delete(host.name);
    if (held) give(host);
  }

  function leave(ticket: number, refusal: Refusal): void {
    const visit = visits.get(ticket);
    if (!visit) return;
    visits.delete(ticket);
    const { at } = visit;
    if (at === "host" || at === "total") stopWaiting(visit);
    visit.settle(refusal);
    total.waiting.delete(visit);
    if (at === "inside" || at === "landing") give(total);
    if (at !== "landing") leaveHost(visit, at !== "host");
  }

  function stopWaiting({ timer }: Visit): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    outside -= 1;
  }

  return {
    enter(ticket, host) {
      leave(ticket, gone);
      const { promise, resolve } = Promise.withResolvers<Refusal | null>();
      const visit: Visit = { host: lineOf(host), at: "host", settle: resolve };
      visits.set(ticket, visit);
      advance(visit);
      if (visit.at !== "inside") {
        if (outside >= limits.waiting) leave(ticket, fullOf(limits));
        else {
          outside += 1;
          visit.timer = setTimeout(() => leave(ticket, lateAfter(limits)), limits.waiting_ms);
        }
      }
      return promise;
    },
    leaveHost(ticket) {
      const visit = visits.get(ticket);
      if (visit?.at !== "inside") return;
      visit.at = "landing";
      leaveHost(visit, true);
    },
    leave: (ticket) => leave(ticket, gone),
    inside: () => limits.total - total.free,
    waiting: () => outside,
  };
}

const openLine = (name: string, free: number): Line => ({
  name,
  free,
  users: 0,
  waiting: new Set(),
});

function take(line: Line, visit: Visit): boolean {
  if (line.free === 0) {
    line.waiting.add(visit);
    return false;
  }
  line.free -= 1;
  return true;
}

const gone = refuse("abandoned", "Nobody waits for it any more.");
const fullOf = ({ waiting }: ConnectionSlotLimits) =>
  refuse("queue_full", `Cannot wait in line: ${waiting} pictures wait already; ask again later.`);
const lateAfter = ({ waiting_ms }: ConnectionSlotLimits) =>
  refuse("queue_late", `No connection came free within ${waiting_ms / 1000} s; ask again later.`);
