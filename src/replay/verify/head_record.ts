/** A few lines that a maker can publish, and by which anybody proves later that nothing was changed. */
import { createHash } from "node:crypto";
import type postgres from "postgres";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";

/** A log up to one position. The hashes are sha256 in hex. */
export interface HeadRecord {
  pos: number;
  facts: number;
  streams: number;
  /** When the record was made, in ISO 8601. */
  at: string;
  /** Of every stream with the version and hash of its last fact, in the order of those facts. */
  heads: string;
  /** Of every fact's position and hash: the order of facts decides who was the first to check. */
  order: string;
}

interface Row {
  pos: number;
  stream: string;
  version: number;
  hash: string;
  is_head: boolean;
}

const PAGE_SIZE = 5_000;
const BEGIN = "-----BEGIN AMANITA LOG HEAD-----";
const END = "-----END AMANITA LOG HEAD-----";

/** The record of the log up to `upto`, which is the newest fact unless told. */
export async function makeHeadRecord(
  sql: postgres.Sql,
  at: Date,
  upto?: number,
): Promise<HeadRecord> {
  const [newest] = await sql<{ pos: number }[]>`
    select coalesce(max(pos), 0)::float8 as pos from events`.catch(throwStoreError);
  const pos = upto ?? newest?.pos ?? 0;
  const heads = createHash("sha256");
  const order = createHash("sha256");
  const counted = { facts: 0, streams: 0 };
  for (let after = 0;;) {
    const rows = await readPage(sql, after, pos);
    for (const row of rows) {
      order.update(`${row.pos} ${row.hash}\n`);
      counted.facts++;
      if (!row.is_head) continue;
      heads.update(`${row.stream} ${row.version} ${row.hash}\n`);
      counted.streams++;
    }
    after = rows.at(-1)?.pos ?? after;
    if (rows.length < PAGE_SIZE) break;
  }
  return {
    pos,
    ...counted,
    at: at.toISOString(),
    heads: heads.digest("hex"),
    order: order.digest("hex"),
  };
}

async function readPage(sql: postgres.Sql, after: number, upto: number): Promise<Row[]> {
  return await sql<Row[]>`
    select e.pos::float8 as pos, e.stream, e.version, e.hash, not exists (
      select 1 from events n
      where n.stream = e.stream and n.version > e.version and n.pos <= ${upto}
    ) as is_head
    from events e where e.pos > ${after} and e.pos <= ${upto}
    order by e.pos limit ${PAGE_SIZE}`.catch(throwStoreError);
}

/** The record as text; its last line tells a slip in copying from a change of the log. */
export function writeHeadRecord(record: HeadRecord): string {
  const body = bodyOf(record);
  return [BEGIN, ...body, `check: ${checkOf(body)}`, END, ""].join("\n");
}

function bodyOf({ pos, facts, streams, at, heads, order }: HeadRecord): string[] {
  return [
    `pos: ${pos}`,
    `facts: ${facts}`,
    `streams: ${streams}`,
    `at: ${at}`,
    `heads: sha256:${heads}`,
    `order: sha256:${order}`,
  ];
}

function checkOf(body: readonly string[]): string {
  return createHash("sha256").update(body.join("\n")).digest("hex").slice(0, 16);
}

const RECORD = new RegExp(
  [
    BEGIN,
    "pos: (\\d+)",
    "facts: (\\d+)",
    "streams: (\\d+)",
    "at: (\\S+)",
    "heads: sha256:([0-9a-f]{64})",
    "order: sha256:([0-9a-f]{64})",
    "check: ([0-9a-f]{16})",
    END,
  ].join("\\s+"),
);

/** Reads what `writeHeadRecord` wrote, also where it stands in a longer text. */
export function readHeadRecord(text: string): HeadRecord {
  const [, pos, facts, streams, at = "", heads = "", order = "", check] = RECORD.exec(text) ?? [];
  const numbers = { pos: Number(pos), facts: Number(facts), streams: Number(streams) };
  const record = { ...numbers, at, heads, order };
  if (check !== undefined && check === checkOf(bodyOf(record))) return record;
  throw new CannotReplay(
    check === undefined
      ? `Cannot read the record: it does not go from ${BEGIN} to ${END}`
      : "Cannot read the record: something was lost or mistyped when it was copied",
    exitCodes.unreadable,
  );
}

/** What is not as the record says, a sentence each; nothing where history up to it is unchanged. */
export async function compareHeadRecord(
  sql: postgres.Sql,
  record: HeadRecord,
): Promise<string[]> {
  const now = await makeHeadRecord(sql, new Date(record.at), record.pos);
  const counts = (["facts", "streams"] as const)
    .filter((name) => now[name] !== record[name])
    .map((name) =>
      `up to position ${record.pos} there are ${now[name]} ${name}, not ` +
      `${record[name]}`
    );
  if (now.heads !== record.heads) counts.push("the last facts of the streams are not those");
  if (now.order !== record.order) counts.push("the facts are others, or stand in another order");
  return counts;
}
