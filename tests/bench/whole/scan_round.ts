/** One round of scans: who scans what and when, and how long each waits for its message. */

/** What a round consists of. */
export interface Order {
  codes: readonly string[];
  people: number;
  scans: number;
  /** How many are offered a second, come what may; null: everybody scans when they are answered. */
  per_second: number | null;
  /** How long somebody who was answered looks at the message before they scan again. */
  pause_ms?: number;
}

/** What came of a round. */
export interface RoundFigures {
  per_second: number;
  /** From the moment the update was handed out to the moment its message arrived. */
  p50_ms: number;
  p99_ms: number;
  /** The same from the moment somebody scanned, with the time that nobody asked for the update. */
  scanned_p99_ms: number;
}

/** A scan and what became of it. */
export interface Scan {
  readonly chat: number;
  readonly text: string;
  readonly scanned_ms: number;
  handed_ms: number | null;
  arrived_ms: number | null;
}

export interface Round {
  /** The scans that are due by now and were not told before. */
  due(): Scan[];
  /** The update of this scan left for the bot; the first time counts. */
  handed(scan: Scan): void;
  /** A verdict came to this chat: that of its first scan that has none. */
  arrived(chat: number): void;
  readonly left: number;
  figures(): RoundFigures;
}

/** Far from the ids of the people that the database knows before. */
const FIRST_CHAT = 100_000;

/** Opens a round, which begins at once; `now` is in ms. */
export function openRound(order: Order, now: () => number): Round {
  const { codes, people, scans, per_second, pause_ms = 0 } = order;
  const began_ms = now();
  const all: Scan[] = [];
  const unanswered = new Map<number, Scan[]>();
  /** Whoever has nothing to wait for, the first to scan first. */
  const idle = Array.from({ length: people }, (_, i) => ({
    chat: FIRST_CHAT + i,
    scans_at_ms: began_ms,
  }));
  let left = scans;

  function scan(chat: number, scanned_ms: number): Scan {
    const code = codes[all.length % codes.length] ?? "";
    const text = `/start v_${code}`;
    const made: Scan = { chat, text, scanned_ms, handed_ms: null, arrived_ms: null };
    all.push(made);
    unanswered.set(chat, [...unanswered.get(chat) ?? [], made]);
    return made;
  }

  function paced(rate: number): Scan[] {
    const count = Math.min(scans, Math.floor((now() - began_ms) * rate / 1_000) + 1);
    return Array.from({ length: count - all.length }, () => {
      const n = all.length;
      return scan(FIRST_CHAT + n % people, began_ms + n * 1_000 / rate);
    });
  }

  function unpaced(): Scan[] {
    const ready = idle.findIndex(({ scans_at_ms }) => scans_at_ms > now());
    const next = idle.splice(0, Math.min(ready < 0 ? idle.length : ready, scans - all.length));
    return next.map(({ chat, scans_at_ms }) => scan(chat, scans_at_ms));
  }

  return {
    due: () => per_second === null ? unpaced() : paced(per_second),
    handed: (made) => void (made.handed_ms ??= now()),
    arrived(chat) {
      const [made, ...more] = unanswered.get(chat) ?? [];
      if (!made) return;
      made.arrived_ms = now();
      unanswered.set(chat, more);
      left--;
      idle.push({ chat, scans_at_ms: now() + pause_ms });
    },
    get left() {
      return left;
    },
    figures: () => figuresOf(all),
  };
}

function figuresOf(all: readonly Scan[]): RoundFigures {
  const done = all.flatMap(({ scanned_ms, handed_ms, arrived_ms }) =>
    handed_ms === null || arrived_ms === null ? [] : [{ scanned_ms, handed_ms, arrived_ms }]
  );
  const first_ms = Math.min(...done.map(({ handed_ms }) => handed_ms));
  const last_ms = Math.max(...done.map(({ arrived_ms }) => arrived_ms));
  const waits_ms = done.map(({ handed_ms, arrived_ms }) => arrived_ms - handed_ms);
  return {
    per_second: done.length / (last_ms - first_ms) * 1_000,
    p50_ms: atShare(waits_ms, 0.5),
    p99_ms: atShare(waits_ms, 0.99),
    scanned_p99_ms: atShare(
      done.map(({ scanned_ms, arrived_ms }) => arrived_ms - scanned_ms),
      0.99,
    ),
  };
}

/** The value below which this share of all values lies. */
export function atShare(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
