/**
 * `deno task bench replay`: how fast logs are lived again, in one run on one machine, beside a
 * reducer that somebody wrote by hand and a bare cursor. What counts are the ratios.
 */
import postgres from "postgres";
import { charts } from "../../machines/charts.ts";
import { openCheckThreads } from "../../src/replay/check/check_threads.ts";
import { checkParts } from "../../src/replay/check/check_parts.ts";
import { measureLog } from "../../src/replay/log/read_pages.ts";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { multiply, putRows, writeDialogues } from "./replay_log.ts";
import { foldersOf } from "./replay_folders.ts";
import { memoryOfCheck } from "./replay_memory.ts";

type Say = (line: string) => void;

/** How often what, and whether that is enough. */
interface Promised {
  what: string;
  found: number;
  wanted: { least: number } | { most: number };
  unit: string;
}

const DIALOGUES = 4_000;
const DIALOGUES_IN_MEMORY = 1_000;
/** About 10,000 facts, and how often they are checked so that the program is warm. */
const DIALOGUES_AT_FIRST = 410;
const TIMES_AT_FIRST = 10;
const FACTS_MAX = 1_000_000;
const CURSOR_MAX = 300_000;
const ROUNDS = 4;

const number = (value: number) => Math.round(value).toLocaleString("en");

/** From memory, and from `url` where there is a server; says what it found, and whether all is met. */
export async function benchReplay(say: Say, url: string | null): Promise<boolean> {
  const rows = await writeDialogues(DIALOGUES);
  const isMet = (promised: Promised) => tell(say, promised);
  let met = fromMemory(rows.slice(0, endOf(rows, DIALOGUES_IN_MEMORY)), say).map(isMet);
  if (url === null) {
    say("  From Postgres: skipped, as TEST_DATABASE_URL is not set.");
    return met.every(Boolean);
  }
  const database = await openDatabase({ url });
  // Has no statement_timeout.
  const sql = postgres(url, { max: 1, types: database.sql.options.types, onnotice() {} });
  try {
    await migrate(database, migrations);
    const first = endOf(rows, DIALOGUES_AT_FIRST);
    await putRows(sql, rows.slice(0, first));
    const before_mb = await memoryOfCheck(url, TIMES_AT_FIRST);
    await putRows(sql, rows.slice(first));
    await multiply(sql, FACTS_MAX + rows.length);
    const found = [await fromPostgres(sql, url, say), await memory(sql, url, before_mb, say)];
    met = [...met, ...found.map(isMet)];
    return met.every(Boolean);
  } finally {
    await sql.end({ timeout: 5 });
    await database.close();
  }
}

/** Where the rows of the first dialogues end. */
function endOf(rows: readonly { stream: string }[], dialogues: number): number {
  const streams = new Set<string>();
  const end = rows.findIndex(({ stream }) => streams.add(stream).size > dialogues);
  return end < 0 ? rows.length : end;
}

function tell(say: Say, { what, found, wanted, unit }: Promised): boolean {
  const met = "least" in wanted ? found >= wanted.least : found <= wanted.most;
  const bound = "least" in wanted ? `≥ ${number(wanted.least)}` : `≤ ${wanted.most}`;
  const value = found < 1000 ? found.toFixed(1) : number(found);
  say(`  ${what}: ${value} ${unit} (wanted ${bound}): ${met ? "met" : "MISSED"}`);
  return met;
}

/** The best of some rounds in which all take turns: what else the machine does only slows them. */
function fromMemory(rows: Parameters<typeof foldersOf>[0], say: Say): Promised[] {
  const folders = foldersOf(rows);
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, times, fold } of folders) {
      const begun = performance.now();
      for (let n = 0; n < times; n++) fold();
      const per_second = times * rows.length / (performance.now() - begun) * 1000;
      best.set(name, Math.max(best.get(name) ?? 0, per_second));
    }
  }
  say("Replay from memory:");
  for (const [name, per_second] of best) line(say, name, per_second);
  const ratio = (a: string, b: string) => (best.get(a) ?? 0) / (best.get(b) ?? 1);
  return [
    {
      what: "the chart's time beside the reducer's, over a log in memory",
      found: ratio("reading facts, a reducer by hand", "reading facts, our chart"),
      wanted: { most: 25 },
      unit: "×",
    },
    {
      what: "our stepper beside XState's transition()",
      found: ratio("facts that are read, our stepper", "facts that are read, transition()"),
      wanted: { least: 3 },
      unit: "×",
    },
  ];
}

function line(say: Say, name: string, per_second: number): void {
  say(`  ${name.padEnd(40)}${number(per_second).padStart(12)} facts/s`);
}

async function fromPostgres(sql: postgres.Sql, url: string, say: Say): Promise<Promised> {
  const { head, facts } = await measureLog(sql);
  say(`Replay from Postgres, ${number(facts)} facts:`);
  const begun = performance.now();
  let n = 0;
  const rows = sql`select * from events order by stream, version limit ${CURSOR_MAX}`;
  for await (const page of rows.cursor(2_000)) n += page.length;
  line(say, "a bare cursor over whole rows", n / (performance.now() - begun) * 1000);
  const check = async (aside: ReturnType<typeof openCheckThreads>) => {
    const begun = performance.now();
    const report = await checkParts(sql, { charts, upto: head, facts, aside });
    if (report.diverged > 0 || report.facts !== facts) throw new Error("The check went wrong");
    return facts / (performance.now() - begun) * 1000;
  };
  line(say, "check on one thread", await check([]));
  const found = [await check(openCheckThreads(url)), await check(openCheckThreads(url))];
  const unit = "facts/s";
  return { what: "check", found: Math.max(...found), wanted: { least: 100_000 }, unit };
}

async function memory(
  sql: postgres.Sql,
  url: string,
  before_mb: number,
  say: Say,
): Promise<Promised> {
  const { facts } = await measureLog(sql);
  const after_mb = await memoryOfCheck(url, 1);
  say(`  memory of check: ${before_mb} MB over 10,000 facts, ${after_mb} MB over ${number(facts)}`);
  const what = "memory over 1,000,000 facts beside 10,000";
  return { what, found: after_mb / before_mb, wanted: { most: 1.25 }, unit: "×" };
}
