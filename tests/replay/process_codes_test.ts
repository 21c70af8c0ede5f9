/** The process from end to end on a golden log: what it prints, and the code that it ends with. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { openDatabase } from "../../src/store/open_database.ts";
import { serverTest } from "../database.ts";
import { needs, unless } from "../permissions.ts";
import { nameOfGolden } from "../logs/golden_logs.ts";
import { outcome, processTest, program } from "./replay_process.ts";

const golden = () => new URL(`../logs/${nameOfGolden()}`, import.meta.url).pathname;

processTest("replay process brings a log to a laptop, and looks at it", async (folder) => {
  const run = async (...args: string[]) => await outcome(program(folder, args));
  const imported = await run("import", golden(), "--into", folder);
  assertEquals(imported.code, 0, imported.err);
  assertStringIncludes(imported.err, "Missing: 3 photos and 41 people.");
  assertStringIncludes(imported.out, "Imported a log: 154 facts in 41 streams.");
  const again = await run("import", golden(), "--into", folder);
  assertEquals([again.code, again.out], [73, ""]);
  assertMatch(again.err, /^Cannot import: the database is not empty, .*\.\n$/);
  assertEquals(await run("check", "--all"), {
    code: 0,
    out: "Agrees: 154 facts in 41 streams come out as they did.\n",
    err: "",
  });
  const unknown = await run("show", "dialogue:nobody");
  assertEquals([unknown.code, unknown.out], [66, ""]);
  assertMatch(unknown.err, /^Cannot find dialogue:nobody: there is no such stream\. .*\.\n$/);
  await writeWhenLookedAt(folder);
  const looked = await run("check", "--all");
  assertEquals([looked.code, looked.out], [69, ""]);
  assertStringIncludes(looked.err, "read-only transaction");
});

/** From now on, reading the table of stamps also writes, unless the reader may not. */
async function writeWhenLookedAt(folder: string): Promise<void> {
  const { sql, close } = await openDatabase({ folder: `${folder}/postgres` });
  await sql.unsafe(`alter table stamps rename to kept_stamps;
    create table looks (at timestamptz default clock_timestamp());
    create function look() returns setof kept_stamps language plpgsql as $$
    begin
      insert into looks default values;
      return query select * from kept_stamps;
    end $$;
    create view stamps as select * from look()`).simple();
  await close();
}

processTest("replay process says in a sentence what is damaged, and where", async (folder) => {
  const run = async (...args: string[]) => await outcome(program(folder, args));
  await run("import", golden(), "--into", folder);
  const { sql, close } = await openDatabase({ folder: `${folder}/postgres` });
  const [row] = await sql<{ stream: string }[]>`
    select stream from events where type = 'NameProvided' limit 1`;
  const stream = row?.stream ?? "";
  await sql.unsafe(`alter table events disable trigger all;
    update events set data = '[7]' where stream = '${stream}' and version = 1;
    update stamps set value = '{"redacted": true}' where name = 'imported'`).simple();
  await close();
  const shown = await run("show", stream);
  assertEquals([shown.code, shown.out], [65, ""]);
  const [notice, sentence] = shown.err.split("\n");
  assertEquals(notice, "This log is redacted: stand-ins took the place of people.");
  assertMatch(sentence ?? "", /^Cannot read dialogue:\S+ version 1: .*\.$/);
  const checked = await run("check", stream);
  assertEquals(checked.code, 1);
  assertMatch(checked.out, /^dialogue:\S+ version 1 \(pos \d+, \w+\): Cannot read .*\n/);
});

processTest("replay process writes down who opens what is sealed", async (folder) => {
  await outcome(program(folder, ["import", golden(), "--into", folder]));
  const PII_KEY = "E".repeat(43) + "=";
  const show = async (env = {}) =>
    await outcome(program(folder, ["show", "dialogue:00518cca", "--unseal"], env));
  assertEquals((await show()).code, 78);
  assertEquals((await show({ PII_KEY })).code, 78, "the key of another database opens nothing");
  const { sql, close } = await openDatabase({ folder: `${folder}/postgres` });
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.fromBase64(PII_KEY));
  const fingerprint = new Uint8Array(digest).toHex().slice(0, 12);
  await sql`insert into stamps (name, value) values ('key', ${fingerprint})`;
  await close();
  const shown = await show({ PII_KEY });
  assertEquals(shown.code, 0);
  const line = JSON.parse(shown.err);
  assertEquals(line.level, "WARN");
  assertStringIncludes(line.message, "are unsealed by user");
  assert(line.stream.startsWith("dialogue:00518cca"));
});

Deno.test({
  ...unless(
    needs({ name: "env" }),
    "a database that is opened for reading refuses to be written to",
  ),
  async fn() {
    const { sql, close } = await openDatabase({ memory: true }, { read_only: true });
    const codeOf = ({ code }: { code?: string }) => code;
    const alone = await sql`create table x (id int)`.then(() => "written", codeOf);
    const within = await sql.begin((tx) => tx`create table x (id int)`)
      .then(() => "written", codeOf);
    await close();
    assertEquals([alone, within], ["25006", "25006"]);
  },
});

serverTest("a server's database that is opened for reading refuses as well", async ({ sql }) => {
  const address = new URL(Deno.env.get("TEST_DATABASE_URL") ?? "");
  const [row] = await sql<{ name: string }[]>`select current_database() as name`;
  address.pathname = `/${row?.name}`;
  const reading = await openDatabase({ url: address.href }, { read_only: true, max: 2 });
  const refusals = await Promise.all(
    [1, 2, 3].map(() =>
      reading.sql`update head set pos = 7`.then(() => "written", ({ code }) => code)
    ),
  );
  await reading.close();
  assertEquals(refusals, ["25006", "25006", "25006"]);
});
