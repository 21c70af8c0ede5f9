import type { TableComparison } from "../../projections/compare_tables.ts";
import { rebuildProjections } from "../../projections/rebuild.ts";
import { type Command, refuseMore, type ReplayWorld, required } from "./cli_command.ts";
import { count } from "../log/describe_state.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";

/** `replay rebuild`: the read models anew from the log. */
export const rebuild: Command = {
  usage: "rebuild [projection] [--dry-run]",
  summary: "Derives the read models again beside the live ones, and replaces rows that differ.",
  options: { "dry-run": { type: "boolean" } },
  plan([only, ...rest], flags) {
    refuseMore(rest);
    return {
      opens: "writing",
      run: (world) => runRebuild(world, only, flags["dry-run"] === true),
    };
  },
};

/** `replay retry`: an update that had failed. */
export const retry: Command = {
  usage: "retry <reference>",
  summary: "Handles an update again whose handling failed; the reference is in the apology.",
  options: {},
  plan([named, ...rest]) {
    const reference = required(named, "<reference>");
    refuseMore(rest);
    return { opens: "writing", run: (world) => runRetry(world, reference) };
  },
};

async function runRebuild(world: ReplayWorld, only: string | undefined, dry: boolean) {
  const { sql, projections, print, onProgress } = world;
  // Those that have no rows of their own only change others'.
  const names = projections.filter(({ tables }) => tables.length > 0).map(({ name }) => name);
  if (only !== undefined && !names.includes(only)) {
    throw new CannotReplay(
      `Cannot rebuild ${only}: there is no such read model. There are ${names.join(", ")}`,
      exitCodes.missing,
    );
  }
  const { upto, tables, replaced } = await rebuildProjections(sql, projections, {
    dry,
    onProgress,
    ...only === undefined ? {} : { only },
  });
  for (const table of tables) for (const line of describeTable(table)) print(line);
  const differ = tables.some(({ differing }) => differing > 0);
  const seen = `Derived again from ${count(upto, "fact")}`;
  if (!differ) print(`${seen}: the read models are what the log says.`);
  else if (replaced) print(`${seen}: what differed was replaced.`);
  else print(`${seen}: the read models differ, and nothing was changed (--dry-run).`);
  return differ && !replaced ? exitCodes.broken : exitCodes.whole;
}

async function runRetry({ print, retry }: ReplayWorld, reference: string) {
  const { is, sentence } = await retry(reference);
  if (is === "unknown") throw new CannotReplay(sentence, exitCodes.missing);
  print(`${sentence}.`);
  return is === "applied" ? exitCodes.whole : exitCodes.broken;
}

function describeTable({ table, live, derived, differing, examples }: TableComparison): string[] {
  const rows = live === derived ? count(live, "row") : `${count(live, "row")}, not ${derived}`;
  const unlike = differing === 0 ? "" : `; ${differing} not as the log says`;
  return [`${table}: ${rows}${unlike}`, ...examples.map((example) => `  ${example}`)];
}
