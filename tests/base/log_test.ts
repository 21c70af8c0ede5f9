import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { describe, logOf, startLogging, stopLogging, TOKEN_PATTERN } from "../../src/base/log.ts";
import { collectLog } from "../bot/collect_log.ts";
import { until } from "../bot/until.ts";

const TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx";
const [, SECRET = ""] = TOKEN.split(":");
const encoded = encodeURIComponent(TOKEN);

/** The lines that `log` leaves behind. */
async function linesOf(format: "json" | "pretty", log: (logger: ReturnType<typeof logOf>) => void) {
  const { lines, stream } = collectLog();
  await startLogging({ level: "debug", format, stream });
  log(logOf("telegram"));
  await stopLogging();
  return lines;
}

const failure = () => new Error(`Cannot reach https://api.telegram.org/bot${TOKEN}/getMe`);

/** Where a token may come to stand. */
const leaks: Readonly<Record<string, (logger: ReturnType<typeof logOf>) => void>> = {
  message: (logger) => logger.info(`Started with ${TOKEN}, well`),
  property: (logger) => logger.info("Started with {token}", { token: TOKEN }),
  "property that no message shows": (logger) => logger.info("Started", { token: TOKEN }),
  "nested property": (logger) => logger.info("Got {it}", { it: { list: [{ token: TOKEN }] } }),
  "name of a property": (logger) => logger.info("Got {it}", { it: { [TOKEN]: 1 } }),
  error: (logger) => logger.error("Failed: {error}", { error: failure() }),
  "stack of an error": (logger) => logger.error("Failed: {error}", { error: describe(failure()) }),
  "cause of an error": (logger) =>
    logger.error("Failed: {error}", { error: new Error("Cannot start", { cause: failure() }) }),
  "address right after bot": (logger) =>
    logger.info("GET {url}", { url: `https://api.telegram.org/file/bot${TOKEN}/photos/1.jpg` }),
  "percent-encoded address": (logger) =>
    logger.info("GET {url}", { url: `https://api.telegram.org/bot${encoded}/getMe` }),
  "lower-case percent-encoding": (logger) =>
    logger.info("GET {url}", { url: `/bot${encoded.replace("%3A", "%3a")}/getMe` }),
  "two in one line": (logger) => logger.info(`${TOKEN} and ${TOKEN}`),
};

for (const format of ["json", "pretty"] as const) {
  Deno.test(`log as ${format} shows no token, wherever it stands`, async () => {
    for (const [place, leak] of Object.entries(leaks)) {
      const text = (await linesOf(format, leak)).join("\n");
      assertFalse(text.includes(SECRET), `${place}: ${text}`);
      // For people, a property is shown only where the message names it.
      const hidden = format === "pretty" && place.endsWith("no message shows");
      assertEquals(text.includes("[token]"), !hidden, place);
    }
  });
}

Deno.test("log as json is a line for each record, properties beside the message", async () => {
  const lines = await linesOf("json", (logger) => {
    logger.info("Sent {count}\nto all", { count: 3 });
    logger.warn("Ended");
  });
  assertEquals(lines.length, 2);
  const { level, message, logger, count } = JSON.parse(lines[0] ?? "");
  assertEquals([level, message, logger, count], [
    "INFO",
    "Sent 3\nto all",
    "amanita.telegram",
    3,
  ]);
});

Deno.test("log keeps back what is below its level, and may be started again", async () => {
  const both = (logger: ReturnType<typeof logOf>) => {
    logger.trace("too much");
    logger.debug("enough");
  };
  for (const _ of [0, 1]) {
    const lines = await linesOf("pretty", both);
    assertEquals(lines.length, 1);
    assertStringIncludes(lines[0] ?? "", "enough");
  }
});

Deno.test("only tokens are taken for tokens", () => {
  const plain = [
    "dialogue:0191e2f0-0000-4000-8000-00000000000a version 3",
    "12:30:45 and 2026-11-20T06:15:53.511Z",
    "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "update:123456789:42",
  ];
  for (const text of plain) assertEquals(text.replaceAll(TOKEN_PATTERN, "[token]"), text);
});

Deno.test("error is told with its stack, and what is no error as it is", () => {
  const error = new Error("no paper");
  assert(describe(error).startsWith("Error: no paper\n    at "));
  delete error.stack;
  assertEquals(describe(error), "no paper");
  assertEquals(describe("no ink"), "no ink");
});

Deno.test("log that nobody reads any more troubles nobody", async () => {
  let tried = 0;
  const broken = () => {
    tried++;
    throw new Deno.errors.BrokenPipe("Broken pipe");
  };
  // A rejection that nobody handles would fail this test.
  await startLogging({
    level: "info",
    format: "json",
    stream: new WritableStream({ write: broken }),
  });
  for (const word of ["one", "two"]) logOf("process").error(word);
  await until("it was tried", () => tried > 0);
  await stopLogging();
  assertEquals(tried, 1);
});
