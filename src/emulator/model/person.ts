/** People with a phone. */

/** Somebody with a phone. */
export interface Person {
  id: number;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code: string;
  /** This person has blocked the bot. */
  blocked: boolean;
  /** This person has deleted their account. */
  deactivated?: true;
}

/** Somebody who gets a phone. */
export interface NewPerson {
  first_name: string;
  last_name?: string;
  username?: string;
  /** `ru` unless given. */
  language_code?: string;
  /** A free one unless given. */
  id?: number;
}

/** Kinds of messages that the bot is not made for. */
export type OtherKind = "sticker" | "voice" | "location" | "contact" | "video";
