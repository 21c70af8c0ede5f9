/** Cards as they stand, and every check of them with the numbers it had. */
import { LRUCache } from "lru-cache";
import type postgres from "postgres";
import { batchedReader } from "../../store/batched_reader.ts";
import type { Assigned } from "../../store/append.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { type PositionRange, projection } from "../../projections/projection.ts";
import { cardsAt } from "../card_history/cards_at.ts";
import type { Migration } from "../../store/migrate.ts";
import projections from "./0002_projections.sql" with { type: "text" };
import makersDay from "./0004_makers_day.sql" with { type: "text" };
import makersChecks from "./0017_makers_checks.sql" with { type: "text" };
import cardRevisions from "./0020_card_revisions.sql" with { type: "text" };
import publication from "./0018_publication.sql" with { type: "text" };
import positions from "./0012_positions.sql" with { type: "text" };
import type { Card, Cards, Scan } from "./cards.ts";
import { forkedCards } from "./forked_cards.ts";
import { openKnownCards } from "./known_cards.ts";
import type { LogPosition } from "../../projections/log_position.ts";
import type { ReadSource } from "../../projections/readers.ts";

/** These were released when several flows had one file: the lists and sums of cards are in them. */
export const migrations: readonly Migration[] = [
  { name: "0002_projections", sql: projections },
  { name: "0004_makers_day", sql: makersDay },
  { name: "0012_positions", sql: positions },
  { name: "0017_makers_checks", sql: makersChecks },
  { name: "0018_publication", sql: publication },
  { name: "0020_card_revisions", sql: cardRevisions },
];

/**
 * One read model, and in this order: a check needs its card, and must see it as it stood before the
 * withdrawals of the same range, which it looks at itself.
 */
export const readModel = projection("cards", { tables: ["cards", "card_people", "scans"] }, [
  { applies: ["CardIssued", "EditionsIssued"], move: issue },
  { applies: ["CardVerified"], move: countChecks },
  { applies: ["CardWithdrawn", "CardRestored"], move: updateStatus },
  { applies: ["SharedCardOpened"], move: publish },
]);

/** A batch's cards have their numbers in the order of its facts, and within one of its list. */
function issue(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    with issued as materialized (
      select pos, 0 as place, data, at, data as own from events
      where pos > ${after} and pos <= ${upto} and type = 'CardIssued'
      union all
      select pos, place, data, at, own from events,
        jsonb_array_elements(data->'cards') with ordinality as cards(own, place)
      where pos > ${after} and pos <= ${upto} and type = 'EditionsIssued'
    )
    insert into cards (card, number, code, name, description, original, packaged, maker, issued_at,
      active, changed_at, checks, people, batch, edition, editions, issued_pos, published_at,
      published_pos)
    select (own->>'card')::uuid,
      (select coalesce(max(number), 0) from cards) + row_number() over (order by pos, place),
      own->>'code', data->>'name', data->>'description', data->>'original', data->>'packaged',
      (data->>'maker')::uuid, at, true, at, 0, 0,
      (data->>'batch')::uuid, (own->>'edition')::int, (data->>'editions')::int, pos,
      case when (data->>'published')::boolean then at end,
      case when (data->>'published')::boolean then pos end
    from issued`;
}

/** Numbers follow the positions; a check after a withdrawal knows it, also within one range. */
function countChecks(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<Assigned[]>`
    with checked as materialized (
      select id, pos, at, (data->>'card')::uuid as card, (data->>'verifier')::uuid as person,
        row_number() over (partition by data->>'card', data->>'verifier' order by pos) as nth
      from events where pos > ${after} and pos <= ${upto} and type = 'CardVerified'
    ), standing as materialized (
      select pos, (data->>'card')::uuid as card, type = 'CardRestored' as active,
        data->>'reason' as reason
      from events where pos > ${after} and pos <= ${upto}
        and type in ('CardWithdrawn', 'CardRestored')
    ), corrected as materialized (
      select exists (
        select 1 from events
        where pos > ${after} and pos <= ${upto} and type = 'CardCorrected'
      ) as there
    ), met as materialized (
      select k.*, k.nth = 1 and p.card is null as first_time, k.person = c.maker as own
      from checked k
      join cards c on c.card = k.card
      left join card_people p on p.card = k.card and p.person = k.person
    ), others as materialized (
      select distinct on (card) card, pos, at from met where not own order by card, pos
    ), acquainted as (
      insert into card_people (card, person, first_at)
      select card, person, at from met where first_time order by card, person
    ), numbered as materialized (
      select k.id as fact, k.pos, k.at, k.card, k.person,
        c.checks + row_number() over one_card as number,
        c.people + count(*) filter (where k.first_time) over one_card as people,
        coalesce(c.first_at, first_value(k.at) over one_card) as first_at,
        k.own, c.by_maker + count(*) filter (where k.own) over one_card as by_maker,
        coalesce(c.others_first_at, o.at) as others_first_at,
        -- Corrections of the same range come to the cards later.
        case when not (select there from corrected) then c.revision end as revision,
        coalesce(s.active, c.active) as active,
        case when s.pos is null then c.reason else s.reason end as reason
      from met k
      join cards c on c.card = k.card
      left join others o on o.card = k.card and o.pos <= k.pos
      left join lateral (
        select s.pos, s.active, s.reason from standing s
        where s.card = k.card and s.pos < k.pos order by s.pos desc limit 1
      ) s on true
      window one_card as (partition by k.card order by k.pos)
    ), kept as (
      insert into scans (fact, card, person, number, people, first_at, active, reason, at, pos,
        own, by_maker, others_first_at)
      select fact, card, person, number, people, first_at, active, reason, at, pos,
        own, by_maker, others_first_at from numbered
    ), counted as (
      update cards c set checks = n.checks, people = n.people, first_at = n.first_at,
        by_maker = n.by_maker, others_first_at = n.others_first_at
      from (
        select card, max(number) as checks, max(people) as people, min(first_at) as first_at,
          max(by_maker) as by_maker, min(others_first_at) as others_first_at
        from numbered group by card
      ) n where n.card = c.card
    )
    select fact, jsonb_build_object('number', number, 'people', people, 'first_at', first_at,
      'revision', revision, 'active', active, 'reason', reason, 'own', own, 'by_maker', by_maker,
      'others_first_at', others_first_at) as assigned
    from numbered order by pos`;
}

function updateStatus(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    update cards c set active = n.active, reason = n.reason, changed_at = n.at
    from (
      select distinct on (data->>'card') (data->>'card')::uuid as card,
        type = 'CardRestored' as active, data->>'reason' as reason, at
      from events where pos > ${after} and pos <= ${upto}
        and type in ('CardWithdrawn', 'CardRestored')
      order by data->>'card', pos desc
    ) n where n.card = c.card`;
}

