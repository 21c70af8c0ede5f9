import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Envelope } from "../../events/envelope.ts";
import type { Json } from "../base/json.ts";

/** One fact as it is written: all that the app knows of it before the database gives it a position. */
export interface NewEvent {
  /** uuid v7. */
  id: string;
  stream: string;
  /** 1, 2, 3 … within the stream. */
  version: number;
  type: string;
  schema_version: number;
  data: { readonly [key: string]: Json };
  /** By the app's clock, in ms. */
  at: number;
  /** What brought it about: an update of a bot, or an effect. */
  causation: string;
  /** The first cause in the chain. */
  correlation: string;
  /** Id of the chart that folds it. */
  machine: string;
  effects: readonly Json[];
  /** sha256 of the state after it: what a replay is compared with. */
  state_hash: string;
  /** What was decided outside the chart; null where it was written before that was kept. */
  envelope: Envelope | null;
  prev_hash: string;
  hash: string;
}

/** One fact as it is read. */
export interface EventRow extends NewEvent {
  pos: number;
}

/** The `prev_hash` of the first fact of a stream. */
export const NO_HASH = "";

/** sha256 over the canonical JSON (RFC 8785) of `value`, in lower-case hex. */
export function hashJson(value: unknown): string {
  return hash("sha256", canonicalize(value) ?? "", "hex");
}

/** A fact before it is hashed. */
export type Unhashed = Omit<NewEvent, "hash">;

/** What is hashed of a fact, by the version of its envelope. A version is never changed. */
const hashed: Readonly<Record<number, (event: Unhashed) => unknown>> = {
  1: bareForm,
  2: (event) => ({ ...bareForm(event), envelope: event.envelope }),
};

function bareForm(event: Unhashed) {
  const { id, stream, version, type, schema_version, data, at } = event;
  const { causation, correlation, machine, effects, state_hash, prev_hash } = event;
  return {
    ...{ id, stream, version, type, schema_version, data, at },
    ...{ causation, correlation, machine, effects, state_hash, prev_hash },
  };
}

/**
 * The hash that links a fact to the one before it; over everything the app knows, so not `pos`.
 * Throws a RangeError for an envelope of another version than this program knows.
 */
export function hashEvent(event: Unhashed): string {
  const version = event.envelope?.v ?? 1;
  const form = hashed[version];
  if (!form) throw new RangeError(`Cannot hash an envelope of version ${version}`);
  return hashJson(form(event));
}
