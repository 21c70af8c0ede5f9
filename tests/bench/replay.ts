/**
 * `deno task bench replay`: how fast logs are lived again, in one run on one machine, beside a
 * reducer that somebody wrote by hand and a bare cursor. What counts are the ratios.
 */
import type postgres from "postgres";
import { transition } from "xstate";
import { charts } from "../../machines/charts.ts";
import { readFact } from "../../events/read_fact.ts";
import { checkLog } from "../../src/replay/check_log.ts";
import { openQuickFold, toFolded } from "../../src/replay/quick_fold.ts";
import { measureLog, readFoldedPages } from "../../src/replay/read_pages.ts";
import { begin, step } from "../../src/runtime/step.ts";
import { beginning, foldRow } from "../../src/runtime/streams.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/store/migrations.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { reduce, unreduced } from "./hand_reducer.ts";
import { multiply, putRows, writeDialogues } from "./replay_log.ts";
import { memoryOfCheck } from "./replay_memory.ts";

type Say = (line: string) => void;

const DIALOGUES = 4_000;
const FACTS_MAX = 1_000_000;
const ROUNDS = 5;
const HAND_TIMES = 15;

/** The best of some rounds, in facts a second: what else the machine does only slows it down. */
async function best(facts: number, work: () => unknown, rounds = ROUNDS): Promise<number> {
  let took_ms = Infinity;
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await work();
    took_ms = Math.min(took_ms, performance.now() - begun);
  }
  return facts / took_ms * 1000;
}

/** From memory, and from `url` where there is a server; says what it found. */
export async function benchReplay(say: Say, url: string | null): Promise<void> {
  const rows = await writeDialogues(DIALOGUES);
  const line = (name: string, per_second: number) =>
    say(`  ${name.padEnd(44)}${Math.round(per_second).toLocaleString("en").padStart(12)} facts/s`);
  await fromMemory(rows, line, say);
  if (url === null) return say("  From Postgres: skipped, as TEST_DATABASE_URL is not set.");
  const database = await openDatabase({ url });
  try {
    await migrate(database, migrations);
    await putRows(database.sql, rows);
    await multiply(database.sql, FACTS_MAX + rows.length);
    await fromPostgres(database.sql, url, line, say);
  } finally {
    await database.close();
  }
}

async function fromMemory(
  rows: readonly EventRow[],
  line: (name: string, per_second: number) => void,
  say: Say,
): Promise<void> {
  const { machine } = charts.current;
  const happened = rows.map((row) => ({
    stream: row.stream,
    fact: { ...readFact(row, row.stream), at: row.at, version: row.version },
  }));
  const byStream = <State>(first: State, next: (state: State, i: number) => State) => {
    let [state, stream] = [first, ""];
    for (const [i, row] of happened.entries()) {
      if (row.stream !== stream) [state, stream] = [first, row.stream];
      state = next(state, i);
    }
  };
  const factAt = (i: number) => {
    const it = happened[i];
    if (!it) throw new Error("There is no such fact");
    return it.fact;
  };
  const folded = rows.map(toFolded);
  const own = await best(
    rows.length,
    () => byStream(begin(machine), (state, i) => step(machine, state, factAt(i)).snapshot),
  );
  const theirs = await best(
    rows.length,
    () => byStream(begin(machine), (state, i) => transition(machine, state, factAt(i))[0]),
  );
  // As often as it takes to last as long as the others: a moment that is too short proves nothing.
  const hand = await best(HAND_TIMES * rows.length, () => {
    for (let n = 0; n < HAND_TIMES; n++) {
      byStream(unreduced, (state, i) => reduce(state, factAt(i)));
    }
  });
  const fold = await best(rows.length, () => {
    let [standing, stream] = [beginning(charts), ""];
    for (const row of rows) {
      if (row.stream !== stream) [standing, stream] = [beginning(charts), row.stream];
      standing = foldRow(charts, standing, row).standing;
    }
  });
  const quick = await best(rows.length, () => {
    const { fold } = openQuickFold(charts);
    let [state, stream] = [null as ReturnType<typeof fold>["state"] | null, ""];
    for (const row of folded) {
      if (row.stream !== stream) [state, stream] = [null, row.stream];
      state = fold(state, row).state;
    }
  });
  const check = await best(rows.length, () => checkLog(pages(folded), { charts }));
  say("Replay from memory:");
  line("a reducer by hand", hand);
  line("our stepper", own);
  line("XState's transition()", theirs);
  line("reading and folding, as the bot does", fold);
  line("folding many streams, as check does", quick);
  line("check", check);
  const times = (a: number, b: number) => (a / b).toFixed(1);
  say(`  The stepper is ${times(own, theirs)} × as fast as transition() (wanted: 3)`);
  say(`  The reducer is ${times(hand, own)} × as fast as the stepper (wanted: ≤ 25)`);
}

async function* pages<Row>(rows: readonly Row[]): AsyncGenerator<Row[]> {
  for (let at = 0; at < rows.length; at += 2_000) {
    yield await Promise.resolve(rows.slice(at, at + 2_000));
  }
}

async function fromPostgres(
  sql: postgres.Sql,
  url: string,
  line: (name: string, per_second: number) => void,
  say: Say,
): Promise<void> {
  const { facts } = await measureLog(sql);
  const cursor = await best(facts, async () => {
    for await (const rows of sql`select * from events order by stream, version`.cursor(2_000)) {
      if (rows.length === 0) throw new Error("An empty page");
    }
  }, 2);
  const one = await best(facts, () => checkLog(readFoldedPages(sql), { charts }), 2);
  say(`Replay from Postgres, ${facts.toLocaleString("en")} facts:`);
  line("a bare cursor over whole rows", cursor);
  line("check", one);
  say(`  check: ${Math.round(one).toLocaleString("en")} facts/s (wanted: 100,000)`);
  for (const upto of [10_000, 100_000, facts]) {
    say(
      `  RSS of check over ${upto.toLocaleString("en")} facts: ${await memoryOfCheck(
        url,
        upto,
      )} MB`,
    );
  }
}
