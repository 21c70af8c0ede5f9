import {
  type Command,
  type Flags,
  numberOf,
  refuseMore,
  type ReplayWorld,
  required,
  textOf,
} from "./cli_command.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import { findStream } from "../log/find_stream.ts";
import { type Forked, forkStream } from "../walk/fork_stream.ts";
import { describePoint, describePointAndFork } from "./describe_point.ts";
import { readAttempts } from "../walk/read_attempts.ts";
import { readStream } from "../log/read_pages.ts";
import { runStream, type StreamRun } from "../walk/run_stream.ts";
import { walkKeys } from "./walk_keys.ts";

/** `replay run`: a dialogue lived again, up to any point, or otherwise from there on. */
export const run: Command = {
  usage: "run <stream> [--to V] [--step] [--fork file.jsonl]",
  summary: "State, context and chat at a point; --step walks with ← →; --fork tries other inputs.",
  options: {
    to: { type: "string" },
    step: { type: "boolean" },
    fork: { type: "string" },
    json: { type: "boolean" },
  },
  plan([named, ...rest], flags) {
    const stream = required(named, "<stream>");
    refuseMore(rest);
    const to = numberOf(flags, "to", 0);
    return { opens: "reading", run: (world) => runRun(world, stream, to, flags) };
  },
};

async function runRun(
  world: ReplayWorld,
  asked: string,
  to: number | undefined,
  flags: Flags,
) {
  const { sql } = world;
  const stream = await findStream(world, asked);
  const rows = await readStream(sql, stream);
  const last = rows.at(-1)?.version ?? 0;
  const version = to ?? last;
  if (version > last) {
    throw new CannotReplay(
      `Cannot run ${stream} to version ${version}: it has versions 1 to ${last}`,
      exitCodes.missing,
    );
  }
  const file = textOf(flags, "fork");
  const attempts = file === undefined ? null : readAttempts(await world.readText(file), file);
  const before = await runStream(world, rows.filter((row) => row.version <= version));
  if (attempts) {
    const forked = await forkStream(world, stream, before, attempts);
    const rest = await runStream(world, rows.filter((row) => row.version > version), before);
    return tellFork(world, { before, rest, forked }, flags.json === true);
  }
  if (flags.step) {
    const rest = await runStream(world, rows.filter((row) => row.version > version), before);
    return await step(world, stream, [...before.points, ...rest.points], version);
  }
  const point = before.points.at(-1);
  if (flags.json) world.print(JSON.stringify(point ?? null));
  else for (const line of describePoint(world, stream, point, last)) world.print(line);
  return exitCodes.whole;
}

async function step(
  world: ReplayWorld,
  stream: string,
  points: StreamRun["points"],
  version: number,
) {
  const { keys, draw } = world;
  if (keys === null) {
    throw new CannotReplay(
      "Cannot step: that needs a terminal. Without one: deno task replay run … --to V",
      exitCodes.usage,
    );
  }
  const last = points.at(-1)?.row.version ?? 0;
  const help = world.paint.dim("← → a fact back or on, Home End, q ends");
  const frame = (at: number) => {
    const point = points.find(({ row }) => row.version === at);
    // The line with the keys, the one above it, and the one that the cursor stands in.
    const room = world.height() - 3;
    return [...describePoint(world, stream, point, last, room), "", help];
  };
  await walkKeys(keys(), { first: 0, last, at: version }, (at) => draw(frame(at)));
  return exitCodes.whole;
}

function tellFork(
  world: ReplayWorld,
  { before, rest, forked }: { before: StreamRun; rest: StreamRun; forked: Forked },
  json: boolean,
) {
  const { print } = world;
  if (json) {
    const { points, refused } = forked;
    print(JSON.stringify({ original: rest.points, fork: points, refused }));
    return exitCodes.whole;
  }
  for (const line of describePointAndFork(world, before, rest, forked)) print(line);
  return exitCodes.whole;
}
