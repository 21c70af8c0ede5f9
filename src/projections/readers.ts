/** Readers of read models, each opened once for all who read. */
import type postgres from "postgres";
import type { EventRow } from "../store/event_row.ts";
import type { LogPosition } from "./log_position.ts";

/** What a reader reads from: a database, perhaps at an earlier position or with a fork's facts. */
export interface ReadSource {
  sql: postgres.Sql;
  /** As it stood then; as it stands where this is not given. */
  then?: LogPosition;
  /** What would have happened since: facts of a fork, which lie in no log. */
  forked?: readonly EventRow[];
}

/** Opens a reader: what a flow exports for itself and, where it may be, for others. */
export type OpenReader<Reader> = (place: ReadSource) => Reader;

/** The reader that `open` opens. */
export type Readers = <Reader>(open: OpenReader<Reader>) => Reader;

/** Readers in one place; `instead` are those that are read instead of some, by what opens them. */
export function openReaders(
  place: ReadSource,
  instead: ReadonlyMap<unknown, unknown> = new Map(),
): Readers {
  const opened = new Map(instead);
  return <Reader>(open: OpenReader<Reader>): Reader => {
    const reader = opened.get(open) ?? open(place);
    opened.set(open, reader);
    // By its key: what opens a reader of this type.
    return reader as Reader;
  };
}
