/** `deno task replay` without its process: a command line on a database, and all that it says. */
import type { Charts } from "../../machines/flow/chart.ts";
import type postgres from "postgres";
import { charts as ours } from "../../machines/charts.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { projections } from "../../src/flows/projections.ts";
import { parseCommand } from "../../src/replay/cli/cli.ts";
import type { Desk, Key, ReplayWorld } from "../../src/replay/cli/cli_command.ts";
import { CannotReplay } from "../../src/replay/log/exit_codes.ts";
import { openColours } from "../../src/replay/cli/paint.ts";
import { openScreen } from "../../src/app/screen.ts";
import type { People } from "../../src/store/people.ts";

export interface GivenReplay {
  charts?: Charts;
  /** Files by name. */
  files?: Readonly<Record<string, string>>;
  /** Keys that are pressed, one after the other. */
  keys?: readonly Key[];
  /** Lines of the terminal. */
  height?: number;
  people?: People;
  /** The owners of today. */
  admin_ids?: readonly number[];
  /** The database to import into. */
  into?: postgres.Sql;
}

export interface Outcome {
  code: number;
  lines: string[];
  /** What was said beside the answer; the sentence of a refusal is the last. */
  notes: string[];
  frames: string[];
  /** Streams whose names were unsealed. */
  unsealed: string[];
}

/** Runs the command line to its end. */
export async function replay(
  sql: postgres.Sql | null,
  args: readonly string[],
  given: GivenReplay = {},
): Promise<Outcome> {
  const outcome: Outcome = { code: 0, lines: [], notes: [], frames: [], unsealed: [] };
  const plan = parseCommand(args);
  if ("print" in plan) return { ...outcome, code: plan.code, lines: plan.print.split("\n") };
  try {
    const desk = deskOf(sql, outcome, given);
    outcome.code = plan.opens === "nothing"
      ? await plan.run(desk)
      : await plan.run(worldOf(desk, sql, outcome, given));
  } catch (error) {
    if (!(error instanceof CannotReplay)) throw error;
    outcome.code = error.code;
    outcome.notes.push(error.message);
  }
  return outcome;
}

function deskOf(
  sql: postgres.Sql | null,
  outcome: Outcome,
  { charts = ours, files = {}, keys, height = Infinity, into = sql ?? undefined }: GivenReplay,
): Desk {
  const fileOf = (path: string) => {
    const text = files[path];
    if (text !== undefined) return Promise.resolve(text);
    return Promise.reject(new CannotReplay(`Cannot read ${path}: there is no such file`, 66));
  };
  return {
    charts,
    projections,
    migrations,
    print: (line) => void outcome.lines.push(line),
    note: (line) => void outcome.notes.push(line),
    paint: openColours(false).paint,
    width: 100,
    height: () => height,
    keys: keys ? () => pressed(keys) : null,
    draw: (lines) => void outcome.frames.push(lines.join("\n")),
    onProgress() {},
    readText: fileOf,
    readLines: async (path) => linesIn(await fileOf(path)),
    inPlace: (_place, work) => into ? work(into) : Promise.reject(new Error("There is no place")),
    now: () => new Date("2026-05-01T12:00:00Z"),
  };
}

function worldOf(
  desk: Desk,
  sql: postgres.Sql | null,
  outcome: Outcome,
  given: GivenReplay,
): ReplayWorld {
  if (!sql) throw new Error("Cannot replay: no log is given");
  return {
    ...desk,
    sql,
    aside: [],
    people: () => Promise.resolve(given.people ?? null),
    onUnseal: (stream) => {
      outcome.unsealed.push(stream);
      return Promise.resolve();
    },
    retry: (reference) => Promise.resolve({ is: "unknown", sentence: `No ${reference}` }),
    ...openScreen(sql, {
      TIME_ZONE: "UTC",
      DEFAULT_LOCALE: "ru",
      ADMIN_IDS: given.admin_ids ?? [],
    }),
  };
}

async function* pressed(keys: readonly Key[]): AsyncGenerator<Key> {
  for (const key of keys) yield await Promise.resolve(key);
}

async function* linesIn(text: string): AsyncGenerator<string> {
  for (const line of text.split("\n")) if (line !== "") yield await Promise.resolve(line);
}
