/** Who may issue cards because an owner invited them, and the result of each invitation. */
import type postgres from "postgres";
import makers from "./0006_makers.sql" with { type: "text" };
import type { Migration } from "../../store/migrate.ts";
import { batchedReader } from "../../store/batched_reader.ts";
import type { Assigned } from "../../store/append.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { cardsAt } from "../card_history/cards_at.ts";
import { makersAt, turnsUpto } from "./makers_at.ts";
import { type PositionRange, projection } from "../../projections/projection.ts";
import { personOfStream } from "../../projections/person_of_stream.ts";
import type { ReadSource } from "../../projections/readers.ts";

/** What came of following an invitation. */
export type InvitationResult = "joined" | "used" | "expired" | "unknown";

/** A maker; `joined_at` in ms. */
export interface Maker {
  maker: string;
  joined_at: number;
  /** Of their cards. */
  cards: number;
}

export const migrations: readonly Migration[] = [{ name: "0006_makers", sql: makers }];

/** In this order: an invitation before its use, and joining before dismissal. */
export const readModel = projection("makers", { tables: ["invitations", "welcomes", "makers"] }, [
  { applies: ["MakerInvited"], move: invite },
  { applies: ["InvitationPresented"], move: welcome },
  { applies: ["InvitationPresented"], move: join },
  { applies: ["MakerDismissed"], move: dismiss },
]);

function invite(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    insert into invitations (digest, owner, until)
    select data->>'digest', ${personOfStream(tx)}, (data->>'until')::bigint from events
    where pos > ${after} and pos <= ${upto} and type = 'MakerInvited'
    order by pos on conflict (digest) do nothing`;
}

/** The first who comes in time has it; also where two come at the same moment. */
function welcome(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<Assigned[]>`
    with presented as materialized (
      select e.id, e.pos, e.at, ${personOfStream(tx)} as person, i.digest, i.used_by,
        e.at > i.until as late,
        row_number() over (partition by i.digest, e.at > i.until order by e.pos) as nth
      from events e left join invitations i on i.digest = e.data->>'digest'
      where e.pos > ${after} and e.pos <= ${upto} and e.type = 'InvitationPresented'
    ), judged as materialized (
      select *, case when digest is null then 'unknown' when used_by is not null then 'used'
        when late then 'expired' when nth > 1 then 'used' else 'joined' end as outcome
      from presented
    ), used as (
      update invitations i set used_by = j.person from judged j
      where j.digest = i.digest and j.outcome = 'joined'
    ), kept as (
      insert into welcomes (fact, outcome) select id, outcome from judged
    )
    select id as fact, to_jsonb(outcome) as assigned from judged order by pos`;
}

function join(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    insert into makers (maker, invited_by, joined_at, active)
    select distinct on (maker) maker, owner, at, true from (
      select ${personOfStream(tx)} as maker, i.owner, e.at, e.pos
      from events e
      join welcomes w on w.fact = e.id and w.outcome = 'joined'
      join invitations i on i.digest = e.data->>'digest'
      where e.pos > ${after} and e.pos <= ${upto} and e.type = 'InvitationPresented'
    ) joined order by maker, pos desc
    on conflict (maker) do update set invited_by = excluded.invited_by,
      joined_at = excluded.joined_at, active = true`;
}

/** Unless they were invited anew after that. */
function dismiss(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    update makers m set active = false
    from (
      select (data->>'maker')::uuid as maker, max(pos) as pos from events
      where pos > ${after} and pos <= ${upto} and type = 'MakerDismissed' group by 1
    ) d
    where m.maker = d.maker and not exists (
      select 1 from events e join welcomes w on w.fact = e.id and w.outcome = 'joined'
      where e.pos > d.pos and e.pos <= ${upto} and e.type = 'InvitationPresented'
        and ${personOfStream(tx, "e.stream")} = m.maker
    )`;
}

/** A page of the list of makers. */
export interface MakersPage {
  makers: readonly Maker[];
  /** From 0. */
  page: number;
  pages: number;
  /** How many makers there are in all. */
  total: number;
}

export interface Makers {
  isMaker(person: string): Promise<boolean>;
  /** The positions at which they became a maker or were let go, in order. */
  turnsOf(person: string): Promise<readonly MakerTurn[]>;
  /** Those of one page, the newest first; pages count from 0, and the nearest there is is read. */
  page(wanted: number): Promise<MakersPage>;
  find(maker: string): Promise<Maker | null>;
  /** What an InvitationPresented fact came to. */
  welcome(fact: string): Promise<InvitationResult | null>;
}

/** Someone is a maker from a position on, or no more. */
export interface MakerTurn {
  pos: number;
  active: boolean;
}

const PAGE_SIZE = 10;

/** Reads the list of makers, and one of them, as of `then` where that is given. */
export function openMakers({ sql, then }: ReadSource): Makers {
  const activeOf = batchedReader(async (people) => {
    const rows = await sql<{ maker: string; active: boolean }[]>`
      select maker, active from makers where maker = any(${people}::uuid[])`;
    return rows.map(({ maker, active }) => [maker, active]);
  });
  const active = sql`from ${then ? makersAt(sql, then) : sql`makers`} m where m.active`;
  const known = sql`
    select m.maker, m.joined_at,
      (select count(*)::int from ${then ? cardsAt(sql, then) : sql`galleries`} g
        where g.maker = m.maker) as cards
    ${active}`;
  return {
    isMaker: async (person) => await activeOf(person) ?? false,
    turnsOf: async (person) =>
      await sql<MakerTurn[]>`
        select pos::float8 as pos, active
        from ${turnsUpto(sql, then?.pos ?? Number.MAX_SAFE_INTEGER)} turns
        where maker = ${person}::uuid order by pos`.catch(throwStoreError),
    async page(wanted) {
      const [counted] = await sql<{ total: number }[]>`select count(*)::int as total ${active}`
        .catch(throwStoreError);
      const total = counted?.total ?? 0;
      const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
      const page = Math.min(Math.max(0, wanted), pages - 1);
      const makers = await sql<Maker[]>`
        ${known} order by m.joined_at desc, m.maker
        limit ${PAGE_SIZE} offset ${page * PAGE_SIZE}`.catch(throwStoreError);
      return { makers, page, pages, total };
    },
    async find(maker) {
      const [row] = await sql<Maker[]>`${known} and m.maker = ${maker}`.catch(throwStoreError);
      return row ?? null;
    },
    async welcome(fact) {
      const [row] = await sql<{ outcome: InvitationResult }[]>`
        select outcome from welcomes where fact = ${fact}`.catch(throwStoreError);
      return row?.outcome ?? null;
    },
  };
}
