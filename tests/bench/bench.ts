/**
 * `deno task bench`: how many updates a second become durable, beside two usual ways of doing it,
 * in one run on one machine. What counts are the ratios: the figures move with the machine.
 * The server is TEST_DATABASE_URL; `.ci/with_postgres deno task bench` brings one of its own.
 */
import postgres from "postgres";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/store/migrations.ts";
import { type Database, openDatabase } from "../../src/store/open_database.ts";
import { prepareLines, sessionLine, transactionLine } from "./lines.ts";
import { type Figures, measure } from "./measure.ts";
import { memoryAfter } from "./memory.ts";
import { secondStart } from "./second_start.ts";
import { openWholePath } from "./whole_path.ts";

const CROWDS = [1, 8, 64, 256];
const CARDS = 500;
const ROUND_MS = 3_000;
const CONNECTIONS = 64;

const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
const number = (value: number) => value.toFixed(value < 10 ? 2 : 0).padStart(9);
const row = (name: string, { per_second, p50_ms, p99_ms }: Figures) =>
  say(`  ${name.padEnd(28)}${number(per_second)} /s${number(p50_ms)}${number(p99_ms)} ms`);

async function updates(database: Database, url: string | null): Promise<void> {
  await migrate(database, migrations);
  const path = openWholePath(database);
  const codes = await path.issue(CARDS);
  const code = (n: number) => codes[n % codes.length] ?? "";
  const people = Array.from({ length: 2048 }, () => crypto.randomUUID());
  let scans = 0;
  // Each lane has people of its own, since a dialogue does one thing at a time.
  const scan = (lane: number) => {
    const person = people[lane * 8 + scans % 8] ?? "";
    return path.apply(person, { kind: "command", name: "start", argument: `v_${code(scans++)}` });
  };
  say(`  ${"".padEnd(28)}${"durable".padStart(9)}   ${"p50".padStart(9)}${"p99".padStart(9)}`);
  await measure(64, 1_000, scan);
  const ours = new Map<number, Figures>();
  for (const crowd of CROWDS) {
    const figures = await measure(crowd, ROUND_MS, scan);
    ours.set(crowd, figures);
    row(`${crowd} dialogue${crowd === 1 ? "" : "s"}`, figures);
  }
  await prepareLines(database.sql);
  const many = url ? postgres(url, { max: CONNECTIONS, onnotice: () => {} }) : database.sql;
  const one = url ? postgres(url, { max: 1, onnotice: () => {} }) : database.sql;
  await Promise.all([many`select 1`, one`select 1`]);
  let n = 0;
  const versions = new Map<string, number>();
  const transaction = await measure(CONNECTIONS, ROUND_MS, async (lane) => {
    const person = people[lane] ?? "";
    const version = (versions.get(person) ?? -1) + 2;
    versions.set(person, version);
    await transactionLine(many, person, code(n++), version);
  });
  row(`transaction line (${url ? CONNECTIONS : "shared"})`, transaction);
  const session = await measure(1, ROUND_MS, () => sessionLine(one, people[n++ % 64] ?? ""));
  row("session line (1)", session);
  if (url) await Promise.all([many.end({ timeout: 5 }), one.end({ timeout: 5 })]);
  const crowd = ours.get(64)?.per_second ?? 0;
  const ratio = (line: Figures) => (crowd / line.per_second).toFixed(2);
  say(
    `  64 dialogues: ${ratio(transaction)} × the transaction line, ${
      ratio(session)
    } × the session line`,
  );
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

async function main(): Promise<void> {
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
}

if (import.meta.main) {
  await main();
  Deno.exit(0);
}
