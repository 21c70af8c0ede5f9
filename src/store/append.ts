/** What is appended to the log in one go, and the result of it. */
import type postgres from "postgres";
import type { Json } from "../base/json.ts";
import type { NewEvent } from "./event_row.ts";

/** Something to be done once the facts are committed: see the table `outbox`. */
export interface NewTask {
  /** Id of the effect: `<stream>:<version>:<index>`, or what else is unique. */
  effect: string;
  /** Tasks of one lane are carried out in order. */
  lane: string;
  kind: "send" | "job" | "tell";
  stream: string;
  payload: Json;
  correlation: string;
  /** Not before this time, in ms. */
  due_at: number;
}

/** An update that could not be handled, kept for another try; `payload` is sealed. */
export interface FailedUpdate {
  reference: string;
  payload: string;
  error: string;
}

/** Facts for one stream with all that belongs into their transaction. */
export interface Append {
  stream: string;
  /** The version that the stream must have; ignored where there are no events. */
  expected: number;
  events: readonly NewEvent[];
  /** The update or effect that this answers: applied once, however often it comes. */
  cause: string;
  tasks: readonly NewTask[];
  failure?: FailedUpdate;
}

/** The result of an append. A conflict is a value: reload, decide again, append again. */
export type Appended =
  | {
    is: "appended";
    /** What projections decided about its facts, by fact id. */
    assigned: ReadonlyMap<string, Json>;
    /** What was read along for its stream, as the transaction leaves it; null where nothing was. */
    along: Json;
    /** Effects that must wait for another process's: the outbox brings them later. */
    waiting: ReadonlySet<string>;
  }
  | { is: "conflict"; actual: number }
  | { is: "duplicate" };

/** What a projection decided about one fact. */
export interface Assigned {
  fact: string;
  assigned: Json;
}

/**
 * What is known of each of these streams once every read model of `tx` has moved. It executes its
 * query before it returns.
 */
export type ReadAlong = (
  tx: postgres.ISql,
  streams: readonly string[],
) => Promise<ReadonlyMap<string, Json>>;

/** A read model that moves in the transaction of its facts. */
export interface InlineProjection {
  /** Types of the facts it applies. */
  readonly applies: ReadonlySet<string>;
  /** Applies the facts that `tx` has appended so far, which are of `types`: see `writtenRange`. */
  applyNew(tx: postgres.ISql, types: ReadonlySet<string>): Promise<readonly Assigned[]>;
}
