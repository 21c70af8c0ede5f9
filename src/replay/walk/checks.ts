/** Checks of cards: which of them a fact was, as it was counted. */
import type postgres from "postgres";
import type { EventRow } from "../../store/event_row.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import type { CardLookup, FoundCard } from "../log/find_subject.ts";

/** One check of a card; times in ms. */
export interface ShownCheck {
  /** The card's number. */
  card: number;
  /** The first check of a card has 1. */
  number: number;
  /** By how many people until then, this one among them. */
  people: number;
  at: number;
  first_at: number;
}

/** The check that this fact was; null for every other. */
export async function checkOf(
  cards: CardLookup,
  { id, type, data, at }: Pick<EventRow, "id" | "type" | "data" | "at">,
): Promise<ShownCheck | null> {
  if (type !== "CardVerified") return null;
  const [card, scan] = await Promise.all([cards.byId(String(data.card)), cards.scan(id)]);
  if (!card || !scan) return null;
  const { number, people, first_at } = scan;
  return { card: card.number, number, people, at, first_at };
}

/** The checks of these cards in a stream, in order. */
export async function checksIn(
  { sql, cards }: { sql: postgres.Sql; cards: CardLookup },
  stream: string,
  which: readonly FoundCard[],
): Promise<ShownCheck[]> {
  if (which.length === 0) return [];
  const rows = await sql<Pick<EventRow, "id" | "type" | "data" | "at">[]>`
    select id, type, data, at::float8 as at from events
    where stream = ${stream} and type = 'CardVerified'
      and data->>'card' = any(${which.map(({ card }) => card)}) order by version`
    .catch(throwStoreError);
  const checks = await Promise.all(rows.map((row) => checkOf(cards, row)));
  return checks.filter((check) => check !== null);
}

/** "check 3 of card №7, by 2 people" */
export function describeCheck({ card, number, people }: ShownCheck): string {
  const who = people === 1 ? "1 person" : `${people.toLocaleString("en")} people`;
  return `check ${number} of card №${card}, by ${who}`;
}
