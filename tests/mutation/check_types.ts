/** Which mutants the types catch: all of a room in one check, each a file beside the original. */
import { withChange } from "./copies.ts";
import type { Mutant } from "./mutants.ts";
import { runDeno } from "./run_deno.ts";

/** A check prints only when it is done. */
const PATIENCE_MS = 600_000;

/** The mutants that do not type check. */
export async function caughtByTypes(
  mutants: readonly Mutant[],
  copy: string,
  signal: AbortSignal,
): Promise<Set<Mutant>> {
  const paths = mutants.map(({ path }, at) => path.replace(/\.ts$/, `_mutant_${at}.ts`));
  for (const [at, { text }] of mutants.entries()) {
    await Deno.writeTextFile(`${copy}/${paths[at]}`, text);
  }
  const { code, output } = await runDeno(["check", ...paths], {
    cwd: copy,
    patience: PATIENCE_MS,
    signal,
  });
  for (const path of paths) await Deno.remove(`${copy}/${path}`);
  const caught = mutants.filter((_, at) => output.includes(`/${paths[at]}:`));
  if ((code !== 0) !== (caught.length > 0)) throw new Error(`Check without an answer:\n${output}`);
  return new Set(caught);
}

/** Whether the types of another file catch a mutant. */
export async function caughtElsewhere(
  mutant: Mutant,
  copy: string,
  signal: AbortSignal,
): Promise<boolean> {
  const isWrong = async (): Promise<boolean> => {
    const { code } = await runDeno(["check"], { cwd: copy, patience: PATIENCE_MS, signal });
    return code !== 0;
  };
  const caught = await withChange(copy, mutant, isWrong);
  if (caught && await isWrong()) throw new Error("Cannot measure: types are wrong as it is");
  return caught;
}
