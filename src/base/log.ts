/** Logging: lines of JSON or for people, without tokens, without names. */
import {
  configure,
  dispose,
  getJsonLinesFormatter,
  getLogger,
  getStreamSink,
  getTextFormatter,
  type Logger,
  type LogLevel,
} from "@logtape/logtape";
import { redactByPattern } from "@logtape/redaction";
import { plainText } from "./plain_text.ts";

/** A bot token wherever it stands: in a URL right after `bot`, percent-encoded, in a stack. */
export const TOKEN_PATTERN = /(?<!\d)\d{5,12}(?::|%3[aA])[A-Za-z0-9_-]{30,64}/g;

/** The logger of one room: `logOf("runtime")`. */
export function logOf(room: string): Logger {
  return getLogger(["amanita", room]);
}

/** Where log lines go and how they look. Call once, in a composition root. */
export async function startLogging(options: {
  level: LogLevel;
  format: "json" | "pretty";
  /** Standard error unless given: standard output is for what a program answers. */
  stream?: WritableStream;
}): Promise<void> {
  const { level, format, stream = Deno.stderr.writable } = options;
  const formatter = format === "json"
    ? getJsonLinesFormatter({ properties: "flatten" })
    : getTextFormatter({ timestamp: "time", category: "." });
  const redacting = redactByPattern(formatter, [
    { pattern: TOKEN_PATTERN, replacement: "[token]" },
  ]);
  await configure({
    reset: true,
    sinks: {
      lines: getStreamSink(lossy(stream), { formatter: (record) => plainText(redacting(record)) }),
    },
    loggers: [
      { category: ["amanita"], lowestLevel: level, sinks: ["lines"] },
      { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["lines"] },
    ],
  });
}

/**
 * `stream`, but what it cannot take any more is dropped. The reader of the log is gone then, and to
 * report that would be one more line that cannot be written, for ever.
 */
function lossy(stream: WritableStream<Uint8Array>): WritableStream<Uint8Array> {
  const writer = stream.getWriter();
  const drop = () => {};
  writer.closed.catch(drop);
  return new WritableStream({
    write: (line) => writer.write(line).catch(drop),
    close: () => writer.close().catch(drop),
  });
}

/** Writes out what is still on its way. */
export async function stopLogging(): Promise<void> {
  await dispose();
}

/** An error as a log line tells it: with its stack, where it has one. */
export function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
