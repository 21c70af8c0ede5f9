/** What is told of cards. */

/** A card as it stands. Times in ms. */
export interface Card {
  card: string;
  number: number;
  code: string;
  name: string;
  description: string;
  original: string;
  packaged: string | null;
  maker: string;
  issued_at: number;
  active: boolean;
  reason: string | null;
  changed_at: number;
  checks: number;
  people: number;
  first_at: number | null;
  /** The batch that it is of, and its place in it: `edition` of `editions`. */
  batch: string | null;
  edition: number | null;
  editions: number | null;
  /** When what it says or shows was last corrected. */
  corrected_at: number | null;
}

/** One check: its ordinal number, by how many people so far, and whether the card was active. */
export interface Scan {
  number: number;
  people: number;
  first_at: number;
  active: boolean;
  reason: string | null;
}

/** What the rest of the program asks about cards. */
export interface Cards {
  byId(card: string): Promise<Card | null>;
  /** The id of the card that has this code: as that never changes, it is remembered. */
  idOfCode(code: string): Promise<string | null>;
  byNumber(number: number): Promise<Card | null>;
  /** All cards of a batch, by edition. */
  ofBatch(batch: string): Promise<Card[]>;
  /** The check that a CardVerified fact was. */
  scan(fact: string): Promise<Scan | null>;
}
