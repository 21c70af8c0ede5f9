/** One link of a stream's chain, checked by what the link before it says. */
import { faultOfEnvelope } from "../../../events/envelope.ts";
import type { Charts } from "../../../machines/flow/chart.ts";
import type { Snapshot } from "../../runtime/step.ts";
import { foldRow, initialState, type StreamState } from "../../runtime/streams.ts";
import { type EventRow, hashEvent, NO_HASH } from "../../store/event_row.ts";
import { sameJson } from "../../base/diff_json.ts";

/** The newest link of a stream's chain; `folded` is null once its state is unknown. */
export interface Link {
  stream: string;
  version: number;
  pos: number;
  hash: string;
  folded: StreamState | "beginning" | null;
}

/** The link before the first fact of a stream. */
export function beforeFirst(stream: string): Link {
  return { stream, version: 0, pos: 0, hash: NO_HASH, folded: "beginning" };
}

/** "dialogue:7 version 3 (pos 812, CardVerified)" */
export function describePlace({ stream, version, pos, type }: EventRow): string {
  return `${stream} version ${version} (pos ${pos}, ${type})`;
}

/** The link of a row that is trusted: only folded, so that the next can be checked. */
export function trustRow(charts: Charts, before: Link, row: EventRow): Link {
  const { stream, version, pos, hash } = row;
  const link: Link = { stream, version, pos, hash, folded: null };
  if (before.folded === null) return link;
  try {
    const from = before.folded === "beginning" ? initialState(charts) : before.folded;
    return { ...link, folded: foldRow(charts, from, row).streamState };
  } catch {
    return link;
  }
}

/** Checks one row: the first thing that is wrong with it, or null, and the link it makes. */
export function checkRow(
  charts: Charts,
  hashOf: (snapshot: Snapshot) => string,
  before: Link,
  row: EventRow,
): { fault: string | null; link: Link } {
  const { stream, version, pos, hash } = row;
  const link: Link = { stream, version, pos, hash, folded: null };
  const broken = checkLink(before, row);
  if (broken !== null || before.folded === null) return { fault: broken, link };
  try {
    const from = before.folded === "beginning" ? initialState(charts) : before.folded;
    const { streamState, effects } = foldRow(charts, from, row);
    const fault = checkFold(hashOf, row, streamState, effects);
    return { fault, link: { ...link, folded: streamState } };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error), link };
  }
}

/** Whether a row is the next of its stream, and is what its hash says; null where it is. */
export function checkLink(
  before: Pick<Link, "version" | "pos" | "hash">,
  row: EventRow,
): string | null {
  const { version, pos, prev_hash, hash, ...content } = row;
  if (version !== before.version + 1) return describeGap(before.version + 1, version - 1);
  if (pos < before.pos) return `stands before version ${before.version} (pos ${before.pos})`;
  const enveloped = faultOfEnvelope(row.envelope);
  if (enveloped !== null) return enveloped;
  if (hashEvent({ ...content, version, prev_hash }) !== hash) {
    return "hash does not match its content";
  }
  if (prev_hash === before.hash) return null;
  return before.version === 0
    ? "is the first and yet linked to another fact"
    : `is not linked to version ${before.version}: prev_hash is another`;
}

function describeGap(from: number, upto: number): string {
  return from === upto
    ? `version ${from} is missing before it`
    : `versions ${from} to ${upto} are missing before it`;
}

/** The replay oracle: the chart that wrote it must come to the same effects and the same state. */
function checkFold(
  hashOf: (snapshot: Snapshot) => string,
  row: EventRow,
  { snapshot }: StreamState,
  effects: readonly unknown[],
): string | null {
  if (!sameJson(effects, row.effects)) return `${row.machine} now names other effects than it did`;
  if (hashOf(snapshot) !== row.state_hash) {
    return `${row.machine} now comes to another state than it did`;
  }
  return null;
}
