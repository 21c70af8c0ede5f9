/** What the tests are worth: mutants of a room's code, and how many of them its tests notice. */
import { parseArgs } from "node:util";
import { caughtByTypes, caughtElsewhere } from "./check_types.ts";
import { makeCopies, removeCopies, withChange } from "./copies.ts";
import { EQUAL, isEqual } from "./equal.ts";
import { type Reach, reachOf, readImports } from "./imports.ts";
import { chooseMutants, describeMutant, type Mutant, mutantsOf } from "./mutants.ts";
import { filesBelow, MEASURED, type Room, roomOf } from "./rooms.ts";
import { openVerdicts, type Verdicts } from "./verdicts.ts";

const HELP = `deno task mutation [--seed N] [--per-room N] [--room FOLDER]… [--jobs N]

  --seed N        chooses the mutants; the same code and seed give the same ones (1)
  --per-room N    how many of each room (40)
  --room FOLDER   machines, store, src/flows/stats …; more than once for several
                  (${MEASURED.join(", ")})
  --jobs N        how many tests run at once (2)

Works in copies below data/mutation. With TEST_DATABASE_URL, what needs a server counts as well:
  .ci/with_postgres deno task mutation
Ends with 1 where more than 1 in 20 mutants lives that is not equal in effect.`;

/** Tests are as quick as each other within this. */
const QUICK_MS = 5_000;

type Fate = "types" | "tests" | "time" | "equal" | "lived";

/** What the tests of a room did with its mutants. */
interface Outcome {
  room: string;
  fates: Map<Mutant, Fate>;
}

/** What a run needs. */
interface Run {
  seed: number;
  perRoom: number;
  copies: readonly string[];
  signal: AbortSignal;
}

if (import.meta.main) Deno.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      "seed": { type: "string", default: "1" },
      "per-room": { type: "string", default: "40" },
      "room": { type: "string", multiple: true, default: MEASURED },
      "jobs": { type: "string", default: "2" },
      "help": { type: "boolean", default: false },
    },
  });
  if (values.help) {
    print(HELP);
    return 0;
  }
  const rooms = await Promise.all(values.room.map(roomOf));
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error("Interrupted"));
  Deno.addSignalListener("SIGINT", onSignal);
  const copies = await makeCopies(Number(values.jobs));
  try {
    const run = {
      seed: Number(values.seed),
      perRoom: Number(values["per-room"]),
      copies,
      signal: stop.signal,
    };
    const outcomes = [];
    for (const room of rooms) outcomes.push(await measure(room, run));
    print(tableOf(run.seed, outcomes));
    return outcomes.every(isGood) ? 0 : 1;
  } finally {
    Deno.removeSignalListener("SIGINT", onSignal);
    await removeCopies();
  }
}

async function measure(room: Room, run: Run): Promise<Outcome> {
  const [copy = ""] = run.copies;
  const below = (folder: string, ending: string) => filesIn(copy, folder, ending);
  const all = [];
  for (const path of await below(room.name, ".ts")) {
    all.push(...mutantsOf(path, await Deno.readTextFile(`${copy}/${path}`)));
  }
  const mutants = chooseMutants(all, run.seed, run.perRoom);
  const tests = (await Promise.all(room.tests.map((folder) => below(folder, "_test.ts")))).flat();
  const imports = await readImports(tests, copy, run.signal);
  const verdicts = await openVerdicts(imports, copy, run.signal);
  const reaching = tests.map((path) => ({ path, reach: reachOf(path, imports) }));
  const fates = new Map<Mutant, Fate>();
  for (const mutant of await caughtByTypes(mutants, copy, run.signal)) fates.set(mutant, "types");
  print(`${room.name}: ${mutants.length} of ${all.length} mutants, ${fates.size} caught by types`);
  await eachWithCopy(mutants.filter((one) => !fates.has(one)), run.copies, async (mutant, copy) => {
    const { fate, by } = await tryTests(
      mutant,
      quickestFirst(reaching, mutant.path, verdicts),
      verdicts,
      copy,
      run.signal,
    );
    fates.set(mutant, fate);
    print(`${fate}${by ? ` (${by})` : ""}: ${describeMutant(mutant)}`);
  });
  for (const { path, fragment } of staleOf(room, all)) {
    print(`equal.json: no such mutant in ${path}: ${fragment}`);
  }
  return { room: room.name, fates };
}

/** A test file, and what it imports. */
interface Test {
  path: string;
  reach: Reach;
}

/** Paths below a folder of a copy, from the copy's root. */
async function filesIn(copy: string, folder: string, ending: string): Promise<string[]> {
  const paths = await filesBelow(`${copy}/${folder}`, ending);
  return paths.map((path) => path.slice(copy.length + 1));
}

/** The tests that reach a file: its own first, then those that took little, the nearest first. */
function quickestFirst(tests: readonly Test[], path: string, verdicts: Verdicts): string[] {
  const steps = ({ reach }: Test) => reach.get(path) ?? 0;
  const seconds = (test: Test) => Math.round(verdicts.msOf(test.path) / QUICK_MS);
  const name = path.split("/").at(-1)?.replace(".ts", "") ?? "";
  const foreign = (test: Test) => test.path.includes(`/${name}`) ? 0 : 1;
  return tests.filter(({ reach }) => reach.has(path))
    .toSorted((a, b) => foreign(a) - foreign(b) || seconds(a) - seconds(b) || steps(a) - steps(b))
    .map(({ path }) => path);
}

async function tryTests(
  mutant: Mutant,
  tests: readonly string[],
  verdicts: Verdicts,
  copy: string,
  signal: AbortSignal,
): Promise<{ fate: Fate; by?: string }> {
  for (const test of tests) {
    // A test that fails anyway notices nothing.
    const before = await verdicts.ask(test, copy);
    if (before !== "passed") throw new Error(`Cannot measure: ${test} ${before}, without a change`);
    const verdict = await withChange(copy, mutant, () => verdicts.ask(test, copy, mutant));
    if (verdict !== "passed") return { fate: verdict === "failed" ? "tests" : "time", by: test };
  }
  if (isEqual(mutant)) return { fate: "equal" };
  return { fate: await caughtElsewhere(mutant, copy, signal) ? "types" : "lived" };
}

/** Works through the mutants, with one copy for each that is under way. */
async function eachWithCopy(
  mutants: readonly Mutant[],
  copies: readonly string[],
  work: (mutant: Mutant, copy: string) => Promise<void>,
): Promise<void> {
  const left = mutants.values();
  await Promise.all(copies.map(async (copy) => {
    for (const mutant of left) await work(mutant, copy);
  }));
}

/** Entries of equal.json that no mutant of today's code is. */
function staleOf(room: Room, mutants: readonly Mutant[]) {
  return EQUAL.filter((one) =>
    one.path.startsWith(`${room.name}/`) && !mutants.some((mutant) => isEqual(mutant, [one]))
  );
}

function countsOf({ fates }: Outcome): Record<Fate, number> {
  const counts = { types: 0, tests: 0, time: 0, equal: 0, lived: 0 };
  for (const fate of fates.values()) counts[fate]++;
  return counts;
}

/** At most 1 in 20 of those that are not equal lives. */
function isGood(outcome: Outcome): boolean {
  const { equal, lived } = countsOf(outcome);
  return lived * 20 <= outcome.fates.size - equal;
}

function tableOf(seed: number, outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const { types, tests, time, equal, lived } = countsOf(outcome);
    return [seed, outcome.room, outcome.fates.size, types, tests, time, equal, lived];
  });
  const head = ["seed", "room", "mutants", "by types", "by tests", "by time", "equal", "lived"];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
