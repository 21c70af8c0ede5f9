/** What is no log, and logs that were forged: a sentence and a code, never a stack, nothing kept. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { createHash } from "node:crypto";
import { LINE_MAX } from "../../src/replay/log/lines_of.ts";
import { readLogFile } from "../../src/replay/log/read_log_file.ts";
import { hashEvent } from "../../src/store/event_row.ts";
import { databaseTest } from "../database.ts";
import { nameOfGolden, readGolden } from "../logs/golden_logs.ts";
import { isEmpty, linesIn, refusal } from "./refused_import.ts";
import { outcome, processTest, program } from "./replay_process.ts";

const golden = async () => (await readGolden(nameOfGolden())).trimEnd().split("\n");

type Fact = Record<string, unknown> & Parameters<typeof hashEvent>[0];

/** The golden log with its second line changed and hashed anew: whole, but for what is wrong. */
async function forged(change: (fact: Fact) => object): Promise<string[]> {
  const lines = await golden();
  const fact = { ...JSON.parse(lines[1] ?? "") };
  const changed = { ...fact, ...change(fact) };
  let hash = "";
  try {
    const { pos: _, hash: __, ...content } = changed;
    hash = hashEvent({ envelope: null, ...content });
  } catch {
    // What cannot be hashed is refused before anybody asks.
  }
  return lines.with(1, JSON.stringify({ ...changed, hash }));
}

const deep = (n: number): unknown => JSON.parse(`${"[".repeat(n)}${"]".repeat(n)}`);

databaseTest("import refuses in one sentence each line that is no fact", async (database) => {
  const { sql } = database;
  const of = async (change: Parameters<typeof forged>[0]) =>
    await refusal(sql, await forged(change));
  const lines = await golden();
  const raw = async (line: string) => await refusal(sql, lines.with(1, line));
  assertEquals(
    await of(() => ({ stream: "dialogue:\x1b[31m" })),
    "Cannot read log: line 2 is no fact: stream is no name of a dialogue",
  );
  assertEquals(
    await of(() => ({ stream: "a" })),
    "Cannot read log: line 2 is no fact: stream is no name of a dialogue",
  );
  assertEquals(
    await of(({ data }) => ({ data: { ...data, x: "\0" } })),
    "Cannot read log: line 2 holds a NUL",
  );
  assertEquals(
    await of(({ data }) => ({ data: { ...data, "\ud800": 1 } })),
    "Cannot read log: line 2 holds half of a character",
  );
  assertEquals(
    await of(({ data }) => ({ data: { ...data, x: deep(200) } })),
    "Cannot read log: line 2 is nested deeper than any fact",
  );
  assertEquals(
    await raw(`{"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
    "Cannot read log: line 2 is nested deeper than any fact",
  );
  assertMatch(await raw("[".repeat(100_000)) ?? "", /line 2 is no fact/);
  assertMatch(await of(() => ({ version: 2 ** 40 })) ?? "", /line 2 is no fact: version /);
  assertMatch(await of(() => ({ schema_version: -(2 ** 40) })) ?? "", /schema_version /);
  assert(await isEmpty(database));
});

databaseTest(
  "import refuses a log of more facts than it says, and one without an end",
  async (database) => {
    const lines = await golden();
    const endless = async function* () {
      yield lines[0] ?? "";
      for (let i = 0;; i++) yield await Promise.resolve(i < 154 ? lines[i + 1] ?? "" : "");
    };
    const tail = async (lines: AsyncIterable<string>) => {
      const { pages } = await readLogFile(lines, "log");
      return await Array.fromAsync(pages).then(() => "read", ({ message }) => message);
    };
    assertEquals(await tail(endless()), "Cannot read log: line 156 is empty");
    const more = lines.toSpliced(3, 0, lines[3] ?? "");
    assertEquals(
      await tail(linesIn(more)),
      "Cannot read log: line 156 is one fact more than it says it has",
    );
    assert(await isEmpty(database));
  },
);

databaseTest("import refuses well-linked facts that no read model can take", async (database) => {
  const { sql } = database;
  const lines = await golden();
  const at = lines.findIndex((line) => line.includes('"type":"CardIssued"'));
  const fact = JSON.parse(lines[at] ?? "");
  const { pos: _, hash: __, ...content } = {
    ...{ ...fact, envelope: fact.envelope ?? null, version: 1, prev_hash: "" },
    data: { ...fact.data, card: "no uuid" },
  };
  const row = { ...content, pos: 1, hash: hashEvent(content) };
  const header = JSON.stringify({ ...JSON.parse(lines[0] ?? ""), facts: 1, pos: 1 });
  const body = [header, JSON.stringify(row)];
  const sha256 = createHash("sha256").update(`${body.join("\n")}\n`).digest("hex");
  const end = JSON.stringify({ end: "amanita", facts: 1, sha256 });
  assertMatch(
    await refusal(sql, [...body, end]) ?? "",
    /^Cannot import: its facts do not fit together: invalid input syntax for type uuid/,
  );
  assert(await isEmpty(database));
});

processTest("import ends with 65 and one sentence for what is no log", async (folder) => {
  const write = async (name: string, content: string | Uint8Array) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${folder}/${name}`, bytes);
    return `${folder}/${name}`;
  };
  await Deno.mkdir(`${folder}/a folder`);
  await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
  const random = crypto.getRandomValues(new Uint8Array(60_000));
  const packed = new Blob([(await golden()).join("\n")]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  const cases: readonly [string, RegExp][] = [
    [`${folder}/a folder`, /it is a folder\.$/],
    [`${folder}/pipe`, /it is no file; what comes through a pipe is read as -\.$/],
    ["/dev/zero", /it is no file; /],
    ["https://example.org/log.jsonl", /it is an address\. Download the file first\.$/],
    [await write("empty", ""), /it is no log that was exported by this program\.$/],
    [await write("binary", random), /it is no log that was exported by this program\.$/],
    [
      await write("log.gz", await new Response(packed).bytes()),
      /it is compressed; unpack it first/,
    ],
    [await write("deep", "[".repeat(100_000)), /it is no log that was exported/],
    [
      await write("deeper", `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
      /line 1 is nested deeper than any fact\.$/,
    ],
    [await write("long", "x".repeat(LINE_MAX + 1)), /line 1 is longer than any line of a log\.$/],
    [await write("\x1b[31mred\u202e", "{}"), /\\u001b\[31mred\\u202e: it is no log/],
  ];
  for (const [file, sentence] of cases) {
    const { code, out, err } = await outcome(
      program(folder, ["import", file, "--into", `${folder}/into`]),
    );
    assertEquals([code, out], [65, ""], err);
    assertMatch(err, /^Cannot read [^\n]+\n$/);
    assertMatch(err.trimEnd(), sentence);
  }
  const into = await outcome(
    program(folder, ["import", `${folder}/empty`, "--into", "http://x/y"]),
  );
  assertEquals([into.code, into.out], [65, ""]);
  assertMatch(into.err, /^Cannot import into http:\/\/x\/y: that is no database\. .*\n$/);
  const left = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  assert(!left.includes("into"), "nothing is made for what is no log");
});
