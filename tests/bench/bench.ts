/**
 * `deno task bench`: how many updates a second become durable, beside two usual ways of doing it,
 * in one run on one machine. What counts are the ratios: the figures move with the machine.
 * A word chooses some of them; --help names them.
 * The server is TEST_DATABASE_URL; `.ci/with_postgres deno task bench` brings one of its own.
 */
import postgres from "postgres";
import { readArguments, readCount } from "../../src/base/read_arguments.ts";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { type Database, type DatabasePlace, openDatabase } from "../../src/store/open_database.ts";
import { benchEngines, ENGINE_WISHES } from "./engines/engines.ts";
import { findInline } from "./find_inline.ts";
import { prepareLines, sessionLine, transactionLine } from "./lines.ts";
import { benchLong } from "./long.ts";
import { type Figures, measure } from "./measure.ts";
import { memoryAfter } from "./memory.ts";
import { secondStart } from "./second_start.ts";
import { benchPictures } from "./pictures.ts";
import { benchReplay } from "./replay.ts";
import { openWholePath } from "./whole_path.ts";
import { WISHES } from "./whole/settings.ts";
import { benchWhole } from "./whole/whole.ts";
import { checks, dialogues, type Workload } from "./workloads.ts";

const CROWDS = [1, 8, 64, 256];
const CARDS = 500;
const ROUND_MS = 2_500;
const WARM_MS = 3_000;
const CONNECTIONS = 64;
const people = Array.from({ length: 256 * 8 }, () => crypto.randomUUID());

const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
const number = (value: number) => value.toFixed(value < 10 ? 2 : 0).padStart(9);
const row = (name: string, { per_second, p50_ms, p99_ms }: Figures) =>
  say(`  ${name.padEnd(28)}${number(per_second)} /s${number(p50_ms)}${number(p99_ms)} ms`);

async function updates(database: Database, url: string | null): Promise<void> {
  await migrate(database, migrations);
  const path = openWholePath(database);
  const codes = await path.issue(CARDS);
  const ours = (workload: Workload) => {
    let n = 0;
    return (lane: number) => path.apply(personOf(lane, n), workload(n++).input);
  };
  await prepareLines(database.sql);
  const many = url ? postgres(url, { max: CONNECTIONS, onnotice: () => {} }) : database.sql;
  const one = url ? postgres(url, { max: 1, onnotice: () => {} }) : database.sql;
  await Promise.all([many`select 1`, one`select 1`]);
  const versions = new Map<string, number>();
  const theirs = (workload: Workload) => {
    let n = 0;
    return (lane: number) => {
      const step = workload(n);
      const person = personOf(lane, n++);
      const version = versions.get(person) ?? 1;
      versions.set(person, version + step.facts.length);
      return transactionLine(many, person, step, version);
    };
  };
  await measure(64, WARM_MS, ours(dialogues(codes)));
  for (
    const [name, workload] of [["dialogues", dialogues(codes)], ["checks", checks(codes)]] as const
  ) {
    say(`  ${name.padEnd(28)}${"durable".padStart(9)}   ${"p50".padStart(9)}${"p99".padStart(9)}`);
    let crowd: Figures | null = null;
    for (const lanes of CROWDS) {
      const figures = await measure(lanes, ROUND_MS, ours(workload));
      if (lanes === CONNECTIONS) crowd = figures;
      row(`${lanes} at once`, figures);
    }
    const transaction = await measure(CONNECTIONS, ROUND_MS, theirs(workload));
    row(`transaction line (${url ? `${CONNECTIONS} connections` : "shared"})`, transaction);
    let n = 0;
    const session = await measure(1, ROUND_MS, () => sessionLine(one, personOf(n++ % 64, n)));
    row("session line (1 connection)", session);
    const ratio = (line: Figures) => ((crowd?.per_second ?? 0) / line.per_second).toFixed(2);
    say(
      `  64 at once: ${ratio(transaction)} × the transaction line, ` +
        `${ratio(session)} × the session line`,
    );
  }
  if (url) await Promise.all([many.end({ timeout: 5 }), one.end({ timeout: 5 })]);
}

/** Each lane has people of its own, since a dialogue does one thing at a time. */
function personOf(lane: number, n: number): string {
  return people[lane * 8 + n % 8] ?? "";
}

/** A database of its own on the server, gone at the end. */
async function onServer(url: string, work: (own: string) => Promise<void>): Promise<void> {
  const name = `bench_${crypto.randomUUID().replaceAll("-", "")}`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  try {
    await work(own.href);
  } finally {
    await admin`drop database ${admin(name)} with (force)`;
    await admin.end({ timeout: 5 });
  }
}

