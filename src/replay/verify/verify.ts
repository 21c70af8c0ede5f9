/** Proves a log whole: positions, chains, schemas, charts, and what was derived from it. */
import type postgres from "postgres";
import type { Charts } from "../../../machines/flow/chart.ts";
import type { TableComparison } from "../../projections/compare_tables.ts";
import type { Projection } from "../../projections/projection.ts";
import { rebuildProjections } from "../../projections/rebuild.ts";
import type { EventRow } from "../../store/event_row.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { transaction } from "../../store/transaction.ts";
import { beforeFirst, checkRow, describePlace, type Link, trustRow } from "./check_row.ts";
import { readPages } from "../log/read_pages.ts";
import { openStateHasher } from "../fold/state_hasher.ts";
import { readImportStamp } from "../log/import_stamp.ts";
import { type AddFault, collectFaults, type Faults, FAULTS_SHOWN } from "./found.ts";
import { checkKeptSeals, checkKeys, checkSeals, type TryUnseal } from "./verify_seals.ts";
import { verifySchema } from "./verify_schema.ts";
import { openSnapshotCheck } from "./verify_snapshots.ts";
import { queuedEffects, verifyTables } from "./verify_tables.ts";

/** What `verifyLog` found. The log is whole where there are no faults. */
export interface VerifyReport {
  /** Facts and streams that were read: those committed when it began. */
  facts: number;
  streams: number;
  /** What is wrong, a sentence each, in the order of the log; at most FAULTS_SHOWN of them. */
  faults: readonly string[];
  fault_count: number;
  /** Sealed texts that were opened; null where there was no key to open them with. */
  seals: number | null;
  /** What was looked at beside the log; null where that was not asked for. */
  kept: Kept | null;
  /** How the read models compare with a dry rebuild; null where the log itself is broken. */
  projections: readonly TableComparison[] | null;
}

/** What was looked at beside the log. */
export interface Kept {
  photos: number;
  /** Facts that were imported: nothing is kept beside those. */
  imported: number;
}

export interface VerifyOptions {
  /** The charts that folded the facts. */
  charts: Charts;
  projections: readonly Projection[];
  /** Trusts the facts up to this position: only what came after is checked. */
  from?: number;
  /** Tries whether what is sealed opens; nobody tries unless given. */
  opens?: TryUnseal;
  /** Also proves what is kept beside the log; the schema is compared with what these make. */
  migrations?: readonly { name: string; sql: string }[];
  /** Whether the key of a person is unwrapped by PII_KEY; nobody tries unless given. */
  opensKey?: (person: string, key: string) => Promise<boolean>;
  /** Rows read at once. */
  page_size?: number;
  onProgress?: (done: number, total: number) => void;
}

/** Streams whose facts are read together where only some are to be read. */
const STREAMS_AT_ONCE = 500;

/** Reads the whole log in constant memory; what is appended meanwhile is left to the next time. */
export async function verifyLog(
  sql: postgres.Sql,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const found = collectFaults();
  const { from = 0, opens } = options;
  const { head, facts: all } = await checkPositions(sql, found.add);
  const facts = from === 0 ? all : await countAfter(sql, from, head);
  const chains = await checkChains(sql, head, facts, options, found.add);
  await checkTips(sql, found.add);
  const kept = opens ? await checkKeptSeals(sql, opens, found.add) : 0;
  const { streams } = chains;
  const seals = opens ? chains.seals + kept : null;
  const is_broken = found.count() > 0;
  const beside = options.migrations ? await verifyKept(sql, head, options, found) : null;
  const seen = { facts, streams, seals, kept: beside };
  if (is_broken) return { ...seen, ...found.report(), projections: null };
  const { tables } = await rebuildProjections(sql, options.projections, { dry: true });
  for (const { table, live, derived, differing, examples } of tables) {
    if (differing === 0) continue;
    found.add({
      pos: head,
      sentence: `read model ${table}: ${differing} of ${Math.max(live, derived)} rows are not ` +
        `what the log says (${examples[0]})`,
    });
  }
  return { ...seen, ...found.report(), projections: tables };
}

/** Whatever else the bot relies on: tables beside the log, keys of people, the schema itself. */
async function verifyKept(
  sql: postgres.Sql,
  head: number,
  { charts, migrations = [], opensKey }: VerifyOptions,
  found: Faults,
): Promise<Kept> {
  const stamp = await readImportStamp(sql);
  const imported = stamp === null ? 0 : stamp.facts ?? head;
  await verifySchema(sql, migrations, found.add);
  const { photos } = await verifyTables(sql, { imported, queued: queuedEffects(charts) }, found);
  if (opensKey) await checkKeys(sql, opensKey, found.add);
  return { photos, imported };
}