/** Whoever opens it by its maker's own link was given that link. */
function publish(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    update cards c set published_at = n.at, published_pos = n.pos
    from (
      select distinct on (1, 2) (data->>'number')::int as number, data->>'key' as key, pos, at
      from events where pos > ${after} and pos <= ${upto} and type = 'SharedCardOpened'
        and data->>'key' is not null
      order by 1, 2, pos
    ) n where n.number = c.number and c.published_at is null and n.key = share_key(c.code)`;
}

/** A few megabytes of codes. */
const KNOWN_CODES_MAX = 10_000;

/** Cards now, or at an earlier log position: see `cardsAt`. */
export function openCards({ sql, then, forked = [] }: ReadSource): Cards {
  const table = then ? cardsAt(sql, then) : sql`cards`;
  const stored = storedCards(sql, table, then);
  return forked.length > 0 ? forkedCards(sql, table, stored, forked) : stored;
}

const columns = (sql: postgres.Sql) =>
  sql`card, number, code, name, description, original, packaged, maker, issued_at, active, reason,
    changed_at, checks, people, first_at, by_maker, others_first_at, batch, edition, editions,
    corrected_at, revision, published_at`;

function storedCards(sql: postgres.Sql, cards: postgres.Fragment, then?: LogPosition): Cards {
  const findCard = batchedReader(async (ids) => {
    const rows = await sql<Card[]>`
      select ${columns(sql)} from ${cards} c where card = any(${ids}::uuid[])`;
    return rows.map((row) => [row.card, row]);
  });
  // Only as they stand now: those of another time are read for that time.
  const held = then ? null : openKnownCards();
  const byId = async (id: string): Promise<Card | null> => {
    const card = await findCard(id);
    if (card) held?.learn(card);
    return card;
  };
  const one = async (where: postgres.Fragment): Promise<Card | null> => {
    const [row] = await sql<Card[]>`
      select ${columns(sql)} from ${cards} c where ${where}`.catch(throwStoreError);
    return row ?? null;
  };
  // Every check asks this: those who come at once share a query.
  const known = new LRUCache<string, string>({ max: KNOWN_CODES_MAX });
  const findCode = batchedReader(async (codes) => {
    const rows = await sql<Pick<Card, "card" | "code">[]>`
      select card, code from ${cards} c where code = any(${codes}::text[])`;
    for (const { card, code } of rows) known.set(code, card);
    return rows.map(({ card, code }) => [code, card]);
  });
  return {
    byId,
    asOf: async (card, revision) => held?.asOf(card, revision) ?? await byId(card),
    idOfCode: async (code) => known.get(code) ?? await findCode(code),
    byNumber: (number) => one(sql`number = ${number}`),
    ofBatch: async (batch) =>
      await sql<Card[]>`
        select ${columns(sql)} from ${cards} c where batch = ${batch} order by edition`
        .catch(throwStoreError),
    async isCheckedBy(card, person) {
      const [row] = await sql<{ found: boolean }[]>`
        select exists (
          select 1 from scans where card = ${card} and person = ${person}
            ${then ? sql`and pos <= ${then.pos}` : sql``}
        ) as found`.catch(throwStoreError);
      return row?.found === true;
    },
    async scan(fact) {
      const [row] = await sql<Scan[]>`
        select number, people, first_at, active, reason, own, by_maker, others_first_at
        from scans where fact = ${fact}`
        .catch(throwStoreError);
      return row ?? null;
    },
  };
}
