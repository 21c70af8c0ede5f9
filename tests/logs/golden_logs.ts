/** The golden logs: what released charts have decided, in the order of streams. */
import { charts } from "../../machines/charts.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import { createHash } from "node:crypto";
import { linesOf } from "../../src/replay/log/lines_of.ts";
import { readLogFile } from "../../src/replay/log/read_log_file.ts";
import { needs, unless } from "../permissions.ts";

const FOLDER = new URL("./", import.meta.url);

/** A test that reads the golden logs; ignored, and says so, without the permission. */
export function goldenTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ ...unless(needs({ name: "read", path: FOLDER }), name), fn });
}

/** Their names, without their folder. */
export async function goldenNames(): Promise<string[]> {
  const names = [];
  for await (const { name } of Deno.readDir(FOLDER)) if (name.endsWith(".jsonl")) names.push(name);
  return names.toSorted();
}

/** The text of one. */
export const readGolden = (name: string): Promise<string> =>
  Deno.readTextFile(new URL(name, FOLDER));

/** All facts of one. */
export async function goldenRows(name: string): Promise<EventRow[]> {
  const file = await Deno.open(new URL(name, FOLDER));
  const { pages } = await readLogFile(linesOf(file.readable, name), name);
  const rows: EventRow[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

/** The name under which the log of a chart is recorded first: "dialogue_1.jsonl". */
export const nameOfGolden = (chart = charts.current.id): string =>
  `${chart.replaceAll("/", "_")}.jsonl`;

/** Rows as a log's pages. */
export async function* pagesOf(rows: readonly EventRow[], size = 100): AsyncGenerator<EventRow[]> {
  for (let at = 0; at < rows.length; at += size) {
    yield await Promise.resolve(rows.slice(at, at + size));
  }
}

/** The log with an end that fits its lines, as if it had been exported so. */
export function resealed(lines: readonly string[]): string {
  const body = lines.slice(0, -1);
  const sha256 = createHash("sha256").update(body.map((line) => `${line}\n`).join("")).digest(
    "hex",
  );
  return [...body, JSON.stringify({ end: "amanita", facts: body.length - 1, sha256 })].join("\n");
}
