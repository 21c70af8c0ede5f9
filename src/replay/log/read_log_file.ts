/** Reads what `exportLog` wrote, in constant memory, and notices where it is cut off or changed. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { Stream } from "../../../events/stream.ts";
import type { EventRow } from "../../store/event_row.ts";
import { CannotReplay, exitCodes } from "./exit_codes.ts";
import type { LogEnd, LogHeader } from "./export_log.ts";
import { readJson } from "./read_json.ts";
import type { Pages } from "./read_pages.ts";

/** An exported log. Its pages can be read once; a fault in the file is thrown where it lies. */
export interface LogFile {
  header: LogHeader;
  pages: Pages;
}

const Header = z.object({
  log: z.literal("amanita"),
  format: z.literal(1),
  complete: z.boolean(),
  redacted: z.boolean(),
  facts: z.int().nonnegative(),
  pos: z.int().nonnegative(),
});
const End = z.object({
  end: z.literal("amanita"),
  facts: z.int().nonnegative(),
  sha256: z.string(),
});
const json = z.json();
/** As wide as the database's columns. */
const Int4 = z.int().min(-(2 ** 31)).max(2 ** 31 - 1);
const Row = z.strictObject({
  pos: z.int().positive(),
  id: z.uuid(),
  stream: z.string().max(100).regex(Stream, "is no name of a dialogue"),
  version: Int4.positive(),
  type: z.string(),
  schema_version: Int4,
  data: z.record(z.string(), json),
  at: z.int(),
  causation: z.string(),
  correlation: z.string(),
  machine: z.string(),
  effects: z.array(json),
  state_hash: z.string(),
  prev_hash: z.string(),
  hash: z.string(),
  envelope: z.looseObject({ v: z.int() }).nullable().default(null),
});

const PAGE_SIZE = 2_000;
/** Empty lines that an editor may have left at the end. */
const EMPTY_MAX = 1_000;

/** Opens the log in `lines`; `name` is what errors call it. Throws `CannotReplay` for another file. */
export async function readLogFile(lines: AsyncIterable<string>, name: string): Promise<LogFile> {
  const reading = plainLines(lines);
  const refuse = (words: string) =>
    new CannotReplay(`Cannot read ${name}: ${words}`, exitCodes.unreadable);
  const first = await reading.next();
  const header = Header.safeParse(first.done ? null : valueOf(first.value, 1));
  if (first.done || !header.success) throw refuse(describeOther(first.value ?? ""));
  const sealed = createHash("sha256").update(`${first.value}\n`);

  const announced = header.data.facts;

  function valueOf(text: string, line: number): unknown {
    const read = readJson(text);
    if ("fault" in read) throw refuse(`line ${line} ${read.fault}`);
    return read.value;
  }

  async function* pages(): AsyncGenerator<EventRow[], void> {
    let page: EventRow[] = [];
    let end: LogEnd | null = null;
    let facts = 0;
    let empty: number | null = null;
    for (let line = 2;; line++) {
      const next = await reading.next();
      if (next.done) break;
      if (next.value === "") {
        empty ??= line;
        if (line - empty < EMPTY_MAX) continue;
      }
      if (end) throw refuse(`line ${line} stands behind its end`);
      if (empty !== null) throw refuse(`line ${empty} is empty`);
      const value = valueOf(next.value, line);
      const ending = End.safeParse(value);
      if (ending.success) {
        end = ending.data;
        continue;
      }
      sealed.update(`${next.value}\n`);
      const row = Row.safeParse(value);
      if (!row.success) throw refuse(`line ${line} is no fact${describe(row.error)}`);
      if (++facts > announced) throw refuse(`line ${line} is one fact more than it says it has`);
      page.push(row.data as EventRow);
      if (page.length < PAGE_SIZE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
    if (!end) throw refuse("it is cut off, as it has no end");
    if (end.facts !== facts || end.sha256 !== sealed.digest("hex")) {
      throw refuse("it was changed after it was exported");
    }
  }
  return { header: header.data, pages: pages() };
}

/** Lines as they were exported, whatever an editor, or another system, made of their ends. */
async function* plainLines(lines: AsyncIterable<string>): AsyncGenerator<string, void> {
  let isFirst = true;
  for await (const line of lines) {
    const plain = line.endsWith("\r") ? line.slice(0, -1) : line;
    yield isFirst ? withoutMark(plain) : plain;
    isFirst = false;
  }
}

/** A text without the byte order mark that some editors put before it. */
export function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** What was given instead of a log. */
function describeOther(first: string): string {
  return first.startsWith("\x1f\ufffd")
    ? "it is compressed; unpack it first, with gzip -d"
    : "it is no log that was exported by this program";
}

function describe({ issues }: z.ZodError): string {
  const [issue] = issues;
  return issue && issue.path.length > 0 ? `: ${issue.path.join(".")} ${issue.message}` : "";
}
