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
  /** How many of the checks were its own maker's, and when anybody else first checked it. */
  by_maker: number;
  others_first_at: number | null;
  /** The batch that it is of, and its place in it: `edition` of `editions`. */
  batch: string | null;
  edition: number | null;
  editions: number | null;
  /** When what it says or shows was last corrected. */
  corrected_at: number | null;
  /** How often it was. */
  revision: number;
  /** When its maker let everybody look at it by its number. */
  published_at: number | null;
}

/** Whether everybody may look at it by its number: its maker let them, or it left their hands. */
export const isPublished = (
  { active, published_at, others_first_at }: Pick<
    Card,
    "active" | "published_at" | "others_first_at"
  >,
): boolean => published_at !== null || active && others_first_at !== null;

/** One check: its ordinal number, by how many people so far, and whether the card was active. */
export interface Scan {
  number: number;
  people: number;
  first_at: number;
  active: boolean;
  reason: string | null;
  /** Whether its maker checked, and how many checks so far were theirs. */
  own: boolean;
  by_maker: number;
  /** When anybody else first checked it; null where nobody had. */
  others_first_at: number | null;
  /** The card's when it was checked; absent or null where that has to be read. */
  revision?: number | null;
}

/** What the rest of the program asks about cards. */
export interface Cards {
  byId(card: string): Promise<Card | null>;
  /** What it says and shows as of this revision or a later one; all else may be older than that. */
  asOf(card: string, revision: number): Promise<Card | null>;
  /** The id of the card that has this code: as that never changes, it is remembered. */
  idOfCode(code: string): Promise<string | null>;
  byNumber(number: number): Promise<Card | null>;
  /** All cards of a batch, by edition. */
  ofBatch(batch: string): Promise<Card[]>;
  /** Whether the person has checked the card. */
  isCheckedBy(card: string, person: string): Promise<boolean>;
  /** The check that a CardVerified fact was. */
  scan(fact: string): Promise<Scan | null>;
}
