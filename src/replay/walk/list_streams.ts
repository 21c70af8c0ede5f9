/** Which dialogues there are, the latest first, by what happened in them. */
import type postgres from "postgres";
import { facts } from "../../../events/facts.ts";
import type { Charts } from "../../../machines/flow/chart.ts";
import { initialState } from "../../runtime/streams.ts";
import type { EventRow } from "../../store/event_row.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { describeState } from "../log/describe_state.ts";
import { readPages } from "../log/read_pages.ts";
import { foldFact } from "./walk_stream.ts";

/** One dialogue in a line. */
export interface ListedStream {
  stream: string;
  facts: number;
  /** Times of its first and last fact, in ms. */
  first_at: number;
  last_at: number;
  /** Position of its last fact, and what that was. */
  pos: number;
  last: string;
  machine: string;
  /** Inputs and answers that were refused. */
  refused: number;
  /** Updates whose handling failed, and messages that Telegram refused. */
  failed: number;
  /** Where it stands; a sentence about the damage where that cannot be told. */
  state: string;
  damaged: boolean;
}

export interface ListOptions {
  charts: Charts;
  /** A person's uuid, or their id at Telegram. */
  person?: string;
  /** Only these. */
  streams?: readonly string[];
  /** Only where a state as told begins or ends so: "issuing", "flow.issuing.name". */
  state?: string;
  /** Only with a fact of this type. */
  type?: string;
  /** Only with a fact at or after this time, in ms. */
  since?: number;
  refused?: boolean;
  failed?: boolean;
  /** How many at most; 50 unless told. */
  limit?: number;
  /** Only those whose last fact lies before this position: the next page. */
  before_pos?: number;
}

export interface Listing {
  streams: readonly ListedStream[];
  /** `before_pos` of the next page; null where this was the last. */
  next: number | null;
}

type Counted = Omit<ListedStream, "state" | "damaged">;

const LIMIT = 50;
/** Facts by which something was turned down. */
const refusals = [...facts.keys()].filter((type) => /Refused$|Unreadable$/.test(type));

/** Dialogues that fit all that is asked. */
export async function listStreams(sql: postgres.Sql, options: ListOptions): Promise<Listing> {
  const { limit = LIMIT, state, charts } = options;
  const persons = options.person === undefined ? null : await personOf(sql, options.person);
  const streams: ListedStream[] = [];
  let { before_pos = Number.MAX_SAFE_INTEGER } = options;
  for (;;) {
    const page = await countFacts(sql, { ...options, before_pos, limit }, persons);
    const folded = await foldAll(sql, charts, page);
    for (const row of folded) {
      if (state !== undefined && !standsIn(row.state, state)) continue;
      streams.push(row);
      if (streams.length === limit) return { streams, next: row.pos };
    }
    const last = page.at(-1);
    if (!last || page.length < limit) return { streams, next: null };
    before_pos = last.pos;
  }
}

/** Whether one of the innermost states is `asked`, lies in it, or has it as its last names. */
function standsIn(state: string, asked: string): boolean {
  return state.split(" ").some((leaf) => `.${leaf}.`.includes(`.${asked}.`));
}

async function personOf(sql: postgres.Sql, asked: string): Promise<string> {
  if (!/^\d+$/.test(asked)) return asked;
  const [row] = await sql<{ person: string }[]>`
    select person from people where telegram_id = ${asked}::bigint`.catch(throwStoreError);
  return row?.person ?? asked;
}

async function countFacts(
  sql: postgres.Sql,
  { type, since, refused, failed, streams, before_pos = 0, limit = LIMIT }: ListOptions,
  person: string | null,
): Promise<Counted[]> {
  const whose = person === null ? sql`` : sql`and stream like ${`%${person}%`}`;
  const which = streams ? sql`and stream = any(${[...streams]})` : sql``;
  return await sql<Counted[]>`
    with told as (
      select stream, count(*)::int as facts, min(at)::float8 as first_at, max(at)::float8 as last_at,
        max(pos)::float8 as pos, count(*) filter (where type = any(${refusals}))::int as refused
      from events where true ${whose} ${which} group by stream
      having max(pos) < ${before_pos} ${since === undefined ? sql`` : sql`and max(at) >= ${since}`}
        ${type === undefined ? sql`` : sql`and bool_or(type = ${type})`}
        ${refused ? sql`and bool_or(type = any(${refusals}))` : sql``}
    ), failures as (
      select stream, count(*)::int as failed from (
        select stream from failed_updates
        union all
        select regexp_replace(effect, ':[0-9]+:[0-9]+$', '') from outbox where answer ? 'refused'
      ) each group by stream
    )
    select t.*, coalesce(f.failed, 0) as failed, e.type as last, e.machine
    from told t join events e on e.pos = t.pos left join failures f on f.stream = t.stream
    ${failed ? sql`where f.failed > 0` : sql``}
    order by t.pos desc limit ${limit}`.catch(throwStoreError);
}

async function foldAll(
  sql: postgres.Sql,
  charts: Charts,
  page: readonly Counted[],
): Promise<ListedStream[]> {
  const streamStates = new Map<string, ReturnType<typeof initialState>>();
  const damages = new Map<string, string>();
  const fold = (row: EventRow) => {
    if (damages.has(row.stream)) return;
    try {
      const before = streamStates.get(row.stream) ?? initialState(charts);
      streamStates.set(row.stream, foldFact(charts, before, row).streamState);
    } catch (error) {
      damages.set(row.stream, error instanceof Error ? error.message : String(error));
    }
  };
  const streams = page.map(({ stream }) => stream);
  for await (const rows of readPages(sql, { streams })) rows.forEach(fold);
  return page.map((row) => {
    const damage = damages.get(row.stream);
    const { snapshot } = streamStates.get(row.stream) ?? initialState(charts);
    return {
      ...row,
      state: damage ?? describeState(snapshot.value),
      damaged: damage !== undefined,
    };
  });
}
