/**
 * `deno task bench engines`: the same durable step on this project's core and on what a team would
 * take instead, by turns on one server. Two facts at an expected version, statistics, a message.
 */
import { median } from "../whole/figures.ts";
import { faultsOf, type Round } from "./contender.ts";
import { type Engine, ENGINES } from "./engine_list.ts";
import { EngineFailure, type EngineProcess, startEngine } from "./engine_process.ts";
import { openWritten, type Written } from "./written.ts";

/** How long the bench takes. */
export interface EngineWishes {
  rounds: number;
  /** Of each round. */
  seconds: number;
}

export const ENGINE_WISHES: EngineWishes = { rounds: 3, seconds: 2 };

const LANES = [8, 64];
const WARM_LANES = 64;
/** Updates of one process are numbered below those of the next. */
const NUMBERS = 10_000_000;

type Measured = Round & { bytes: number };

/** An engine in the bench. */
interface Runner {
  engine: Engine;
  url: string;
  process: EngineProcess;
  /** By the number of lanes. */
  rounds: Map<number, Measured[]>;
  rows: Map<number, number>;
  /** What it has done wrong, or how it ended; null while there is nothing. */
  fault: string | null;
}

type Say = (line: string) => void;

/** Prints the tables; false where an engine did the step otherwise than once for each update. */
export async function benchEngines(
  say: Say,
  server: string | undefined,
  wishes: EngineWishes = ENGINE_WISHES,
  engines: readonly Engine[] = ENGINES,
): Promise<boolean> {
  if (server === undefined) {
    say("Engines: skipped, as TEST_DATABASE_URL is not set (.ci/with_postgres sets it).");
    return true;
  }
  await using written = openWritten(server);
  say(`The same durable step, ${wishes.rounds} rounds of ${wishes.seconds} s by turns; medians.`);
  for (const { title, how } of engines) say(`  ${title}: ${how}`);
  const runners: Runner[] = [];
  {
    await using processes = new AsyncDisposableStack();
    for (const engine of engines) {
      const runner = await start(say, written, engine);
      if (!runner) continue;
      processes.use(runner.process);
      runners.push(runner);
    }
    await warm(runners, wishes);
    await takeTurns(runners, written, wishes);
    for (const runner of runners) await attempt(runner, () => check(say, runner));
  }
  for (const runner of runners) await attempt(runner, () => countRows(runner, written, wishes));
  const sound = runners.filter(({ fault }) => fault === null);
  for (const lanes of LANES) for (const line of tableOf(lanes, sound)) say(line);
  for (const { engine, fault } of runners) {
    if (fault !== null) say(`WRONG: ${engine.title}: ${fault}`);
  }
  return sound.length === runners.length;
}

/** Starts it on a database of its own; null, and says so, where it cannot be run. */
async function start(say: Say, written: Written, engine: Engine): Promise<Runner | null> {
  const name = engine.script.replace(/^.*\/|\.ts$/g, "");
  const url = await written.create(name);
  try {
    const process = await startEngine(engine, url, NUMBERS);
    return { engine, url, process, rounds: new Map(), rows: new Map(), fault: null };
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    say(`${engine.title} cannot be run here: ${error.message}`);
    return null;
  }
}

/** Does it unless the engine has failed; its failure is told at the end, and the others go on. */
async function attempt(runner: Runner, work: () => Promise<void>): Promise<void> {
  if (runner.fault !== null) return;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    runner.fault = error.message;
  }
}

async function warm(runners: readonly Runner[], { seconds }: EngineWishes): Promise<void> {
  for (const runner of runners) {
    await attempt(runner, async () => {
      await runner.process.measure(WARM_LANES, seconds * 1000);
    });
  }
}

/** Nobody is always the first. */
async function takeTurns(
  runners: readonly Runner[],
  written: Written,
  { rounds, seconds }: EngineWishes,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const first = round % runners.length;
    for (const lanes of LANES) {
      for (const runner of [...runners.slice(first), ...runners.slice(0, first)]) {
        await attempt(runner, () => measureRound(runner, written, lanes, seconds * 1000));
      }
    }
  }
}

async function measureRound(
  { process, rounds }: Runner,
  written: Written,
  lanes: number,
  duration_ms: number,
): Promise<void> {
  const before = await written.bytes();
  const measured = await process.measure(lanes, duration_ms);
  const bytes = (await written.bytes() - before) / measured.steps;
  rounds.set(lanes, [...rounds.get(lanes) ?? [], { ...measured, bytes }]);
}

/** Whether each update was applied once, those that came again among them. */
async function check(say: Say, { engine, process }: Runner): Promise<void> {
  const checked = await process.check();
  const faults = faultsOf(checked);
  if (faults.length > 0) throw new EngineFailure(`${faults.join("; ")}.`);
  say(`${engine.title}: ${checked.applied} updates, each applied once.`);
}

/** In a process for each number of lanes: a server knows all rows when connections are closed. */
async function countRows(
  { engine, url, rows }: Runner,
  written: Written,
  { seconds }: EngineWishes,
): Promise<void> {
  for (const [i, lanes] of LANES.entries()) {
    const before = await written.rows(url);
    let steps = 0;
    {
      await using process = await startEngine(engine, url, NUMBERS * (i + 2));
      ({ steps } = await process.measure(lanes, seconds * 1000));
    }
    rows.set(lanes, (await written.rows(url) - before) / steps);
  }
}

const TITLE_WIDTH = 22;
const row = (title: string, cells: readonly string[]) =>
  `  ${title.padEnd(TITLE_WIDTH)}${cells.map((it) => it.padStart(10)).join("")}`;
const number = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

function tableOf(lanes: number, runners: readonly Runner[]): string[] {
  const middle = ({ rounds }: Runner, key: keyof Measured) =>
    median((rounds.get(lanes) ?? []).map((it) => it[key]));
  const [core] = runners;
  return [
    row(`${lanes} at once`, ["steps/s", "p50 ms", "p99 ms", "rows", "bytes", "core is"]),
    ...runners.map((runner) => {
      const per_second = middle(runner, "per_second");
      const ratio = core ? middle(core, "per_second") / per_second : NaN;
      return row(runner.engine.title, [
        number(per_second),
        number(middle(runner, "p50_ms")),
        number(middle(runner, "p99_ms")),
        number(runner.rows.get(lanes) ?? NaN),
        number(middle(runner, "bytes")),
        `${ratio.toFixed(2)} ×`,
      ]);
    }),
  ];
}
