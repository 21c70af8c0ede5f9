import { facts } from "../../../events/facts.ts";
import {
  type Command,
  numberOf,
  refuseMore,
  type ReplayWorld,
  textOf,
  WrongUsage,
} from "./cli_command.ts";
import { count, describeTime } from "../log/describe_state.ts";
import { findSubjects, streamsNamed, streamsOf } from "../log/find_subject.ts";
import { checksIn, describeCheck, type ShownCheck } from "../walk/checks.ts";
import { exitCodes } from "../log/exit_codes.ts";
import { type ListedStream, type ListOptions, listStreams } from "../walk/list_streams.ts";
import { wrap } from "./paint.ts";

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `replay list`: which dialogues there are. */
export const list: Command = {
  usage: "list [WHAT] [--person WHO] [--state S] [--type FACT] [--since T] [--refused] [--failed]",
  summary:
    "Dialogues, the latest first, of a card, a person or a reference. T is a date, or 30m, " +
    "2h, 7d ago. More: --limit N, --json.",
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
  plan([what, ...rest], flags) {
    refuseMore(rest);
    const limit = numberOf(flags, "limit");
    const since = textOf(flags, "since");
    const type = textOf(flags, "type");
    if (since !== undefined && readTime(since, new Date()) === null) {
      throw new WrongUsage(`--since takes a date, or 30m, 2h, 7d, not "${since}"`);
    }
    if (type !== undefined && !facts.has(type)) {
      throw new WrongUsage(`--type takes the name of a fact, and "${type}" is none`);
    }
    const asked = [what, textOf(flags, "person")].filter((it) => it !== undefined);
    return {
      opens: "reading",
      run: (world) => {
        const at = since === undefined ? null : readTime(since, world.now());
        const texts = (["state", "type"] as const)
          .map((name) => [name, textOf(flags, name)] as const)
          .filter(([, value]) => value !== undefined);
        return runList(world, flags.json === true, asked, {
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

async function runList(
  world: ReplayWorld,
  json: boolean,
  asked: readonly string[],
  options: ListOptions,
) {
  const { print, note, sql } = world;
  const meant = await Promise.all(asked.map((it) => findSubjects(world, it)));
  const found = await Promise.all(meant.map(async (subjects, i) => {
    if (subjects.length === 0) return await streamsNamed(sql, asked[i] ?? "");
    return (await Promise.all(subjects.map((subject) => streamsOf(sql, subject)))).flat();
  }));
  // Of both, where a card and a person are asked for.
  const [first, ...others] = found;
  const common = first?.filter((stream) => others.every((other) => other.includes(stream)));
  const { streams, next } = await listStreams(sql, {
    ...options,
    ...common ? { streams: common } : {},
  });
  const cards = meant.flat().flatMap((it) => it.is === "card" ? [it.card] : []);
  for (const listed of streams) {
    const checks = await checksIn(world, listed.stream, cards);
    if (json) print(JSON.stringify(cards.length > 0 ? { ...listed, checks } : listed));
    else for (const line of describeStream(world, listed, checks)) print(line);
  }
  if (json) return exitCodes.whole;
  if (streams.length === 0) note("No dialogue is like that.");
  if (next !== null) note(`These are the latest ${streams.length}: --limit N shows more.`);
  return exitCodes.whole;
}

function describeStream(
  { paint, width }: ReplayWorld,
  stream: ListedStream,
  checks: readonly ShownCheck[],
): string[] {
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
    ...checks.flatMap((check) =>
      wrap(`${describeTime(check.at)}  ${describeCheck(check)}`, width, "  ")
    ),
  ];
}
