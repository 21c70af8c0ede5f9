/** What the words of several flows are told of a card; what people wrote comes escaped. */

/** `edition` is null for a card of no batch, `corrected` for one that is as it was issued. */
export interface CaptionFields extends NumberedCard {
  description: string;
  edition: Edition | null;
  /** When it was corrected, as people write it. */
  corrected: string | null;
}

/** A card before it is issued; `copies` is null for a card of no batch. */
export interface DraftFields {
  name: string;
  description: string;
  copies: number | null;
}

/** Whether everybody may look at the card as soon as it is issued. */
export interface Early {
  early: boolean;
}

/** A card by its number. */
export interface NumberedCard {
  number: number;
  name: string;
}

/** Which of a batch. */
export interface Edition {
  edition: number;
  editions: number;
}

/** How often a card was checked, and by how many. */
export interface CheckCounts {
  checks: number;
  people: number;
}

/** How many of a card's checks were its own maker's. */
export interface OwnChecks {
  by_maker: number;
}

/** `maker` is null for somebody whose name is not kept any more. */
export interface MadeBy {
  maker: string | null;
}
