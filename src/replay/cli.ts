/** The commands of `deno task replay`: what they are called with, what they print, how they end. */
import { parseArgs } from "node:util";
import type postgres from "postgres";
import type { Charts } from "../../machines/charts.ts";
import type { TableComparison } from "../projections/compare_tables.ts";
import type { Projection } from "../projections/projection.ts";
import { rebuildProjections } from "../projections/rebuild.ts";
import type { Retried } from "./retry.ts";
import { verifyLog } from "./verify.ts";

/** How the process ends; the BSD codes where there is one. */
export const exitCodes = {
  whole: 0,
  broken: 1,
  usage: 64,
  unavailable: 69,
  defect: 70,
  bad_config: 78,
} as const;

/** What a command works with. */
export interface ReplayWorld {
  sql: postgres.Sql;
  charts: Charts;
  projections: readonly Projection[];
  /** Prints a line of the answer. */
  print: (line: string) => void;
  /** Handles a failed update again; opens what that needs only when it is called. */
  retry: (reference: string) => Promise<Retried>;
  /** Shows how far it is, where somebody watches. */
  onProgress: (done: number, total: number) => void;
}

/** A command that was understood; resolves to the exit code. */
export type Run = (world: ReplayWorld) => Promise<number>;

interface Command {
  usage: string;
  summary: string;
  /** The command with these arguments, or null where they are not its own. */
  parse(args: readonly string[], flags: Flags): Run | null;
}

interface Flags {
  dry_run: boolean;
}

const commands: Readonly<Record<string, Command>> = {
  verify: {
    usage: "verify",
    summary: "Proves the log: positions, chains, schemas, charts, and the read models.",
    parse: (args, { dry_run }) => args.length === 0 && !dry_run ? verify : null,
  },
  rebuild: {
    usage: "rebuild [--dry-run]",
    summary: "Derives the read models again, compares them, and replaces rows that differ.",
    parse: (args, { dry_run }) => args.length === 0 ? (world) => rebuild(world, dry_run) : null,
  },
  retry: {
    usage: "retry <reference>",
    summary: "Handles an update again whose handling failed; the reference is in the apology.",
    parse: ([reference, ...rest], { dry_run }) =>
      reference !== undefined && rest.length === 0 && !dry_run
        ? (world) => retry(world, reference)
        : null,
  },
};

/** Reads the command line: a command to run, or what to print instead and the code to end with. */
export function parseCommand(args: readonly string[]): Run | { print: string; code: number } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { "dry-run": { type: "boolean" }, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    const [name = "", ...rest] = positionals;
    if (values.help) return { print: help(), code: exitCodes.whole };
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) return refuse(name === "" ? "Which command?" : `There is no command ${name}.`);
    const run = command.parse(rest, { dry_run: values["dry-run"] ?? false });
    return run ?? refuse(`${name} is used so: deno task replay ${command.usage}`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return refuse(error.message.split(". ")[0] + ".");
  }
}

function refuse(sentence: string) {
  return { print: `${sentence}\n\n${help()}`, code: exitCodes.usage };
}

function help(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const lines = Object.values(commands).map(({ usage, summary }) =>
    `  ${usage.padEnd(width)}  ${summary}`
  );
  return `Usage: deno task replay <command>

${lines.join("\n")}

Works on DATABASE_URL, else on the embedded database in DATA_DIR (./data; of deno task dev:
DATA_DIR=./data/dev). A server may be in use meanwhile; an embedded database may not.

Ends with 0 whole, 1 broken, 64 wrong usage, 69 database unavailable, 70 defect of this program,
78 bad configuration.`;
}

async function verify({ sql, charts, projections, print, onProgress }: ReplayWorld) {
  const report = await verifyLog(sql, { charts, projections, onProgress });
  const { facts, streams, faults, fault_count } = report;
  const seen = `${count(facts, "fact")} in ${count(streams, "stream")}`;
  if (fault_count === 0) {
    const tables = count(report.projections?.length ?? 0, "read model");
    print(`Whole: ${seen}; positions, chains, schemas and charts agree, and so do ${tables}.`);
    return exitCodes.whole;
  }
  print(`Broken: ${count(fault_count, "fault")} in ${seen}; the first is`);
  for (const fault of faults) print(`  ${fault}`);
  if (fault_count > faults.length) print(`  … and ${fault_count - faults.length} more`);
  print(
    report.projections === null
      ? "The read models were not compared, as the log itself is broken."
      : "The log itself is whole: deno task replay rebuild mends the read models.",
  );
  return exitCodes.broken;
}

async function rebuild({ sql, projections, print, onProgress }: ReplayWorld, dry: boolean) {
  const { upto, tables, replaced } = await rebuildProjections(sql, projections, {
    dry,
    onProgress,
  });
  for (const table of tables) for (const line of describeTable(table)) print(line);
  const differ = tables.some(({ differing }) => differing > 0);
  const seen = `Derived again from ${count(upto, "fact")}`;
  if (!differ) print(`${seen}: the read models are what the log says.`);
  else if (replaced) print(`${seen}: what differed was replaced.`);
  else print(`${seen}: the read models differ, and nothing was changed (--dry-run).`);
  return differ && !replaced ? exitCodes.broken : exitCodes.whole;
}

async function retry({ print, retry }: ReplayWorld, reference: string) {
  const { is, sentence } = await retry(reference);
  print(`${sentence}.`);
  return is === "applied" ? exitCodes.whole : exitCodes.broken;
}

function describeTable({ table, live, derived, differing, examples }: TableComparison): string[] {
  const rows = live === derived ? count(live, "row") : `${count(live, "row")}, not ${derived}`;
  const unlike = differing === 0 ? "" : `; ${differing} not as the log says`;
  return [`${table}: ${rows}${unlike}`, ...examples.map((example) => `  ${example}`)];
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}
