/** Which stream a person means who types only some of its name. */
import type postgres from "postgres";
import { bareStream, dialogueStream } from "../../../events/stream.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { CannotReplay, exitCodes } from "./exit_codes.ts";

const OFFERED_MAX = 3;
/** Names that are looked through for the nearest. */
const CANDIDATES_MAX = 20_000;

/**
 * The stream `asked`: by its name, without "dialogue:", or by a beginning that only one has.
 * Throws `CannotReplay` with the nearest names where there is none, or more than one.
 */
export async function findStream(sql: postgres.Sql, asked: string): Promise<string> {
  const names = [asked, dialogueStream(asked)];
  const begun = names.map((name) => `${name.replace(/[\\%_]/g, "\\$&")}%`);
  const rows = await sql<{ stream: string }[]>`
    select stream from streams where stream = any(${names}) or stream like any(${begun})
    order by stream = any(${names}) desc, stream limit ${OFFERED_MAX + 1}`.catch(throwStoreError);
  const found = rows.map(({ stream }) => stream);
  const [first] = found;
  if (first !== undefined && (found.length === 1 || names.includes(first))) return first;
  if (found.length > 1) {
    const more = found.length > OFFERED_MAX ? " and more" : "";
    const some = `${found.slice(0, OFFERED_MAX).join(", ")}${more}`;
    throw new CannotReplay(`Cannot tell which stream ${asked} is: ${some} begin so`, missing);
  }
  const nearest = await nearestTo(sql, asked);
  const offer = nearest.length === 0
    ? "the log is empty"
    : `there is no such stream. The nearest are ${nearest.join(", ")}`;
  throw new CannotReplay(`Cannot find ${asked}: ${offer}`, missing);
}

const { missing } = exitCodes;

async function nearestTo(sql: postgres.Sql, asked: string): Promise<string[]> {
  const rows = await sql<{ stream: string }[]>`
    select stream from streams order by stream limit ${CANDIDATES_MAX}`.catch(throwStoreError);
  return rows
    .map(({ stream }) => ({ stream, far: distance(bareStream(asked), bareStream(stream)) }))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, OFFERED_MAX)
    .map(({ stream }) => stream);
}

/** Levenshtein's: how many characters to add, drop or change. */
export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (const [i, mark] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const change = (row[j] ?? 0) + (mark === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
