/** A log, or some dialogues of it, as lines of JSON: a header, the facts stream by stream, an end. */
import { createHash } from "node:crypto";
import type postgres from "postgres";
import { plainLine } from "../../base/plain_text.ts";
import type { EventRow } from "../../store/event_row.ts";
import { measureLog, readPages } from "./read_pages.ts";

/** The first line. `complete` where it is all streams, so that positions have no gaps. */
export interface LogHeader {
  log: "amanita";
  format: 1;
  complete: boolean;
  /** Whether stand-ins took the place of everything that could tell of somebody. */
  redacted: boolean;
  facts: number;
  /** Position of the newest fact when it was exported. */
  pos: number;
}

/** The last line: without it a file is cut off. `sha256` is that of all lines before. */
export interface LogEnd {
  end: "amanita";
  facts: number;
  sha256: string;
}

export interface ExportOptions {
  /** These streams only; all unless told. */
  streams?: readonly string[];
  /** Puts stand-ins into a row; rows come stream by stream. */
  redact?: (row: EventRow) => EventRow;
  onProgress?: (done: number, total: number) => void;
}

/** The lines, without their ends, in constant memory. */
export async function* exportLog(
  sql: postgres.Sql,
  { streams, redact, onProgress }: ExportOptions = {},
): AsyncGenerator<string, void> {
  const { head, facts } = await measureLog(sql, streams);
  const sealed = createHash("sha256");
  const sign = (line: string) => {
    sealed.update(`${line}\n`);
    return line;
  };
  const header: LogHeader = {
    log: "amanita",
    format: 1,
    complete: streams === undefined,
    redacted: redact !== undefined,
    facts,
    pos: head,
  };
  yield sign(JSON.stringify(header));
  let done = 0;
  const selected = streams === undefined ? {} : { streams };
  for await (const rows of readPages(sql, { ...selected, upto: head })) {
    for (const row of rows) yield sign(lineOf(redact ? redact(row) : row));
    done += rows.length;
    onProgress?.(done, facts);
  }
  const end: LogEnd = { end: "amanita", facts: done, sha256: sealed.digest("hex") };
  yield JSON.stringify(end);
}

/** What is not known is left out: a log from before there were envelopes stays as it was. */
function lineOf({ envelope, ...row }: EventRow): string {
  return plainLine(JSON.stringify(envelope === null ? row : { ...row, envelope }));
}
