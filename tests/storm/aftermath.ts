/** What is left when a storm is over: in the log, in the chats, and by `deno task replay`. */
import { delay } from "@std/async";
import type { PersonHandle } from "@amanita/emulator";
import type postgres from "postgres";
import { type Environment, startBot } from "../bot/bot_process.ts";
import { inspect, numbersOf, type Place, stop, verdictsOf } from "../bot/process_place.ts";
import { undone } from "../bot/whole.ts";
import { outcome, program } from "../replay/replay_process.ts";
import { type Finding, holds, told, zero } from "./finding.ts";

/**
 * Lets further lives do what the last one has left when it was asked to end: on a busy machine its
 * grace may be too short. What is undone after that, nobody takes.
 */
export async function finishWork(environment: Environment): Promise<void> {
  for (let life = 0; life < LIVES_MAX; life++) {
    let left = 0;
    await inspect(environment, async (sql) => void (left = (await undone(sql)).length));
    if (left === 0) return;
    await using bot = startBot(environment);
    await bot.working();
    await delay(LIFE_MS);
    await stop(bot);
  }
}

const LIVES_MAX = 3;
const LIFE_MS = 5_000;

/** Counts the results of so many scans of one card; the bot must not run. */
export async function aftermath(
  place: Place,
  people: readonly PersonHandle[],
  scans: number,
): Promise<Finding[]> {
  await finishWork(place.environment);
  return [
    ...await countFacts(place, scans),
    ...countReplies(people, scans),
    ...await replay(place.environment),
  ];
}

/** How many verdicts were read, each once. */
export const numbersRead = (people: readonly PersonHandle[]): number =>
  people.reduce((sum, person) => sum + numbersOf(person).length, 0);

interface Counts {
  facts: number;
  updates: number;
  checks: number;
  /** Facts that were not written in the same transaction as their check's number. */
  apart: number;
}

/** What the log says of the scans, and what is left to be done. */
async function countFacts({ environment, emulator }: Place, scans: number): Promise<Finding[]> {
  const found: Finding[] = [];
  await inspect(environment, async (sql: postgres.Sql) => {
    const [row] = await sql<Counts[]>`
      select count(*)::int as facts, count(distinct causation)::int as updates,
        (select checks from cards) as checks,
        count(*) filter (where s.xmin is distinct from e.xmin)::int as apart
      from events e left join scans s on s.fact = e.id where type = 'CardVerified'`;
    const { facts, updates, checks, apart } = row ?? { facts: 0, updates: 0, checks: 0, apart: 0 };
    found.push(
      zero("scans lost", scans - updates),
      zero("scans applied twice", facts - updates),
      zero("scans apart from their numbers", apart),
      holds("checks that the card counts", checks, checks === scans),
      zero("tasks left undone", (await undone(sql)).length),
    );
  });
  found.push(zero("updates left unconfirmed", emulator.pendingUpdates()));
  return found;
}

/** What people have read: every number once at the least, theirs in the order of their scans. */
function countReplies(people: readonly PersonHandle[], scans: number): Finding[] {
  const read = people.map(verdictsOf);
  const numbers = new Set(read.flat());
  const disordered = people.filter((person) => {
    const once = numbersOf(person);
    return once.some((number, i) => number < (once[i - 1] ?? 0));
  });
  return [
    zero("numbers that nobody has read", scans - numbers.size),
    zero("chats out of order", disordered.length),
    told("replies that came again", read.flat().length - numbers.size),
  ];
}

/** What `deno task replay` says of the database. */
async function replay({ DATA_DIR = "", DATABASE_URL = "", PII_KEY = "" }: Environment) {
  const environment = { DATABASE_URL, PII_KEY };
  const verify = await outcome(program(DATA_DIR, ["verify"], environment));
  const rebuild = await outcome(program(DATA_DIR, ["rebuild", "--dry-run"], environment));
  const agrees = rebuild.code === 0 && /the read models are what the log says/.test(rebuild.out);
  return [
    holds("replay verify", verify.out.split(/[:;]/)[0] ?? "", verify.code === 0),
    holds("projections against a rebuild", agrees ? "equal" : "differ", agrees),
  ];
}
