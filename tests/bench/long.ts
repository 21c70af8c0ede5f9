/**
 * `deno task bench long`: the bot after a million facts beside the same bot on an empty database.
 * Takes minutes, so the plain bench leaves it out.
 */
import { startEmulator } from "@amanita/emulator";
import type postgres from "postgres";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { outcome, program } from "../replay/replay_process.ts";
import { type Finding, holds, missed, tableOf, told } from "../storm/finding.ts";
import { openPostgres } from "../storm/own_postgres.ts";
import {
  type LongLife,
  makeLongLife,
  meet,
  openHands,
  openQuietly,
  PII_KEY,
  settle,
} from "./long_life.ts";
import { startToPoll } from "./second_start.ts";
import { checks } from "./workloads.ts";

const LONG: LongLife = { facts: 1_000_000, dialogues: 20_000, cards: 500 };
const LANES = 8;
const WARM_SLICES = 4;
const SLICES = 40;
const SLICE_MS = 750;
const STARTS = 3;
const P99_MAX = 1.3;
/** Of the memory at a quarter of the life, when every cache is full. */
const RSS_MAX = 1.15;
const START_MAX_MS = 3_000;

type Scan = (lane: number) => Promise<void>;

/** Prints the figures; false where one is not as it must be. */
export async function benchLong(
  say: (line: string) => void,
  life: LongLife = LONG,
): Promise<boolean> {
  await using server = await openPostgres();
  const long = await createDatabase(server.url, "long");
  const empty = await createDatabase(server.url, "short");
  say(`Making ${life.facts} facts in ${life.dialogues} dialogues …`);
  const lived = await makeLongLife(long, life);
  // Cards and people there must be, for there to be scans at all.
  await makeLongLife(empty, { facts: 0, dialogues: life.cards, cards: life.cards });
  say("Proving them whole …");
  const verified = await outcome(program("/tmp", ["verify"], { DATABASE_URL: long, PII_KEY }));
  say("Scanning …");
  const p99 = await compareScans(long, empty, life.dialogues);
  say("Starting …");
  const starts = await startOn(long);
  const [, quarter = NaN] = lived.rss_mb;
  const last = lived.rss_mb.at(-1) ?? NaN;
  const ratio = p99.long_ms / p99.empty_ms;
  const findings: Finding[] = [
    told("facts", lived.facts),
    told("facts a second while they were made", (lived.facts / lived.seconds).toFixed(0)),
    holds("replay verify", verified.out.split(":")[0] ?? "", verified.code === 0),
    told("p99 of a scan, empty database, ms", p99.empty_ms.toFixed(1)),
    told("p99 of a scan, after the long life, ms", p99.long_ms.toFixed(1)),
    holds(`times as long (at most ${P99_MAX})`, ratio.toFixed(2), ratio <= P99_MAX),
    told("RSS at a quarter and at the end, MB", `${quarter.toFixed(0)}, ${last.toFixed(0)}`),
    holds(
      `times as much (at most ${RSS_MAX})`,
      (last / quarter).toFixed(2),
      last / quarter <= RSS_MAX,
    ),
    holds("start to first poll, s (below 3)", (starts / 1_000).toFixed(2), starts < START_MAX_MS),
  ];
  say(tableOf("A long life, on a server:", findings));
  return missed(findings).length === 0;
}

async function createDatabase(server: string, name: string): Promise<string> {
  const { sql, close } = await openDatabase({ url: server });
  await sql.unsafe(`create database ${name}`);
  await close();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Slice by slice in turn, so that whatever else the machine does falls on both alike. */
async function compareScans(long: string, empty: string, people: number) {
  await using there = await openScans(long, people);
  await using here = await openScans(empty, people);
  const took_ms: Record<"long" | "empty", number[]> = { long: [], empty: [] };
  for (let slice = 0; slice < WARM_SLICES + SLICES; slice++) {
    const [before, after] = [await scanFor(SLICE_MS, here), await scanFor(SLICE_MS, there)];
    if (slice < WARM_SLICES) continue;
    took_ms.empty.push(...before);
    took_ms.long.push(...after);
  }
  return { long_ms: atShare(took_ms.long, 0.99), empty_ms: atShare(took_ms.empty, 0.99) };
}

/** How long each scan took, in ms. */
async function scanFor(duration_ms: number, { scan }: { scan: Scan }): Promise<number[]> {
  const took_ms: number[] = [];
  const begin = performance.now();
  await Promise.all(Array.from({ length: LANES }, async (_, lane) => {
    while (performance.now() - begin < duration_ms) {
      const start = performance.now();
      await scan(lane);
      took_ms.push(performance.now() - start);
    }
  }));
  return took_ms;
}

/** Scans by people of the database at `url`, each lane its own, so that nobody waits for himself. */
async function openScans(url: string, count: number): Promise<{ scan: Scan } & AsyncDisposable> {
  const { sql, close } = await openDatabase({ url });
  await migrate({ sql }, migrations);
  const quiet = await openQuietly(sql);
  const people = await meet(quiet, count);
  const { does } = openHands(quiet);
  const next = checks(await codesOf(sql));
  let n = 0;
  return {
    // A step that shares no factor with the count comes to everybody before anybody twice.
    async scan(lane) {
      const own = Math.floor(people.length / LANES);
      const person = people[lane * own + (n * 7) % own] ?? "";
      await does(person, next(n++).input);
    },
    async [Symbol.asyncDispose]() {
      await settle(sql);
      await close();
    },
  };
}

const codesOf = async (sql: postgres.Sql): Promise<string[]> =>
  (await sql<{ code: string }[]>`select code from cards`).map(({ code }) => code);

/** How long the bot takes from its start to its first poll, in ms; the median. */
async function startOn(url: string): Promise<number> {
  const emulator = await startEmulator({ people: [{ first_name: "Анна" }] });
  const folder = await Deno.makeTempDir();
  try {
    const took_ms: number[] = [];
    for (let start = 0; start < STARTS; start++) {
      took_ms.push(await startToPoll(emulator, { DATA_DIR: folder, DATABASE_URL: url, PII_KEY }));
    }
    return atShare(took_ms, 0.5);
  } finally {
    await emulator.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The value that this share of them does not exceed. */
function atShare(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}
