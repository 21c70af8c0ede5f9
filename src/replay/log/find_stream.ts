/** Which stream a person means who types only some of its name. */
import type postgres from "postgres";
import { bareStream, dialogueStream, readDialogueStream } from "../../../events/stream.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { CannotReplay, exitCodes } from "./exit_codes.ts";
import {
  describeSubject,
  type Finder,
  findSubjects,
  streamsOf,
  type Subject,
} from "./find_subject.ts";

const OFFERED_MAX = 3;
/** Names that are looked through for the nearest. */
const CANDIDATES_MAX = 20_000;

/**
 * The stream `asked`: by its name, without "dialogue:", by what `findSubjects` knows, or by a
 * beginning that only one has. Throws `CannotReplay` with the nearest where there is none, or more.
 */
export async function findStream(finder: Finder, asked: string): Promise<string> {
  const { sql } = finder;
  const names = [asked, dialogueStream(asked)];
  const [exact] = await sql<{ stream: string }[]>`
    select stream from streams where stream = any(${names})`.catch(throwStoreError);
  if (exact) return exact.stream;
  const subjects = await findSubjects(finder, asked);
  if (subjects.length > 1) {
    const meant = subjects.map(describeSubject).join(" or ");
    throw new CannotReplay(`Cannot tell what ${asked} is: ${meant}`, missing);
  }
  const [subject] = subjects;
  if (subject) return await dialogueOf(sql, subject, asked);
  const begun = names.map((name) => `${name.replace(/[\\%_]/g, "\\$&")}%`);
  const rows = await sql<{ stream: string }[]>`
    select stream from streams where stream like any(${begun})
    order by stream limit ${OFFERED_MAX + 1}`.catch(throwStoreError);
  const [first, ...others] = rows.map(({ stream }) => stream);
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    const some = someOf([first, ...others]);
    throw new CannotReplay(`Cannot tell which stream ${asked} is: ${some} begin so`, missing);
  }
  const nearest = await nearestTo(sql, asked);
  const offer = nearest.length === 0
    ? "the log is empty"
    : `there is no such stream. The nearest are ${nearest.join(", ")}`;
  throw new CannotReplay(`Cannot find ${asked}: ${offer}`, missing);
}

/** Where a card was issued, where a person speaks in private, where an update failed. */
async function dialogueOf(sql: postgres.Sql, subject: Subject, asked: string): Promise<string> {
  const streams = await streamsOf(sql, subject);
  const person = subject.is === "card" ? subject.card.maker : null;
  const own = streams.find((stream) => readDialogueStream(stream)?.person === person);
  const [first, ...others] = streams;
  if (own !== undefined) return own;
  // In private before any group: the shorter name.
  const isPersons = subject.is === "person" && first !== undefined;
  if (isPersons && readDialogueStream(first)?.group === null) return first;
  if (first !== undefined && (others.length === 0 || subject.is === "card")) return first;
  if (first === undefined) {
    throw new CannotReplay(`Cannot show ${asked}: nothing of it is in this log`, missing);
  }
  const some = someOf(streams);
  throw new CannotReplay(`Cannot tell which dialogue of ${asked}: there are ${some}`, missing);
}

const { missing } = exitCodes;

/** The first few, and that there are more. */
const someOf = (streams: readonly string[]): string =>
  streams.slice(0, OFFERED_MAX).join(", ") + (streams.length > OFFERED_MAX ? " and more" : "");

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