/** As positions are unique and begin at 1, they have no gap where as many as the newest exist. */
async function checkPositions(sql: postgres.Sql, add: AddFault) {
  return await transaction(sql, async (tx) => {
    await tx`set local statement_timeout = 0`;
    const [row] = await tx<{ head: number; facts: number; oldest: number; newest: number }[]>`
      select coalesce((select pos from head), 0)::float8 as head, count(*)::float8 as facts,
        coalesce(min(pos), 1)::float8 as oldest, coalesce(max(pos), 0)::float8 as newest
      from events`;
    const { head, facts, oldest, newest } = row ?? { head: 0, facts: 0, oldest: 1, newest: 0 };
    if (facts === newest && newest === head && oldest >= 1) return { head: newest, facts };
    const [gap] = await tx<{ pos: number }[]>`
      select (e.pos + 1)::float8 as pos
      from (select 0::bigint as pos union all select pos from events) e
      where e.pos < ${Math.max(head, newest)}
        and not exists (select 1 from events n where n.pos = e.pos + 1)
      order by e.pos limit 1`;
    add({
      pos: gap?.pos ?? newest,
      sentence: `the log: ${facts} facts, the newest at position ${newest}, the head at ${head}` +
        (gap ? `: position ${gap.pos} is missing` : ""),
    });
    return { head: newest, facts };
  });
}

/** Stream by stream, so that one link and one folded state are all there is to remember. */
async function checkChains(
  sql: postgres.Sql,
  head: number,
  total: number,
  { charts, from = 0, opens, page_size, onProgress }: VerifyOptions,
  add: AddFault,
): Promise<{ streams: number; seals: number }> {
  const hashOf = openStateHasher();
  const paging = { upto: head, ...page_size === undefined ? {} : { page_size } };
  const pages = from === 0 ? readPages(sql, paging) : readTouched(sql, from, paging);
  const snapshots = openSnapshotCheck(sql, add);
  let link: Link = beforeFirst("");
  const counted = { streams: 0, seals: 0 };
  let done = 0;
  for await (const rows of pages) {
    await snapshots.expect(rows);
    for (const row of rows) {
      if (row.stream !== link.stream) {
        link = beforeFirst(row.stream);
        counted.streams++;
      }
      if (row.pos <= from) {
        link = trustRow(charts, link, row);
        continue;
      }
      const checked = checkRow(charts, hashOf, link, row);
      if (checked.fault !== null) {
        add({ pos: row.pos, sentence: `${describePlace(row)}: ${checked.fault}` });
      }
      link = checked.link;
      snapshots.compare(row, link);
      done++;
    }
    if (opens) counted.seals += await checkSeals(rows.filter(({ pos }) => pos > from), opens, add);
    onProgress?.(done, total);
  }
  return counted;
}

/** All facts of the streams that have any after `from`. */
async function* readTouched(
  sql: postgres.Sql,
  from: number,
  paging: { upto: number; page_size?: number },
): AsyncGenerator<EventRow[], void> {
  for (let after = "";;) {
    const rows = await sql<{ stream: string }[]>`
      select distinct stream from events
      where pos > ${from} and pos <= ${paging.upto} and stream > ${after}
      order by stream limit ${STREAMS_AT_ONCE}`.catch(throwStoreError);
    const streams = rows.map(({ stream }) => stream);
    if (streams.length > 0) yield* readPages(sql, { ...paging, streams });
    after = streams.at(-1) ?? after;
    if (streams.length < STREAMS_AT_ONCE) return;
  }
}

async function countAfter(sql: postgres.Sql, from: number, head: number): Promise<number> {
  const [row] = await sql<{ facts: number }[]>`
    select count(*)::float8 as facts from events where pos > ${from} and pos <= ${head}`
    .catch(throwStoreError);
  return row?.facts ?? 0;
}

/** In one statement, so that the streams and their last facts are of one moment. */
async function checkTips(sql: postgres.Sql, add: AddFault): Promise<void> {
  await transaction(sql, async (tx) => {
    await tx`set local statement_timeout = 0`;
    const rows = await tx<Tip[]>`
      select stream, s.version as kept, e.version as last, e.pos::float8 as pos
      from streams s full join (
        select distinct on (stream) stream, version, hash, pos from events
        order by stream desc, version desc
      ) e using (stream)
      where (s.version, s.hash) is distinct from (e.version, e.hash)
      order by e.pos nulls last limit ${FAULTS_SHOWN + 1}`;
    for (const { stream, kept, last, pos } of rows) {
      add({ pos: pos ?? Infinity, sentence: `${stream}: ${describeTip(kept, last)}` });
    }
  });
}

interface Tip {
  stream: string;
  kept: number | null;
  last: number | null;
  pos: number | null;
}

function describeTip(kept: number | null, last: number | null): string {
  if (kept === null) return `its last fact is version ${last}, but the table streams has no row`;
  if (last === null) return `the table streams says version ${kept}, but there are no facts`;
  if (kept === last) return `the hash in the table streams is not that of version ${last}`;
  return `the table streams says version ${kept}, the last fact is version ${last}`;
}
