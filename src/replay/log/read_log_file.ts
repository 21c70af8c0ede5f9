/** Reads what `exportLog` wrote, in constant memory, and notices where it is cut off or changed. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { EventRow } from "../../store/event_row.ts";
import { CannotReplay, exitCodes } from "./exit_codes.ts";
import type { LogEnd, LogHeader } from "./export_log.ts";
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
const Row = z.strictObject({
  pos: z.int().positive(),
  id: z.uuid(),
  stream: z.string().min(1),
  version: z.int().positive(),
  type: z.string(),
  schema_version: z.int(),
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

/** Opens the log in `lines`; `name` is what errors call it. Throws `CannotReplay` for another file. */
export async function readLogFile(lines: AsyncIterable<string>, name: string): Promise<LogFile> {
  const reading = plainLines(lines);
  const refuse = (words: string) =>
    new CannotReplay(`Cannot read ${name}: ${words}`, exitCodes.unreadable);
  const first = await reading.next();
  const header = Header.safeParse(first.done ? null : parse(first.value));
  if (first.done || !header.success) throw refuse("it is no log that was exported by this program");
  const sealed = createHash("sha256").update(`${first.value}\n`);

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
        continue;
      }
      if (end) throw refuse(`line ${line} stands behind its end`);
      if (empty !== null) throw refuse(`line ${empty} is empty`);
      const value = parse(next.value);
      const ending = End.safeParse(value);
      if (ending.success) {
        end = ending.data;
        continue;
      }
      sealed.update(`${next.value}\n`);
      const row = Row.safeParse(value);
      if (!row.success) throw refuse(`line ${line} is no fact${describe(row.error)}`);
      page.push(row.data as EventRow);
      facts++;
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

/** The lines of a file's bytes. */
export async function* linesOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let rest = "";
  for await (const text of textsOf(bytes)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** UTF-8, or what Windows PowerShell makes of all that is written to a file by `>`. */
async function* textsOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let decoder: TextDecoder | null = null;
  for await (const chunk of bytes) {
    const isWide = chunk[0] === 0xff && chunk[1] === 0xfe;
    decoder ??= new TextDecoder(isWide ? "utf-16le" : "utf-8");
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function describe({ issues }: z.ZodError): string {
  const [issue] = issues;
  return issue && issue.path.length > 0 ? `: ${issue.path.join(".")} ${issue.message}` : "";
}
