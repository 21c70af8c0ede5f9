/** What rendering needs from the rest of the program: functions that a composition root passes. */

import type { Locale } from "../locales/locales.ts";

export type Json = string | number | boolean | null | readonly Json[] | {
  readonly [key: string]: Json;
};

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
}

/** One check with its own numbers; `first_at` in ms. */
export interface ShownScan {
  number: number;
  people: number;
  first_at: number;
  active: boolean;
  reason: string | null;
}

/** A page of a maker's cards, newest first; pages count from 0. */
export interface ShownPage {
  cards: readonly { number: number; name: string; checks: number; people: number }[];
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
  /** The check that this fact was. */
  scan(fact: string): Promise<ShownScan | null>;
  gallery(maker: string, page: number, active: boolean): Promise<ShownPage>;
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
  namesOf(person: string): Promise<Names | null>;
  slot(stream: string, slot: string): Promise<SlotMessage[]>;
  photo(sha256: string): Promise<Uint8Array | null>;
  /** What this bot can send instead of the photo's bytes. */
  fileId(sha256: string): Promise<string | null>;
  keepFileId(sha256: string, file_id: string): Promise<void>;
  dropFileId(sha256: string): Promise<void>;
  /** A PNG; the same text gives the same bytes. */
  drawQr(text: string): Promise<Uint8Array>;
}

/** Where the room writes what somebody should look at; LogTape's loggers fit. */
export interface Logger {
  info(message: string, properties: Record<string, unknown>): void;
  warn(message: string, properties: Record<string, unknown>): void;
  error(message: string, properties: Record<string, unknown>): void;
}
