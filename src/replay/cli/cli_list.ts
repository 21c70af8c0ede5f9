import { type Command, numberOf, type ReplayWorld, textOf } from "./cli_command.ts";
import { count, describeTime } from "../log/describe_state.ts";
import { exitCodes } from "../log/exit_codes.ts";
import { type ListedStream, type ListOptions, listStreams } from "../walk/list_streams.ts";
import { wrap } from "./paint.ts";

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `replay list`: which dialogues there are. */
export const list: Command = {
  usage: "list [--person ID] [--state S] [--type FACT] [--since T] [--refused] [--failed]",
  summary: "Dialogues, the latest first. T is a date, or 30m, 2h, 7d ago. More: --limit N, --json.",
  options: {
    person: { type: "string" },
    state: { type: "string" },
    type: { type: "string" },
    since: { type: "string" },
    refused: { type: "boolean" },
    failed: { type: "boolean" },
    limit: { type: "string" },
    json: { type: "boolean" },
  },
  plan(args, flags) {
    const limit = numberOf(flags, "limit");
    const since = textOf(flags, "since");
    if (args.length > 0 || limit === null) return null;
    if (since !== undefined && readTime(since, new Date()) === null) return null;
    return {
      opens: "reading",
      run: (world) => {
        const at = since === undefined ? null : readTime(since, world.now());
        const texts = (["person", "state", "type"] as const)
          .map((name) => [name, textOf(flags, name)] as const)
          .filter(([, value]) => value !== undefined);
        return runList(world, flags.json === true, {
          ...Object.fromEntries(texts),
          charts: world.charts,
          ...limit === undefined ? {} : { limit },
          ...at === null ? {} : { since: at },
          refused: flags.refused === true,
          failed: flags.failed === true,
        });
      },
    };
  },
};

/** A date, or how long ago, in ms; null for anything else. */
export function readTime(text: string, now: Date): number | null {
  const [, amount, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  if (amount !== undefined) {
    return now.valueOf() - Number(amount) * UNITS_MS[unit as keyof typeof UNITS_MS];
  }
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

async function runList(world: ReplayWorld, json: boolean, options: ListOptions) {
  const { print, note } = world;
  const { streams, next } = await listStreams(world.sql, options);
  for (const stream of streams) {
    if (json) print(JSON.stringify(stream));
    else for (const line of describeStream(world, stream)) print(line);
  }
  if (json) return exitCodes.whole;
  if (streams.length === 0) note("No dialogue is like that.");
  if (next !== null) note(`These are the latest ${streams.length}: --limit N shows more.`);
  return exitCodes.whole;
}

function describeStream({ paint, width }: ReplayWorld, stream: ListedStream): string[] {
  const { facts, refused, failed, machine, last, last_at, damaged, state } = stream;
  const counts = [
    count(facts, "fact"),
    ...refused > 0 ? [`${refused} refused`] : [],
    ...failed > 0 ? [paint.bad(`${failed} failed`)] : [],
  ];
  return [
    `${paint.bold(stream.stream)}  ${paint.dim(machine)}`,
    `  ${describeTime(last_at)}  ${last}  (${counts.join(", ")})`,
    ...wrap(state, width, "  ").map((line) => damaged ? paint.bad(line) : paint.accent(line)),
  ];
}
