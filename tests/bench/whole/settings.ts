/** The kinds of rounds that the bots are compared in. */
import type { Order } from "./scan_round.ts";

/** How long the bench takes. */
export interface Wishes {
  rounds: number;
  /** Of each round at load; the others have fewer. */
  scans: number;
}

export const WISHES: Wishes = { rounds: 5, scans: 4_000 };

/** A kind of round, and how long the Bot API takes to answer in it. */
export interface Setting {
  title: string;
  latency_ms: number;
  order: Omit<Order, "codes">;
}

export type Settings = Record<"load" | "alone" | "offered", readonly Setting[]>;

const PEOPLE = 997;
/** Scans a second, whatever becomes of them. */
const OFFERED = 200;
const LATENCY_MS = 30;
/** Longer than any of the bots is busy with somebody after their message is out. */
const PAUSE_MS = 60;
/** Labels take seconds on a busy machine, and the load must not end before. */
const STALL_SECONDS = 6;

/** The rounds of every bot. */
export function settingsFor({ scans }: Wishes): Settings {
  const alone = Math.max(20, Math.floor(scans / 60));
  const each = (title: string, order: Setting["order"]) =>
    [0, LATENCY_MS].map((latency_ms) => ({
      title: `${title}, ${latency_ms} ms`,
      latency_ms,
      order,
    }));
  return {
    load: each(`${PEOPLE} people at once`, { people: PEOPLE, scans, per_second: null }),
    alone: each("1 person alone", {
      ...{ people: 1, scans: alone, per_second: null },
      pause_ms: PAUSE_MS,
    }),
    offered: [{
      title: `${OFFERED} scans/s offered, ${LATENCY_MS} ms`,
      latency_ms: LATENCY_MS,
      order: { people: PEOPLE, scans: Math.ceil(scans / 2), per_second: OFFERED },
    }],
  };
}

/** The load under which labels are printed. */
export const stallSetting: Setting = {
  title: `Labels of 500 cards at ${OFFERED} scans/s`,
  latency_ms: LATENCY_MS,
  order: { people: PEOPLE, scans: OFFERED * STALL_SECONDS, per_second: OFFERED },
};
