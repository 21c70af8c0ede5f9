/** A log to replay: dialogues of makers and buyers as the runtime would have written them. */
import type postgres from "postgres";
import { v4, v7 } from "uuid";
import { envelopeOf } from "../../events/envelope.ts";
import type { Fact } from "../../events/facts.ts";
import { dialogueStream, personOfStream } from "../../events/stream.ts";
import { charts } from "../../machines/charts.ts";
import type { Input } from "../../machines/flow/input.ts";
import { issueCard } from "../../machines/flows/issue_card.ts";
import { findOwnCard } from "../../machines/flows/own_cards.ts";
import { findCode } from "../../machines/flows/verify_card.ts";
import { withdrawCard } from "../../machines/flows/withdraw_card.ts";
import { answering, answeringAll } from "../../src/runtime/answerer.ts";
import { decide } from "../../src/runtime/decide.ts";
import { initialState, type StreamState } from "../../src/runtime/streams.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import { command, photo, tap, text } from "../machines/samples.ts";
import { freshCode } from "../store/pen.ts";

const CARDS = 500;
const AT = Date.UTC(2026, 0, 1);

/** `count` dialogues: every fourth a maker's, who issues a card; the others look and ask. */
export async function writeDialogues(count: number): Promise<EventRow[]> {
  const codes = Array.from({ length: CARDS }, freshCode);
  const rows: EventRow[] = [];
  for (let i = 0; i < count; i++) {
    const acts = i % 4 === 0 ? makerActs(i) : buyerActs(i, codes);
    rows.push(...await liveOne(dialogueStream(v4()), acts, AT + i * 60_000));
  }
  // By streams, as pages of the log are.
  return rows.toSorted((a, b) => a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0)
    .map((row, i) => ({ ...row, pos: i + 1 }));
}

type Act = Input | ((version: number) => Fact);

const sha = () => (v4() + v4()).replaceAll("-", "");

function makerActs(i: number): Act[] {
  const kept = (version: number): Fact => ({
    type: "PhotoKept",
    callId: `${version}:0`,
    sha256: sha(),
  });
  return [
    ...[command("start"), command("help"), command("admin"), tap({ do: "issue" }), photo(`f${i}`)],
    ...[kept, text(`Card ${i}`), text(`What card ${i} shows`), tap({ do: "skip" })],
    ...[
      tap({ do: "approve" }),
      tap({ do: "list" }),
      tap({ do: "look", number: 1 }),
      tap({ do: "stats" }),
    ],
    ...[tap({ do: "withdraw", number: 1 }), text(`Why ${i}`), tap({ do: "confirm", number: 1 })],
    ...[command("admin"), command("cancel"), text("?"), command("help"), command("start")],
  ];
}

function buyerActs(i: number, codes: readonly string[]): Act[] {
  const code = (n: number) => codes[(i * 7 + n) % codes.length] ?? "";
  return [
    ...[command("start", `v_${code(1)}`), text("спасибо"), command("help"), text(code(2))],
    ...[command("start", `v_${code(3)}`), text("привет"), text(code(4)), command("cancel")],
    ...[text(code(5)), text("?"), command("start"), text(code(6)), text(code(7))],
    ...[command("start", `v_${code(8)}`), command("help"), text(code(9))],
  ];
}

async function liveOne(stream: string, acts: readonly Act[], begun: number): Promise<EventRow[]> {
  const person = personOfStream(stream);
  let streamState: StreamState = initialState(charts);
  const rows: EventRow[] = [];
  for (const act of acts) {
    const at = begun + rows.length * 9_000;
    const cause = `update:1:${begun + rows.length}`;
    const { chart, snapshot, version } = streamState;
    const inputContext = { at, admin: true, owner: false, context: snapshot.context };
    const fact = typeof act === "function"
      ? act(version)
      : chart.hear(snapshot.value, { ...inputContext, input: act });
    const linked = { cause, correlation: cause };
    const metadata = { stream, ...linked, at, envelope: ofMaker, newId: v7 };
    const decision = await decide(metadata, streamState, fact, (effect) => answer(effect, person));
    if (!decision) throw new Error(`Cannot live on: ${fact.type} is refused`);
    // As it is once it has been in a database.
    rows.push(...decision.events.map((event): EventRow => JSON.parse(JSON.stringify(event))));
    streamState = decision.streamState;
  }
  return rows;
}

const ofMaker = envelopeOf({ rights: { admin: true, owner: false }, locale: "ru" });

const answer = answeringAll<string>([
  answering(findCode)(({ callId }, verifier) =>
    Promise.resolve({ type: "CardVerified", callId, card: v4(), verifier, names: "s1.names" })
  ),
  answering(findOwnCard)((params) =>
    Promise.resolve({ type: "OwnCardFound", ...params, card: v4(), name: "Card", active: true })
  ),
  answering(withdrawCard)((params) => Promise.resolve({ type: "CardWithdrawn", ...params })),
  answering(issueCard)((draft, maker) =>
    Promise.resolve({ type: "CardIssued", ...draft, card: v4(), code: freshCode(), maker })
  ),
]);

const COLUMNS = "id, stream, version, type, schema_version, data, at, causation, correlation, " +
  "machine, effects, state_hash, envelope, prev_hash, hash";
const PAGE = 2_000;

/** Puts rows into a migrated database, without read models. */
export async function putRows(sql: postgres.Sql, rows: readonly EventRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += PAGE) {
    const page = rows.slice(at, at + PAGE);
    await sql`
      insert into events (pos, ${sql.unsafe(COLUMNS)})
      select pos, ${sql.unsafe(COLUMNS)} from jsonb_to_recordset(${
      JSON.stringify(page)
    }::text::jsonb)
        as r(pos bigint, id uuid, stream text, version int, type text, schema_version int,
          data jsonb, at bigint, causation text, correlation text, machine text, effects jsonb,
          state_hash text, envelope jsonb, prev_hash text, hash text)`;
  }
  await settle(sql);
}

/**
 * Copies every dialogue under other names until there are `facts` facts. Copies lie as far from each
 * other as they can: who remembers what it met shall not meet it again at once.
 */
export async function multiply(sql: postgres.Sql, facts: number): Promise<void> {
  const [have] = await sql<{ facts: number }[]>`select count(*)::int as facts from events`;
  const times = Math.floor(facts / (have?.facts ?? 1));
  for (let n = 1; n < times; n++) {
    // g, h, i …: no uuid begins with them.
    const begin = dialogueStream((n + 15).toString(36));
    await sql`
      insert into events (pos, ${sql.unsafe(COLUMNS)})
      select pos + ${n * (have?.facts ?? 0)}, id, ${begin} || substr(stream, ${begin.length + 1}),
        version, type, schema_version, data, at, causation, correlation, machine, effects,
        state_hash, envelope, prev_hash, hash
      from events where pos <= ${have?.facts ?? 0}`;
  }
  await settle(sql);
}

async function settle(sql: postgres.Sql): Promise<void> {
  await sql`insert into streams (stream, version, hash)
    select distinct on (stream) stream, version, hash from events order by stream, version desc
    on conflict do nothing`;
  await sql`update head set pos = (select max(pos) from events)`;
  await sql`analyze events`;
}
