/** The tables of the bench: what was measured, and what it is to reach. */
import type { Name } from "./bench_bots.ts";
import { type Line, tableOf, type Target } from "./figures.ts";
import type { Measured, Stalls } from "./measured_round.ts";
import { type Setting, type Settings, stallSetting } from "./settings.ts";

/** What each bot did, round by round. */
export interface Measurements {
  rounds: ReadonlyMap<Setting, Record<Name, Measured[]>>;
  stalls: Stalls[];
}

const ratio = (is: Target["is"], limit: number): Target => ({ of: "ratio", is, limit });
const value = (is: Target["is"], limit: number): Target => ({ of: "value", is, limit });

/** What is to be reached in these settings, where there is something to compare with. */
const targets: Readonly<Record<keyof Settings, Partial<Record<keyof Measured, Target>>>> = {
  load: {
    per_second: ratio("at least", 2),
    cpu_ms: ratio("at most", 0.7),
    statements: value("at most", 0.2),
  },
  alone: { p50_ms: ratio("at most", 1.2) },
  offered: { scanned_p99_ms: ratio("at most", 1) },
};

const figures: readonly (readonly [keyof Measured, string])[] = [
  ["per_second", "verdicts/s"],
  ["p50_ms", "handed out to arrival, p50, ms"],
  ["p99_ms", "handed out to arrival, p99, ms"],
  ["scanned_p99_ms", "scanned to arrival, p99, ms"],
  ["cpu_ms", "CPU of the bot per verdict, ms"],
  ["postgres_ms", "CPU of Postgres per verdict, ms"],
  ["statements", "statements per verdict"],
  ["rss_mb", "RSS, MB"],
];

/** Titles and lines of all settings. */
export function tablesOf(
  title: string,
  settings: Settings,
  { rounds, stalls }: Measurements,
): string[] {
  const kinds = ["load", "alone", "offered"] as const;
  const compared = kinds.flatMap((kind) =>
    settings[kind].flatMap((setting) => {
      const measured = rounds.get(setting);
      const first = setting === settings[kind][0];
      return measured ? tableOf(`${title}, ${setting.title}:`, linesOf(measured, kind, first)) : [];
    })
  );
  return [...compared, ...tableOf(`${title}, ${stallSetting.title}:`, stallLines(stalls))];
}

/** Load is judged without latency, where the bots themselves are what limits it. */
function linesOf(
  { ours, grammy, bare }: Record<Name, Measured[]>,
  kind: keyof Settings,
  first: boolean,
): Line[] {
  const of = (rounds: readonly Measured[], key: keyof Measured) => rounds.map((it) => it[key]);
  const is_judged = grammy.length > 0 && (kind !== "load" || first);
  return figures.filter(([key]) => isTold(key, kind)).map(([key, what]) => {
    const target = is_judged ? targets[kind][key] : undefined;
    const told = { ours: of(ours, key), grammy: of(grammy, key), bare: of(bare, key) };
    return { what, ...told, ...target && { target } };
  });
}

/** How many verdicts one person gets is their own pace, and who scans when is the load's. */
function isTold(key: keyof Measured, kind: keyof Settings): boolean {
  if (key === "per_second") return kind !== "alone";
  return key !== "scanned_p99_ms" || kind === "offered";
}

/** By the longest of each round: one that is late once is late. */
function stallLines(stalls: readonly Stalls[]): Line[] {
  return [
    { what: "longest stall before, ms", ours: stalls.map(({ before_ms }) => before_ms) },
    {
      what: "longest stall while they are made, ms",
      ours: stalls.map(({ labels_ms }) => labels_ms),
      target: value("at most", 20),
    },
  ];
}