/** Updates a second, on a server and embedded, with memory and start. */
async function allUpdates(): Promise<boolean> {
  const server = Deno.env.get("TEST_DATABASE_URL");
  const folder = await Deno.makeTempDir();
  try {
    if (server === undefined) {
      say("Real server: skipped, as TEST_DATABASE_URL is not set (.ci/with_postgres sets it).");
    } else {
      say("Updates through the whole path, real server:");
      await onServer(server, async (url) => {
        const database = await openDatabase({ url });
        await updates(database, url);
        await database.close();
      });
      await onServer(server, async (url) => void say(`Memory: ${await memoryAfter(url, 100_000)}`));
    }
    say("Updates through the whole path, embedded database:");
    const database = await openDatabase({ folder: `${folder}/postgres` });
    await updates(database, null);
    await database.close();
    say(`Second start, embedded, to the first poll: ${await secondStart(`${folder}/bot`)}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return true;
}

/** Replay on a database of its own, where there is a server; whether all figures are met. */
async function replay(): Promise<boolean> {
  const server = Deno.env.get("TEST_DATABASE_URL");
  if (server === undefined) return await benchReplay(say, null);
  let met = false;
  await onServer(server, async (url) => void (met = await benchReplay(say, url)));
  return met;
}

/** Inline queries on databases of their own; whether every figure is met. */
async function inline(): Promise<boolean> {
  const onNew = async (place: DatabasePlace) => {
    const database = await openDatabase(place);
    await migrate(database, migrations);
    const met = await findInline(say, database);
    await database.close();
    return met;
  };
  const server = Deno.env.get("TEST_DATABASE_URL");
  const met: boolean[] = [];
  if (server !== undefined) {
    say("Inline queries among 10,000 cards, real server:");
    await onServer(server, async (url) => void met.push(await onNew({ url })));
  }
  say("Inline queries among 10,000 cards, embedded database:");
  const folder = await Deno.makeTempDir();
  met.push(await onNew({ folder: `${folder}/postgres` }));
  await Deno.remove(folder, { recursive: true });
  return met.every(Boolean);
}

const pictures = () => {
  say("Pictures:");
  return benchPictures(say);
};

/** The same step on other engines; whether each did it once. */
async function engines(counts: Counts): Promise<boolean> {
  const loads = () => Deno.loadavg().map((it) => it.toFixed(1)).join(", ");
  say(`Load of the machine before: ${loads()}`);
  const server = Deno.env.get("TEST_DATABASE_URL");
  const is_sound = await benchEngines(say, server, { ...ENGINE_WISHES, ...counts });
  say(`Load of the machine after: ${loads()}`);
  return is_sound;
}

/** What options say, by their names. */
type Counts = Readonly<Record<string, number>>;

/** Each answers whether its figures are met. */
const parts: Readonly<Record<string, (counts: Counts) => Promise<boolean>>> = {
  updates: allUpdates,
  inline,
  replay,
  pictures,
  long: () => benchLong(say),
  whole: (counts) => benchWhole(say, { ...WISHES, ...counts }),
  engines,
};

/** The options that a part has. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  whole: Object.keys(WISHES),
  engines: Object.keys(ENGINE_WISHES),
};

/** Those that take many minutes, or packages of their own. */
const apart = ["long", "whole", "engines"];

/** A part in a process of its own: what the one before it left in the heap would slow it. */
async function inOwnProcess(part: string): Promise<boolean> {
  const args = ["run", "-q", "-P=bench", import.meta.filename ?? "", part];
  return (await new Deno.Command(Deno.execPath(), { args }).spawn().status).success;
}

const usage = `deno task bench             updates a second, memory, start, inline, replay, pictures
deno task bench updates     updates a second, memory and start alone
deno task bench inline      inline queries alone
deno task bench replay      replay alone
deno task bench pictures    fetching pictures alone
deno task bench long        after a million facts; takes minutes, so the others leave it out
deno task bench whole       from the update to the message, beside a grammY bot; takes minutes
                            [--rounds 5] [--scans 4000]; --rounds 1 --scans 300 shows that it works
deno task bench engines     the same durable step on emmett, DBOS, castore and Restate, which it
                            fetches from npm; on TEST_DATABASE_URL: [--rounds 3] [--seconds 2]`;

/** Runs what the command line names, or says what is wrong there; answers the exit code. */
async function main(args: string[]): Promise<number> {
  const refuse = (sentence: string) => {
    say(`${sentence}\n\n${usage}`);
    return 64;
  };
  const options = {
    help: { type: "boolean", short: "h" },
    rounds: { type: "string" },
    scans: { type: "string" },
    seconds: { type: "string" },
  } as const;
  const read = readArguments({ args, options, allowPositionals: true });
  if (typeof read === "string") return refuse(read);
  const { help, ...counts } = read.values;
  if (help) {
    say(usage);
    return 0;
  }
  const [wanted, stray] = read.positionals;
  if (stray !== undefined) return refuse(`Unexpected argument '${stray}'.`);
  if (wanted === undefined) return await allParts() ? 0 : 1;
  const part = Object.hasOwn(parts, wanted) ? parts[wanted] : undefined;
  if (!part) return refuse(`There is no bench ${wanted}.`);
  const named = Object.entries(counts);
  const [odd] = named.find(([, text]) => readCount(text) === null) ?? [];
  if (odd !== undefined) return refuse(`Option '--${odd}' takes a whole number above 0.`);
  const [stranger] = named.find(([name]) => !optionsOf[wanted]?.includes(name)) ?? [];
  if (stranger !== undefined) return refuse(`The bench ${wanted} has no option '--${stranger}'.`);
  const wishes = Object.fromEntries(named.map(([name, text]) => [name, Number(text)]));
  return await part(wishes) ? 0 : 1;
}

/** Each in a process of its own; whether the figures of all are met. */
async function allParts(): Promise<boolean> {
  let met = true;
  for (const one of Object.keys(parts)) {
    if (!apart.includes(one)) met = await inOwnProcess(one) && met;
  }
  return met;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
