/** How long statements take is told without the values in them, and only where it is asked for. */
import { assertEquals, assertMatch } from "@std/assert";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { tellQuery } from "../../src/store/told_query.ts";

/** A query as postgres.js has it: a promise with its text, and with what settles it. */
function query(strings: readonly string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  return Object.assign(promise, { strings, resolve, reject });
}

/** What is told at `lowestLevel` while `work` is done. */
async function linesOf(lowestLevel: "trace" | "debug", work: () => unknown): Promise<string[]> {
  const records: LogRecord[] = [];
  await configure({
    reset: true,
    sinks: { lines: (record) => void records.push(record) },
    loggers: [
      { category: ["amanita"], lowestLevel, sinks: ["lines"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: [] },
    ],
  });
  try {
    await work();
  } finally {
    await reset();
  }
  return records.map(({ message }) => message.join(""));
}

Deno.test("statement is told with its time, and nothing of its values", async () => {
  const lines = await linesOf("trace", async () => {
    const answered = query(["select *\n   from cards where name = ", " and number = ", ""]);
    tellQuery(answered);
    answered.resolve("rows");
    assertEquals(await answered, "rows");
    const failed = query([`select ${"x".repeat(200)}`]);
    tellQuery(failed);
    failed.reject(new Error("no"));
    assertEquals(await failed.catch(String), "Error: no");
  });
  assertEquals(lines.length, 2);
  assertMatch(
    lines[0] ?? "",
    /^Statement "?answered"? after \d+ ms: "?select \* from cards where name = \? and number = \?"?$/,
  );
  assertMatch(lines[1] ?? "", /^Statement "?failed"? after \d+ ms: "?select x{113}"?$/);
});

Deno.test("nothing is told where nobody wants to know, nor of what is no query", async () => {
  const lines = await linesOf("debug", async () => {
    const quiet = query(["select 1"]);
    const { resolve } = quiet;
    tellQuery(quiet);
    assertEquals(quiet.resolve, resolve);
    quiet.resolve(null);
    await quiet;
  });
  const others = await linesOf("trace", () => {
    for (const other of [null, "text", { strings: ["a part"] }]) tellQuery(other);
    tellQuery(Promise.resolve());
  });
  assertEquals([lines, others], [[], []]);
});
