/** A golden log with anything in it changed: a sentence and a code, never a stack, nothing kept. */
import { assert } from "@std/assert";
import fc from "fast-check";
import { hashEvent } from "../../src/store/event_row.ts";
import type { Database } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";
import { nameOfGolden, readGolden, resealed } from "../logs/golden_logs.ts";
import { replay } from "./given_replay.ts";
import { isEmpty, refusal } from "./refused_import.ts";

const golden = async () => (await readGolden(nameOfGolden())).trimEnd().split("\n");

/** What somebody forged so well that it was taken goes again. */
async function wipe({ sql }: Pick<Database, "sql">) {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r'
      and relname not in ('migrations', 'head')`;
  await sql.unsafe(`alter table events disable trigger all;
    truncate ${tables.map(({ name }) => name).join(", ")};
    alter table events enable trigger all; update head set pos = 0, prev = 0`).simple();
}

/** One change of a text that somebody may make by hand, by accident, or by a broken disk. */
const mutation = fc.record({
  line: fc.nat(155),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  how: fc.oneof(
    fc.record({
      is: fc.constant("put" as const),
      text: fc.string({ unit: "binary", maxLength: 4 }),
    }),
    fc.record({ is: fc.constant("cut" as const), length: fc.nat(40) }),
    {
      // The likeliest to get far: nothing but the field itself is wrong.
      weight: 5,
      arbitrary: fc.record({
        is: fc.constant("field" as const),
        value: fc.oneof(
          fc.constantFrom(
            "\0",
            "\ud800",
            { x: "\0" },
            { x: 2 ** 53 },
            [["\udfff"]],
            -1,
            2 ** 40,
            "",
          ),
          fc.jsonValue({ maxDepth: 3 }),
        ),
      }),
    },
    fc.record({ is: fc.constant("swap" as const), other: fc.nat(155) }),
    fc.record({ is: fc.constant("drop" as const) }),
    fc.record({
      is: fc.constant("number" as const),
      text: fc.constantFrom("1e400", "-0", "9007199254740993", "1e-400", "2147483648", "null"),
    }),
  ),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer One> ? One : never;

function mutate(lines: readonly string[], { line, at, how }: Mutation): string[] {
  const text = lines[line] ?? "";
  const place = Math.floor(at * text.length);
  if (how.is === "put") {
    return lines.with(line, text.slice(0, place) + how.text + text.slice(place));
  }
  if (how.is === "cut") {
    return lines.with(line, text.slice(0, place) + text.slice(place + how.length));
  }
  if (how.is === "drop") return lines.toSpliced(line, 1);
  if (how.is === "swap") {
    return lines.with(line, lines[how.other] ?? "").with(how.other, text);
  }
  if (how.is === "number") {
    return lines.with(line, text.replace(/(?<=":)\d+(?=[,}])/, how.text));
  }
  return forgedTip(lines, line, at, how.value);
}

/** With a field of some dialogue's newest fact changed and hashed anew: no chain tells of it. */
function forgedTip(lines: readonly string[], nth: number, at: number, value: unknown): string[] {
  const streams = lines.map((line) => /"stream":"([^"]*)"/.exec(line)?.[1]);
  const tips = streams.flatMap((stream, i) => stream && stream !== streams[i + 1] ? [i] : []);
  const tip = tips[nth % tips.length] ?? 0;
  const row = parsed(lines[tip]);
  const fields = [
    ...Object.keys(row),
    ...Object.keys(row.data ?? {}).map((name) => ["data", name]),
  ];
  const field = fields[Math.floor(at * fields.length)] ?? "";
  const changed = typeof field === "string"
    ? { ...row, [field]: value }
    : { ...row, data: { ...row.data, [field[1] ?? ""]: value } };
  if (field === "hash") return lines.with(tip, JSON.stringify(changed));
  try {
    const { pos: _, hash: __, ...content } = changed;
    const hash = hashEvent({ envelope: null, ...content });
    return lines.with(tip, JSON.stringify({ ...changed, hash }));
  } catch {
    return lines.with(tip, JSON.stringify(changed));
  }
}

function parsed(line = "{}") {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

databaseTest(
  "import and check end in a sentence for a golden log with anything changed",
  async (database) => {
    const lines = await golden();
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 2 }),
        fc.boolean(),
        async (mutations, sealed) => {
          let changed = lines;
          for (const one of mutations) {
            if (one.line < changed.length) {
              changed = mutate(changed, one);
            }
          }
          if (changed.join("\n") === lines.join("\n")) return;
          if (sealed && changed.length > 2) changed = resealed(changed).split("\n");
          if (await refusal(database.sql, changed) === null) await wipe(database);
          assert(await isEmpty(database), "something was kept");
          const files = { "log.jsonl": changed.join("\n") };
          const { code } = await replay(null, ["check", "log.jsonl"], { files });
          assert(code === 1 || code === 65 || code === 0, `check ended with ${code}`);
        },
      ),
      { seed: 20_261_130, numRuns: 250 },
    );
  },
);
