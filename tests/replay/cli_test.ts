import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { v4 } from "uuid";
import { inlineProjection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { parseCommand } from "../../src/replay/cli/cli.ts";
import { requireMigrated } from "../../src/replay/log/require_migrated.ts";
import { openLog } from "../../src/store/log.ts";
import { replay as replayOn } from "./given_replay.ts";
import { outcome, processTest, program } from "./replay_process.ts";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { type Database, openDatabase } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";
import { nameOfGolden } from "../logs/golden_logs.ts";
import { anyCharts, issued, keepSomePhoto, verified, write } from "../store/pen.ts";

type Sql = Database["sql"];

async function oneCheck(sql: Sql): Promise<string> {
  const card = v4();
  await write(
    openLog(sql, projections.map(inlineProjection), v4()),
    "a",
    issued(card, v4()),
    verified(card, v4()),
  );
  return card;
}

/** Runs a command line on `sql`: its exit code and what it printed. */
async function replay(sql: Sql, ...args: readonly string[]) {
  const { code, lines } = await replayOn(sql, args, { charts: anyCharts });
  return { code, lines };
}

const NO_KEY = "What is sealed was not opened, as there is no PII_KEY.";

Deno.test("replay explains itself when asked, and where no command is meant", () => {
  const asked = parseCommand(["--help"]);
  assert("print" in asked);
  assertEquals(asked.code, 0);
  for (
    const [args, sentence] of [
      [[], "Which command?"],
      [["verfy"], "There is no command verfy."],
      [["toString"], "There is no command toString."],
    ] as const
  ) {
    const refused = parseCommand(args);
    assert("print" in refused);
    assertEquals([refused.code, refused.print], [64, `${sentence}\n\n${asked.print}`]);
  }
});

const together = (one: string, other: string) => `${one} and ${other} do not go together`;
const wrong: readonly (readonly [string, string])[] = [
  ["verify all", '"all" is one argument too many'],
  ["verify --head --from 3", together("--head", "--from")],
  ["verify --dry-run", "unknown option '--dry-run'"],
  ["verify --from soon", '--from takes a whole number from 0 on, not "soon"'],
  ["rebuild a b", '"b" is one argument too many'],
  ["rebuild --dry", "unknown option '--dry'"],
  ["retry", "<reference> is missing"],
  ["retry A B", '"B" is one argument too many'],
  ["check", "a stream, a file, --all or --sample is missing"],
  ["check a --all", together('"a"', "--all")],
  ["check --all --sample 3", together("--all", "--sample")],
  ["check a b.jsonl", '"a" is no .jsonl file, and "b.jsonl" is one'],
  ["check --sample 0", '--sample takes a whole number from 1 on, not "0"'],
  ["show", "<stream> is missing"],
  ["show a b", '"b" is one argument too many'],
  ["show a --from x", '--from takes a whole number from 1 on, not "x"'],
  ["show a --from 7 --to 3", "--from 7 lies behind --to 3"],
  ["run", "<stream> is missing"],
  ["run a --to -1", '--to takes a whole number from 0 on, not "-1"'],
  ["run a --to 1.5", '--to takes a whole number from 0 on, not "1.5"'],
  ["bisect a --bad 3 --when true", "--good is missing"],
  ["bisect a --good 1 --when true", "--bad is missing"],
  ["bisect a --good 1 --bad 3", "--when is missing"],
  ["list a b", '"b" is one argument too many'],
  ["list --limit many", '--limit takes a whole number from 1 on, not "many"'],
  ["list --since yesterdayish", '--since takes a date, or 30m, 2h, 7d, not "yesterdayish"'],
  ["list --type CardEaten", '--type takes the name of a fact, and "CardEaten" is none'],
  ["export", "a stream or --all is missing"],
  ["export a --all", together('"a"', "--all")],
  ["import", "<log.jsonl> is missing"],
  ["import a.jsonl", "--into is missing"],
  ["import a.jsonl b.jsonl --into x", '"b.jsonl" is one argument too many'],
  ["graph a b", '"b" is one argument too many'],
  ["graph --format png", '--format is one of svg, mermaid, dot, not "png"'],
];
for (const [line, sentence] of wrong) {
  Deno.test(`wrong usage is told in one line: ${line}`, () => {
    const args = line.replace("--to -1", "--to=-1").split(" ");
    const refused = parseCommand(args);
    assert("print" in refused);
    const begun = `Cannot ${args[0]}: ${sentence}. It is used so: deno task replay ${args[0]} `;
    assertStringIncludes(refused.print, begun.trimEnd());
    assertEquals([refused.code, refused.print.split("\n").length], [64, 1]);
  });
}

databaseTest("replay verify says whole, or names what is broken", async ({ sql }) => {
  const card = await oneCheck(sql);
  await keepSomePhoto(sql);
  assertEquals(await replay(sql, "verify"), {
    code: 0,
    lines: [
      "Whole: 2 facts in 1 stream; positions, chains, schemas and charts agree, " +
      `and so do ${projections.flatMap(({ tables }) => tables).length} read models.`,
      "1 photo as they were kept; tables, triggers, snapshots, causes, tasks and people are as " +
      "they must be.",
      NO_KEY,
      "This cannot show that the newest facts were cut off together with all that knew of them, " +
      "nor that chains were written anew with hashes that fit. A head that was published shows " +
      "both: verify --head now, verify --against it later.",
    ],
  });
  await sql`update cards set checks = 2`;
  assertEquals(await replay(sql, "verify"), {
    code: 1,
    lines: [
      "Broken: 1 fault in 2 facts in 1 stream; the first is",
      `  read model cards: 1 of 1 rows are not what the log says (cards card ${card}: ` +
      "checks is 2, not 1)",
      "The log itself is whole: deno task replay rebuild mends the read models.",
    ],
  });
  await sql`update cards set checks = 1`;
  await sql`insert into photos values ('ab', '', 'image/png', 1, 1)`;
  assertEquals(await replay(sql, "verify"), {
    code: 1,
    lines: [
      "Broken: 1 fault in 2 facts in 1 stream; the first is",
      "  photos ab: its bytes are not those that were kept; they come from a backup of the table, " +
      "or the maker sends the photo again",
      "The log itself is whole.",
    ],
  });
  await sql`delete from photos where sha256 = 'ab'`;
  await sql`update streams set version = 3`;
  assertEquals(await replay(sql, "verify"), {
    code: 1,
    lines: [
      "Broken: 1 fault in 2 facts in 1 stream; the first is",
      "  a: the table streams says version 3, the last fact is version 2",
      "The read models were not compared, as the log itself is broken.",
    ],
  });
});

databaseTest("replay rebuild compares when dry, and else mends", async ({ sql }) => {
  const card = await oneCheck(sql);
  await sql`update cards set checks = 2`;
  const tables = (cards: readonly string[]) =>
    [
      ["card_people: 1 row"],
      ["card_words: 2 rows"],
      cards,
      ["galleries: 1 row"],
      ["gallery_words: 1 row"],
      ["scans: 1 row"],
      ["stats_people: 1 row"],
      ["stats_quarters: 1 row"],
    ].flat();
  assertEquals((await replay(sql, "retry", "NOSUCH")).code, 66);
  assertEquals((await replay(sql, "rebuild", "no_such")).code, 66);
  const differing = tables([
    "cards: 1 row; 1 not as the log says",
    `  cards card ${card}: checks is 2, not 1`,
  ]);
  /** By the names of tables, without those that this log leaves empty. */
  const rebuild = async (...args: string[]) => {
    const { code, lines } = await replay(sql, "rebuild", ...args);
    const told = lines.join("\n").replaceAll("\n  ", "\t").split("\n").toSorted();
    const kept = told.filter((line) => !line.endsWith(": 0 rows"));
    return { code, lines: kept.flatMap((line) => line.replaceAll("\t", "\n  ").split("\n")) };
  };
  assertEquals(await rebuild("--dry-run"), {
    code: 1,
    lines: [
      "Derived again from 2 facts: the read models differ, and nothing was changed (--dry-run).",
      ...differing,
    ],
  });
  assertEquals(await rebuild(), {
    code: 0,
    lines: ["Derived again from 2 facts: what differed was replaced.", ...differing],
  });
  assertEquals(await rebuild(), {
    code: 0,
    lines: [
      "Derived again from 2 facts: the read models are what the log says.",
      ...tables(["cards: 1 row"]),
    ],
  });
});

databaseTest("replay refuses a database that is older or newer than it", async ({ sql }) => {
  const refusal = (known: readonly { name: string }[]) =>
    requireMigrated(sql, known).then(() => "none", (error: Error) => error.message);
  assertEquals(await refusal(migrations), "none");
  const newer = [...migrations, { name: "9999_next" }];
  assertStringIncludes(await refusal(newer), "it lacks 9999_next. Start the bot once");
  assertStringIncludes(await refusal(migrations.slice(0, -1)), "which this program does not know");
  await sql`drop table migrations`;
  assertStringIncludes(await refusal(migrations), "there is no log in it");
});

processTest("replay process ends with the code that its help promises", async (folder) => {
  const database = await openDatabase({ folder: `${folder}/postgres` });
  try {
    await migrate(database, migrations);
    const used = await outcome(program(folder, ["verify"]));
    assertEquals({ code: used.code, out: used.out }, { code: 69, out: "" });
    assertMatch(
      used.err,
      new RegExp(`^Cannot open \\S+: process ${Deno.pid} has it open\\. .*\\n$`),
    );
  } finally {
    await database.close();
  }
  const whole = await outcome(program(folder, ["verify"]));
  assertEquals(whole.err, "");
  assertEquals(whole.code, 0);
  assertStringIncludes(whole.out, "Whole: 0 facts in 0 streams");

  const again = await openDatabase({ folder: `${folder}/postgres` });
  await again.sql`insert into stats_quarters values (1, 1)`;
  await again.close();
  assertEquals((await outcome(program(folder, ["rebuild", "--dry-run"]))).code, 1);
  assertEquals((await outcome(program(folder, ["rebuild"]))).code, 0);
});

processTest("replay process says in a sentence why it cannot work", async (folder) => {
  assertEquals(await outcome(program(folder, ["verify"])), {
    code: 69,
    out: "",
    err: `Cannot open ${folder}/postgres: there is no database. ` +
      "Start the bot once, or choose another DATA_DIR or DATABASE_URL.\n",
  });
  assertEquals([...Deno.readDirSync(folder)], []);
  const port = await outcome(program(folder, ["verify"], { HTTP_PORT: "many" }));
  assertEquals({ code: port.code, out: port.out }, { code: 78, out: "" });
  assertStringIncludes(port.err, "HTTP_PORT");
  const url = "postgres://me:open-sesame@127.0.0.1:9/none";
  const server = await outcome(program(folder, ["verify"], { DATABASE_URL: url }));
  assertEquals({ code: server.code, out: server.out }, { code: 69, out: "" });
  assertMatch(server.err, /^Cannot open the database none at 127\.0\.0\.1:9: .*\n$/);
  assert(!server.err.includes("sesame"));
  assertEquals((await outcome(program(folder, ["frobnicate"]))).code, 64);
  const log = new URL(`../logs/${nameOfGolden()}`, import.meta.url).pathname;
  await Deno.writeTextFile(`${folder}/file`, "");
  const inFile = await outcome(program(folder, ["verify"], { DATA_DIR: `${folder}/file` }));
  assertEquals({ code: inFile.code, out: inFile.out }, { code: 69, out: "" });
  assertMatch(inFile.err, /^Cannot open \S+\/file\/postgres: Not a directory .*\.\n$/);
  const into = await outcome(program(folder, ["import", log, "--into", `${folder}/file/x`]));
  assertEquals({ code: into.code, out: into.out }, { code: 69, out: "" });
  assertMatch(into.err, /^Cannot make the folder \S+\/file\/x: .*\.\n$/);
});

processTest(
  "replay process ends with 70, in a sentence, over what nobody foresaw",
  async (folder) => {
    const blind = program(folder, ["verify"], {}, ["-A", "--deny-env=DATA_DIR"]);
    const { code, out, err } = await outcome(blind);
    assertEquals({ code, out }, { code: 70, out: "" });
    assertMatch(err, /^[^\n]*DATA_DIR[^\n]*\.\n$/);
  },
);

processTest("replay process ends with a sentence when nobody reads on", async (folder) => {
  const child = program(folder, ["--help"]).spawn();
  await child.stdout.cancel();
  const complaint = await new Response(child.stderr).text();
  assertEquals({ code: (await child.status).code, complaint }, {
    code: 74,
    complaint: "Stopped: nobody reads the output any more.\n",
  });
});
