/** A database after a long life: many dialogues of many facts, made by the engine itself. */
import { dialogueStream } from "../../events/stream.ts";
import type { Input } from "../../machines/flow/input.ts";
import { type Dialogues, openDialogues } from "../../src/app/dialogues.ts";
import { openReaders } from "../../src/projections/readers.ts";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { dialogues } from "./workloads.ts";

/** The key under which names are sealed in these databases. */
export const PII_KEY = "L".repeat(43) + "=";

/** How long a life is made. */
export interface LongLife {
  facts: number;
  dialogues: number;
  cards: number;
}

/** What came of it: facts per second, and the memory of the process, in MB, in four moments. */
export interface Lived {
  facts: number;
  seconds: number;
  rss_mb: number[];
}

const LANES = 256;
const MEET_MAX = 500;
const names = { first_name: "Гость", last_name: null, username: null };

/** Makes it on the empty database at `url`, in a process of its own as `deno task start` runs. */
export async function makeLongLife(url: string, life: LongLife): Promise<Lived> {
  const args = ["-q", "--no-check", "-P=bench", "--v8-flags=--max-semi-space-size=16"];
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...args, import.meta.filename ?? "", url, JSON.stringify(life)],
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`The process ended early: ${text.decode(stderr)}`);
  return JSON.parse(text.decode(stdout));
}

/** People as the bot has met them. */
export async function meet({ people }: Dialogues, count: number): Promise<string[]> {
  const met: string[] = [];
  for (let first = 1; first <= count; first += MEET_MAX) {
    const length = Math.min(MEET_MAX, count + 1 - first);
    const batch = Array.from({ length }, (_, i) => i + first);
    const known = await people.meet(
      batch.map((telegram_id) => ({ telegram_id, names, language: "ru" })),
    );
    met.push(...[...known.values()].map(({ person }) => person));
  }
  return met;
}

/** Handles one update of somebody's; throws where it is not applied. */
export function openHands({ engine }: Pick<Dialogues, "engine">) {
  // Ids are the bot's own in every process.
  const run = crypto.randomUUID();
  let updates = 0;
  const stream = (person: string) => dialogueStream(person);
  return {
    async does(person: string, input: Input): Promise<void> {
      const handled = await engine.handle({
        cause: `update:${run}:${++updates}`,
        ...{ stream: stream(person), person, input, at: Date.now(), query: null },
      });
      if (handled !== "applied") throw new Error(`An update was ${handled}`);
    },
    /** Issues a card by this maker. */
    async issues(maker: string, name: string): Promise<void> {
      const file = { file_id: "f", unique_id: "u", size: 1 };
      await this.does(maker, { kind: "tap", action: { do: "issue" } });
      await this.does(maker, { kind: "photo", file, album: null });
      const fact = { type: "PhotoKept", callId: "2:0", sha256: "0".repeat(64) } as const;
      const cause = `effect:${crypto.randomUUID()}`;
      const answer = { cause, correlation: cause, stream: stream(maker), fact, at: Date.now() };
      await engine.answer(answer);
      await this.does(maker, { kind: "text", text: name });
      await this.does(maker, { kind: "text", text: "What a bench needs" });
      await this.does(maker, { kind: "tap", action: { do: "skip" } });
      await this.does(maker, { kind: "tap", action: { do: "approve" } });
    },
  };
}

/** The dialogues on a migrated database, without Telegram and without delivery. */
export const openQuietly = async (sql: Parameters<typeof openDialogues>[0]["sql"]) =>
  await openDialogues({
    sql,
    read: openReaders({ sql }),
    master: await openMasterKey(PII_KEY, ""),
    owner: crypto.randomUUID(),
    deliver: () => {},
    rights: () => () => Promise.resolve({ admin: true, owner: false }),
    default_locale: "ru",
    signal: new AbortController().signal,
  });

async function live(url: string, life: LongLife): Promise<Lived> {
  const database = await openDatabase({ url });
  const { sql } = database;
  await migrate(database, migrations);
  const quiet = await openQuietly(sql);
  const people = await meet(quiet, life.dialogues);
  const hands = openHands(quiet);
  await Promise.all(
    people.slice(0, life.cards).map((maker, i) => hands.issues(maker, `Card ${i + 1}`)),
  );
  const codes = (await sql<{ code: string }[]>`select code from cards`).map(({ code }) => code);
  const workload = dialogues(codes);
  const facts_each = Math.floor(life.facts / life.dialogues);
  const began = performance.now();
  const rss_mb: number[] = [];
  let begun = 0;
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (let i = begun++; i < people.length; i = begun++) {
      if (i % Math.ceil(people.length / 4) === 0) rss_mb.push(Deno.memoryUsage().rss / 2 ** 20);
      for (let n = 0, facts = 0; facts < facts_each; n++) {
        const { input, facts: more } = workload(i + n);
        await hands.does(people[i] ?? "", input);
        facts += more.length;
      }
    }
  }));
  rss_mb.push(Deno.memoryUsage().rss / 2 ** 20);
  const seconds = (performance.now() - began) / 1_000;
  await settle(sql);
  const [head] = await sql<{ facts: number }[]>`select pos::int as facts from head`;
  await database.close();
  return { facts: head?.facts ?? 0, seconds, rss_mb };
}

/** Makes it as if all had been sent long ago, and the database had had a quiet night. */
export async function settle(sql: Parameters<typeof openQuietly>[0]): Promise<void> {
  await sql.unsafe(`
    set statement_timeout = 0;
    update outbox set done_at = clock_timestamp(), answer = '{"messages": [1]}', payload = null,
      stream = null where done_at is null;
    reset statement_timeout;`).simple();
  await sql.unsafe("set statement_timeout = 0");
  for (const table of ["outbox", "events", "seen_updates", "streams", "scans", "cards", "people"]) {
    await sql.unsafe(`vacuum (analyze) ${table}`);
  }
}

if (import.meta.main) {
  const [url = "", life = "{}"] = Deno.args;
  const lived = await live(url, JSON.parse(life));
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(lived)));
  Deno.exit(0);
}
