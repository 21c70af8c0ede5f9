/** What rendering needs from the rest of the program: functions that a composition root passes. */

import type { Locale } from "../locales/locales.ts";

/** Who reads a stream's messages, and where. */
export interface Viewer {
  person: string;
  stream: string;
  chat: number;
  locale: Locale;
}

/** What a person may do at the moment. */
export interface Rights {
  admin: boolean;
  owner: boolean;
}

/** What came of following an invitation. */
export type Welcome = "joined" | "used" | "expired" | "unknown";

/** A maker by invitation; `joined_at` in ms. */
export interface ShownMaker {
  maker: string;
  joined_at: number;
  cards: number;
}

export interface Names {
  first_name: string;
  last_name: string | null;
  username: string | null;
}

/** A card as it stands. `original` and `packaged` are sha256 of its photos. */
export interface ShownCard {
  card: string;
  number: number;
  code: string;
  name: string;
  description: string;
  original: string;
  packaged: string | null;
  maker: string;
  active: boolean;
  reason: string | null;
  checks: number;
  people: number;
  /** In ms. */
  issued_at: number;
  corrected_at: number | null;
  /** The batch that it is of, and its place in it: `edition` of `editions`. */
  batch: string | null;
  edition: number | null;
  editions: number | null;
}

/** A card as it is offered inline; `file_id` is the name by which Telegram has its photo. */
export interface FoundCard {
  number: number;
  name: string;
  maker: string;
  active: boolean;
  file_id: string | null;
}

/** One check with its own numbers; `first_at` in ms. */
export interface ShownScan {
  number: number;
  people: number;
  first_at: number;
  active: boolean;
  reason: string | null;
}

/** A card as far as a list tells it; `edition` of `editions` is its place in its batch. */
export interface ListedCard {
  number: number;
  name: string;
  checks: number;
  people: number;
  edition: number | null;
  editions: number | null;
}

/** A page of a maker's cards, newest first; pages count from 0. */
export interface ShownPage {
  cards: readonly ListedCard[];
  page: number;
  pages: number;
  active: number;
  withdrawn: number;
}

export interface ShownStats {
  cards: number;
  active: number;
  checks: number;
  people: number;
  today: number;
  last_7_days: number;
  top: readonly { number: number; name: string; checks: number }[];
}

/** What one label says: `link` in the QR, the rest in words; `code` comes in groups of four. */
export interface Label {
  link: string;
  code: string;
  title: string;
  name: string;
}

/** One day of a card, as "2026-11-20". */
export interface ShownDay {
  day: string;
  checks: number;
}

/** What became of a card, newest first; times in ms. Days are without a gap, the last is today. */
export interface ShownHistory {
  changes: readonly {
    change: "corrected" | "withdrawn" | "restored";
    /** The reason of a withdrawal, or the corrected parts with commas between. */
    detail: string | null;
    at: number;
  }[];
  days: readonly ShownDay[];
}

/** A card in a table; times as people of the time zone write them, "2026-11-20 14:05:00". */
export interface CardLine {
  number: number;
  name: string;
  description: string;
  edition: number | null;
  editions: number | null;
  code: string;
  issued: string;
  corrected: string | null;
  active: boolean;
  reason: string | null;
  checks: number;
  people: number;
  first: string | null;
}

/** A check in a table: of which card, the how-manieth, by how many people so far. */
export interface ScanLine {
  card: number;
  name: string;
  number: number;
  people: number;
  at: string;
  active: boolean;
}

/** A message of the bot that a later one may clear away. */
export interface SlotMessage {
  stream: string;
  slot: string;
  chat: number;
  message: number;
}

export interface Sources {
  /** Null for somebody forgotten: nothing can be sent to them. */
  viewer(stream: string): Promise<Viewer | null>;
  /** Asked each time that something is shown which not everybody may see. */
  rights(stream: string): Promise<Rights>;
  card(card: string): Promise<ShownCard | null>;
  cardByNumber(number: number): Promise<ShownCard | null>;
  /** All cards of a batch, by edition. */
  ofBatch(batch: string): Promise<ShownCard[]>;
  history(card: string): Promise<ShownHistory>;
  cardLines(maker: string): AsyncIterable<readonly CardLine[]>;
  scanLines(maker: string): AsyncIterable<readonly ScanLine[]>;
  /** The check that this fact was. */
  scan(fact: string): Promise<ShownScan | null>;
  /** Of one maker's cards, or of all where that is null. */
  stats(maker: string | null): Promise<ShownStats>;
  /** The newest first. */
  makers(): Promise<readonly ShownMaker[]>;
  /** Null for somebody who is no maker any more. */
  maker(maker: string): Promise<ShownMaker | null>;
  /** What this InvitationPresented fact came to. */
  welcome(fact: string): Promise<Welcome | null>;
  /** What was sealed with this person's key; null where the key is gone. */
  unseal(person: string, token: string): Promise<string | null>;
  /** Of all, or of those that `query` finds. */
  gallery(maker: string, page: number, active: boolean, query: string): Promise<ShownPage>;
  namesOf(person: string): Promise<Names | null>;
  slot(stream: string, slot: string): Promise<SlotMessage[]>;
  photo(sha256: string): Promise<Uint8Array | null>;
  /** What this bot can send instead of the photo's bytes. */
  fileId(sha256: string): Promise<string | null>;
  keepFileId(sha256: string, file_id: string): Promise<void>;
  dropFileId(sha256: string): Promise<void>;
  /** A PNG; the same text gives the same bytes. */
  drawQr(text: string): Promise<Uint8Array>;
  /** A PNG. */
  drawDays(days: readonly ShownDay[]): Promise<Uint8Array>;
  /** A PDF. */
  drawLabels(labels: readonly Label[]): Promise<Uint8Array>;
}

/** Where the room writes what somebody should look at; LogTape's loggers fit. */
export interface Logger {
  info(message: string, properties: Record<string, unknown>): void;
  warn(message: string, properties: Record<string, unknown>): void;
  error(message: string, properties: Record<string, unknown>): void;
}
