import { assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import postgres from "postgres";
import { DatabaseUnavailable } from "../../src/store/database_unavailable.ts";
import { FolderInUse } from "../../src/store/embedded/folder_lock.ts";
import { type Database, openDatabase } from "../../src/store/open_database.ts";
import { until } from "../bot/until.ts";
import { needs, unless } from "../permissions.ts";

const onDisk = needs({ name: "env" }, { name: "read" }, { name: "write" });
const withProcesses = onDisk || needs({ name: "run" });

folderTest("folder keeps what was committed before it was closed", async (folder) => {
  {
    await using opened = await open(folder);
    await opened.sql`create table cards (id int)`;
    await opened.sql`insert into cards values (7)`;
  }
  await using opened = await open(folder);
  assertEquals([...await opened.sql`select id from cards`], [{ id: 7 }]);
});

folderTest("folder is for its owner only", async (folder) => {
  await using _ = await open(folder);
  if (Deno.build.os !== "windows") assertEquals((Deno.statSync(folder).mode ?? 0) & 0o777, 0o700);
});

folderTest("commits in a folder wait for the disk", async (folder) => {
  await using opened = await open(folder);
  const syncs = async () => {
    await opened.sql`select pg_stat_force_next_flush()`;
    const [row] = await opened.sql<{ fsyncs: number }[]>`
      select sum(fsyncs)::int as fsyncs from pg_stat_io where object = 'wal'`;
    return row?.fsyncs ?? NaN;
  };
  await opened.sql`create table cards (id int)`;
  const before = await syncs();
  for (let id = 0; id < 5; id++) await opened.sql`insert into cards values (${id})`;
  assertGreater(await syncs(), before + 4);
});

folderTest("folder half-made by a killed process is made anew", async (folder) => {
  Deno.mkdirSync(`${folder}/cluster.new`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/cluster.new/PG_VERSION`, "18\n");
  await using opened = await open(folder);
  assertEquals([...await opened.sql`select 1 as one`], [{ one: 1 }]);
}, { made: false });

folderTest("folder that is no whole cluster is refused by name", async (folder) => {
  Deno.mkdirSync(`${folder}/cluster`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/cluster/PG_VERSION`, "18\n");
  const opening = () => openDatabase({ folder });
  await assertRejects(opening, DatabaseUnavailable, `Cannot open ${folder}: `);
}, { made: false });

folderTest("database closes within two seconds in the middle of queries", async (folder) => {
  const { sql, close } = await openDatabase({ folder });
  const queries = Array.from({ length: 100 }, () => sql`select pg_sleep(0.1)`);
  const results = Promise.allSettled(queries);
  const begun = performance.now();
  await close();
  await results;
  assertLess(performance.now() - begun, 2_000);
});

folderTest("slow query stops nothing else in the process", async (folder) => {
  await using opened = await open(folder);
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  const begun = performance.now();
  await opened.sql`select count(*) from generate_series(1, 3000000)`;
  const took_ms = performance.now() - begun;
  clearInterval(timer);
  assertGreater(took_ms, 100);
  assertGreater(ticks, 3);
});

folderTest("checkpoints are written while there is something to write", async (folder) => {
  const { sql, close } = await openDatabase({ folder }, { checkpoint_ms: 20 });
  const checkpoint = async () =>
    (await sql`select checkpoint_lsn::text as lsn from pg_control_checkpoint()`)[0]?.lsn;
  let looks = 0;
  sql.options.debug = (_connection, query) => {
    if (query.includes("pg_current_wal_insert_lsn")) looks++;
  };
  const first = await checkpoint();
  await sql`create table cards (id int)`;
  let last: unknown;
  await until("one is written, and no more while nothing is to be written", async () => {
    last = await checkpoint();
    const before = looks;
    await until("it is looked again and again", () => looks >= before + 5);
    return last !== first && last === await checkpoint();
  });
  await sql`insert into cards values (1)`;
  await until("one is written again", async () => await checkpoint() !== last);
  await close();
});

folderTest("queries of an engine that broke fail, and so do later ones", async (folder) => {
  const { sql, close } = await openDatabase({ folder });
  await sql.unsafe(`create function deepen(n int) returns int language plpgsql as
    $$ begin return deepen(n + 1); end $$`);
  await assertRejects(() => sql`select deepen(1)`, postgres.PostgresError, "stack depth limit");
  await sql`set max_stack_depth = '1MB'`; // more than JavaScript has
  const queries = [sql`select deepen(1)`, sql`select 1`, sql`select 2`];
  for (const result of await Promise.allSettled(queries)) assertEquals(result.status, "rejected");
  await assertRejects(() => sql`select 1`, DatabaseUnavailable, "The embedded database stopped: ");
  await close();
});

folderTest("folder that another process has open is refused with its pid", async (folder) => {
  await using holder = start("holder.ts", folder);
  assertEquals((await holder.lines.next()).value, "open");
  await assertRejects(
    () => openDatabase({ folder }),
    FolderInUse,
    `Cannot open ${folder}: process ${holder.pid} has it open. ` +
      "Stop it or choose another DATA_DIR.",
  );
}, { reason: withProcesses });

folderTest("writer killed ten times loses nothing it acknowledged", async (folder) => {
  const acknowledged: number[] = [];
  for (let round = 0; round < 10; round++) {
    await using writer = start("writer.ts", folder, String(round * 1_000_000));
    const upto = acknowledged.length + 1 + Math.floor(Math.random() * 300);
    for await (const line of writer.lines) {
      acknowledged.push(Number(line));
      if (acknowledged.length === upto) writer.kill();
    }
  }
  await using opened = await open(folder);
  const rows = await opened.sql<{ id: number }[]>`select id from written`;
  const kept = new Set(rows.map(({ id }) => id));
  assertEquals(acknowledged.filter((id) => !kept.has(id)), []);
  assertGreater(acknowledged.length, 10);
}, { reason: withProcesses });

/** A test in a temporary folder of its own, with an empty cluster in it unless it makes one. */
function folderTest(
  name: string,
  test: (folder: string) => Promise<void>,
  { reason = onDisk, made = true } = {},
): void {
  Deno.test({
    ...unless(reason, name),
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        if (made) copyFolder(await template(), `${folder}/postgres`);
        await test(`${folder}/postgres`);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

// Making a cluster takes seconds, copying it a fraction of one.
const templates: string[] = [];

async function template(): Promise<string> {
  const made = templates[0] ?? await Deno.makeTempDir();
  if (templates.length === 0) {
    await (await openDatabase({ folder: made })).close();
    templates.push(made);
  }
  return made;
}

Deno.test.afterAll(() => {
  for (const folder of templates) Deno.removeSync(folder, { recursive: true });
});

function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to);
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(`${from}/${name}`, `${to}/${name}`);
    else Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}

async function open(folder: string): Promise<Database & AsyncDisposable> {
  const database = await openDatabase({ folder });
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}

/** A process of ours that ends with the block; `kill` gives it no chance to tidy up. */
function start(program: string, ...args: string[]) {
  const path = new URL(`./processes/${program}`, import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-check",
      "--allow-env",
      "--allow-read",
      "--allow-write",
      path,
      ...args,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(wholeLines());
  const lines = output.values({ preventCancel: true });
  return {
    pid: child.pid,
    lines,
    kill: () => child.kill("SIGKILL"),
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await child.status;
      await lines.return?.();
      await output.cancel();
    },
  };
}

/** Lines that were ended: what a kill cut short was not told. */
function wholeLines(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(text, controller) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) controller.enqueue(line);
    },
  });
}
