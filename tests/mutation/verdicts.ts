/** What one test file says of one state of the code, kept, so that nothing is asked twice. */
import { createHash } from "node:crypto";
import { FOLDER } from "./copies.ts";
import { type Imports, reachOf } from "./imports.ts";
import { filesBelow } from "./rooms.ts";
import { runDeno } from "./run_deno.ts";

/** How a test file ends; silence is a loop, or a wait for what never comes. */
export type Verdict = "passed" | "failed" | "timed out";

/** How long a test may be silent: on the code as it is, and on a mutant at least. */
const CLEAN_PATIENCE_MS = 600_000;
const PATIENCE_MS = 60_000;
/** And how often as long as it took on the code as it is. */
const PATIENCE = 4;
const KEPT = `${FOLDER}/verdicts.json`;
/** What tests read beside code; what is kept of equal mutants is none of it. */
const DATA = /(?<!mutation\/equal)\.(txt|jsonl|json)$/;
const TEST = [
  ...["test", "-q", "-P=test", "--no-check", "--fail-fast"],
  ...["--sanitize-ops", "--sanitize-resources"],
];

/** Asks test files, and remembers by the content of all that they import. */
export interface Verdicts {
  /** Of a test, where `change.path` holds `change.text`; of the code as it is without one. */
  ask(test: string, copy: string, change?: { path: string; text: string }): Promise<Verdict>;
  /** How long a test took on the code as it is; what was never asked is taken to be quick. */
  msOf(test: string): number;
}

interface Kept {
  /** By what a test and all that it imports hold. */
  verdicts: Record<string, Verdict>;
  ms: Record<string, number>;
}

/** Opens what is kept of earlier runs; `original` is a copy in which nothing is changed yet. */
export async function openVerdicts(
  imports: Imports,
  original: string,
  signal: AbortSignal,
): Promise<Verdicts> {
  const kept = await readKept();
  const beside = [
    ...["deno.json", "deno.lock"].map((name) => `${original}/${name}`),
    ...(await filesBelow(`${original}/tests`, "")).filter((path) => DATA.test(path)),
    ...await filesBelow(`${original}/src`, ".sql"),
  ];
  // What needs a server is ignored without one, and ignored tests pass.
  const surroundings = hash([
    String(Deno.env.has("TEST_DATABASE_URL")),
    ...await Promise.all(beside.map((path) => Deno.readTextFile(path))),
  ]);
  const files = new Map<string, string>();
  for (const path of imports.keys()) {
    files.set(path, hash([await Deno.readTextFile(`${original}/${path}`)]));
  }
  const msOf = (test: string): number => kept.ms[test] ?? 0;
  return {
    async ask(test, copy, change) {
      const reached = Array.from(reachOf(test, imports).keys()).toSorted();
      const contents = reached.map((path) => [
        path,
        path === change?.path ? hash([change.text]) : files.get(path),
      ]);
      const key = hash([test, surroundings, JSON.stringify(contents)]);
      const known = kept.verdicts[key];
      if (known !== undefined) return known;
      const begun = performance.now();
      const patience = change ? Math.max(PATIENCE_MS, PATIENCE * msOf(test)) : CLEAN_PATIENCE_MS;
      const run = () => runTest(test, copy, patience, signal);
      const first = await run();
      // Twice, so that chance or a busy machine has less of a say.
      const verdict = first === "failed" ? await run() : first;
      if (!change) kept.ms[test] = Math.round(performance.now() - begun);
      // A test that fails on the code as it is will be mended.
      if (!change && verdict !== "passed") return verdict;
      kept.verdicts[key] = verdict;
      await writeKept(kept);
      return verdict;
    },
    msOf,
  };
}

async function runTest(
  test: string,
  copy: string,
  patience: number,
  signal: AbortSignal,
): Promise<Verdict> {
  const { code, silent } = await runDeno([...TEST, test], { cwd: copy, patience, signal });
  return silent ? "timed out" : code === 0 ? "passed" : "failed";
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

async function readKept(): Promise<Kept> {
  try {
    return JSON.parse(await Deno.readTextFile(KEPT));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { verdicts: {}, ms: {} };
    throw error;
  }
}

async function writeKept(kept: Kept): Promise<void> {
  const next = `${KEPT}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(next, JSON.stringify(kept, null, 1));
  await Deno.rename(next, KEPT);
}
