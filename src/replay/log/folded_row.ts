/** Rows as they are folded quickly: with JSON that nobody has read yet. */
import type { Fact } from "../../../events/facts.ts";
import { readFact } from "../../../events/read_fact.ts";
import type { EventRow } from "../../store/event_row.ts";
import { jsonbText } from "./jsonb_text.ts";

/** As much of a row as folding needs; `data` and `effects` are JSON that nobody has read yet. */
export interface FoldedRow {
  pos: number;
  stream: string;
  version: number;
  type: string;
  schema_version: number;
  data: string;
  at: number;
  machine: string;
  effects: string;
  state_hash: string;
}

/** A row as it is folded quickly. */
export function toFolded(row: EventRow): FoldedRow {
  const { pos, stream, version, type, schema_version, at, machine, state_hash } = row;
  const [data, effects] = [jsonbText(row.data), jsonbText(row.effects)];
  return { pos, stream, version, type, schema_version, data, at, machine, effects, state_hash };
}

/** The fact in a row; throws `UnreadableFact`. */
export function readFolded(row: FoldedRow): Fact {
  const { type, schema_version, stream, version } = row;
  const data: Record<string, unknown> = Object(JSON.parse(row.data));
  return readFact({ type, schema_version, data }, `${stream} version ${version}`);
}
