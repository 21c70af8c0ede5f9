/** Cards as a fork would leave them: with those that were issued by facts that lie in no log. */
import type postgres from "postgres";
import { EditionsIssued } from "../../../events/batch.ts";
import { CardIssued } from "../../../events/card.ts";
import type { EventRow } from "../../store/event_row.ts";
import type { Card, Cards, Scan } from "./cards.ts";

/** `stored` are the cards of the log, and `table` where they lie. */
export function forkedCards(
  sql: postgres.Sql,
  table: postgres.Fragment,
  stored: Cards,
  forked: readonly EventRow[],
): Cards {
  async function made(): Promise<Card[]> {
    const issued = forked.flatMap(cardsOf);
    if (issued.length === 0) return [];
    const [last] = await sql<{ number: number }[]>`
      select coalesce(max(number), 0) as number from ${table} c`;
    return issued.map((card, i) => ({ ...card, number: (last?.number ?? 0) + i + 1 }));
  }
  const issued = async (fits: (card: Card) => boolean): Promise<Card | null> =>
    (await made()).find(fits) ?? null;
  const byId = async (card: string) =>
    await issued((it) => it.card === card) ?? await stored.byId(card);
  return {
    byId,
    asOf: byId,
    idOfCode: async (code: string) =>
      (await issued((it) => it.code === code))?.card ?? await stored.idOfCode(code),
    byNumber: async (number: number) =>
      await issued((it) => it.number === number) ?? await stored.byNumber(number),
    ofBatch: async (batch: string) => [
      ...await stored.ofBatch(batch),
      ...(await made()).filter((it) => it.batch === batch),
    ],
    isCheckedBy: async (card: string, person: string) =>
      forked.some(({ type, data }) =>
        type === "CardVerified" && data.card === card && data.verifier === person
      ) || await stored.isCheckedBy(card, person),
    async scan(fact: string): Promise<Scan | null> {
      const row = forked.find(({ id }) => id === fact);
      const card = row ? await byId(String(row.data.card)) : null;
      if (!row || !card) return await stored.scan(fact);
      const { checks, people, active, reason } = card;
      const tried = forked.filter(({ type, data }) =>
        type === "CardVerified" && data.card === card.card
      );
      const number = checks + tried.indexOf(row) + 1;
      const own = row.data.verifier === card.maker;
      return {
        ...{ number, people: Math.max(1, people), active, reason, own },
        first_at: card.first_at ?? row.at,
        by_maker: own ? card.by_maker + number - checks : card.by_maker,
        others_first_at: card.others_first_at ?? (own ? null : row.at),
      };
    },
  };
}

/** The cards that a fact has issued, still without numbers. */
function cardsOf({ type, data, at }: EventRow): Card[] {
  const standing = { active: true, reason: null, checks: 0, people: 0, first_at: null };
  const unchecked = { by_maker: 0, others_first_at: null };
  const unnumbered = {
    ...standing,
    ...unchecked,
    number: 0,
    issued_at: at,
    changed_at: at,
    corrected_at: null,
    revision: 0,
  };
  const one = CardIssued.schema.safeParse({ ...data, type });
  if (one.success) {
    const { callId: _, type: __, published, ...card } = one.data;
    const published_at = published ? at : null;
    return [{ ...card, ...unnumbered, published_at, batch: null, edition: null, editions: null }];
  }
  const many = EditionsIssued.schema.safeParse({ ...data, type });
  if (!many.success) return [];
  const { callId: _, type: __, cards, published, ...shared } = many.data;
  const published_at = published ? at : null;
  return cards.map((card) => ({ ...shared, ...card, ...unnumbered, published_at }));
}
