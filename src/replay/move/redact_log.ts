/**
 * A log that tells of nobody and can still be lived again: stand-ins take the place of uuids, texts,
 * codes and photos, what follows from them is folded anew, and the chain is hashed anew. What went
 * another way than the charts say, goes another way still.
 */
import type { Json } from "../../base/json.ts";
import type { Fact } from "../../../events/facts.ts";
import { facts as definitions } from "../../../events/facts.ts";
import { readFact } from "../../../events/read_fact.ts";
import { dialogueStream, readDialogueStream } from "../../../events/stream.ts";
import type { Charts } from "../../../machines/flow/chart.ts";
import { hashState, persist } from "../../runtime/step.ts";
import { initialState, type StreamState } from "../../runtime/streams.ts";
import { type EventRow, hashEvent, NO_HASH } from "../../store/event_row.ts";
import { sameJson } from "../../base/diff_json.ts";
import { redactEnvelope, redactFact } from "./redact_fact.ts";
import { openStandIns, type StandIns } from "./stand_ins.ts";
import { foldFact } from "../walk/walk_stream.ts";

interface Going {
  /** As it was, and as it is told. */
  was: StreamState;
  told: StreamState;
  stream: string;
  hash: string;
  /** What stands in for which text of this stream. */
  seen: Map<string, string>;
}

/** Redacts rows that come stream by stream; throws `CannotReplay` for one that cannot be read. */
export function openRedactor(charts: Charts, secret: Uint8Array): (row: EventRow) => EventRow {
  const standIns = openStandIns(secret);
  let going: Going | null = null;
  return (row) => {
    if (going?.stream !== row.stream) {
      const begun = initialState(charts);
      going = { was: begun, told: begun, stream: row.stream, hash: NO_HASH, seen: new Map() };
    }
    return redactRow(charts, standIns, going, row);
  };
}

function redactRow(charts: Charts, standIns: StandIns, now: Going, row: EventRow): EventRow {
  const was = foldFact(charts, now.was, row);
  const fact = readFact(row, `${row.stream} version ${row.version}`);
  const data = fact.type === "ChartUpgraded"
    ? { ...fact, state: takeOver(charts, now, fact) ?? redactJson(fact.state, standIns, now.seen) }
    : redactFact(fact, standIns, now.seen);
  const named: EventRow = {
    ...row,
    id: standIns.uuid(row.id),
    stream: redactName(row.stream, standIns),
    schema_version: definitions.get(fact.type)?.version ?? row.schema_version,
    data: withoutType(data),
    causation: redactName(row.causation, standIns),
    correlation: redactName(row.correlation, standIns),
    envelope: redactEnvelope(row.envelope, standIns),
  };
  const told = foldFact(charts, now.told, named);
  const asNamed = sameJson(was.effects, row.effects);
  const asStood = hashState(was.streamState.snapshot) === row.state_hash;
  const redacted = {
    ...named,
    effects: asNamed ? plain(told.effects) as Json[] : redactJson(row.effects, standIns, now.seen),
    state_hash: asStood ? hashState(told.streamState.snapshot) : standIns.sha256(row.state_hash),
    prev_hash: now.hash,
  };
  const hash = hashEvent(redacted);
  Object.assign(now, { was: was.streamState, told: told.streamState, hash });
  return { ...redacted, hash };
}

/** The state that today's charts would take over from what is told, if they took over what was. */
function takeOver(
  charts: Charts,
  { was, told }: Going,
  { from, to, state }: Extract<Fact, { type: "ChartUpgraded" }>,
): Json | undefined {
  const take = charts.all[to]?.takesOver[from];
  try {
    if (!take || !sameJson(plain(take(persist(was.snapshot))), state)) return undefined;
    return plain(take(persist(told.snapshot)));
  } catch {
    return undefined;
  }
}

const UUID = /^[0-9a-f-]{36}$/i;

/** Streams, causes and effects by name: whatever is a uuid or a number of Telegram's in them. */
function redactName(name: string, standIns: StandIns): string {
  const update = /^update:(\d+):(\d+)$/.exec(name);
  if (update) return `update:${update.slice(1).map((it) => standIns.number(it)).join(":")}`;
  const [, kind = "", named = "", rest = ""] = /^(effect:|failed:)?(.*?)((?::\d+)*)$/s.exec(name) ??
    [];
  const dialogue = readDialogueStream(named);
  if (UUID.test(named)) return kind + standIns.uuid(named) + rest;
  if (!dialogue) return `redacted:${standIns.text(name)}`;
  const { person, group } = dialogue;
  const where = group === null ? null : Number(standIns.number(String(group)));
  return kind + dialogueStream(standIns.uuid(person), where) + rest;
}

/** A word of the program's own: a name of a state, an effect, a text, or of a call. */
const WORD = /^(?:[a-z][A-Za-z_]{0,30}|\d+:\d+)$/;

/** JSON that no chart explains: what was seen in facts is replaced, and all that is no plain word. */
function redactJson<Value extends Json | readonly Json[]>(
  value: Value,
  standIns: StandIns,
  seen: ReadonlyMap<string, string>,
): Value {
  const redact = (inner: Json): Json => {
    if (typeof inner === "string") {
      return seen.get(inner) ?? (WORD.test(inner) ? inner : standIns.text(inner));
    }
    if (typeof inner !== "object" || inner === null) return inner;
    if (Array.isArray(inner)) return inner.map(redact);
    return Object.fromEntries(Object.entries(inner).map(([name, it]) => [name, redact(it)]));
  };
  // The shape stays; only the strings in it change.
  return redact(value as Json) as Value;
}

function withoutType({ type: _, ...data }: { type: string; [field: string]: unknown }) {
  return plain(data) as EventRow["data"];
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
