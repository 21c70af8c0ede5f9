/** What showing needs from the rest of the program: functions that a composition root passes. */

import type { Rights } from "../../machines/flow/input_context.ts";
import type { Names } from "../base/names.ts";
import type { Locale } from "../locales/locales.ts";

/** Who reads a stream's messages, and where. */
export interface Viewer {
  person: string;
  stream: string;
  chat: number;
  locale: Locale;
}

/** A message of the bot that a later one may clear away. */
export interface SlotMessage {
  stream: string;
  slot: string;
  chat: number;
  message: number;
}

/** What rendering asks of people and of what they were told. */
export interface Sources {
  /**
   * Null for somebody forgotten: nothing can be sent to them. Their language is that of after the
   * fact, where that is still known, else today's.
   */
  viewer(stream: string, fact: string): Promise<Viewer | null>;
  /** Asked each time that something is shown which not everybody may see. */
  rights(stream: string): Promise<Rights>;
  /** What was sealed with this person's key; null where the key is gone. */
  unseal(person: string, token: string): Promise<string | null>;
  namesOf(person: string): Promise<Names | null>;
  slot(stream: string, slot: string): Promise<SlotMessage[]>;
}

/** A file that is read while it is sent, a piece at a time; it is to be disposed of afterwards. */
export interface FileBytes extends Disposable {
  chunks(): AsyncIterable<Uint8Array>;
}

/** Photos by their sha256, for the sender of messages. */
export interface PhotoFiles {
  photo(sha256: string): Promise<Uint8Array | FileBytes | null>;
  /** What this bot can send instead of the photo's bytes. */
  fileId(sha256: string): Promise<string | null>;
  keepFileId(sha256: string, file_id: string): Promise<void>;
  dropFileId(sha256: string): Promise<void>;
}

/** Groups by the ids that they had and have: one that becomes a supergroup gets another. */
export interface Groups {
  /** Remembers that a group has another id from now on. */
  moved(old: number, now: number): Promise<void>;
  /** The id that a group had at first: it names the dialogues there for ever. */
  first(group: number): Promise<number>;
}

/** Where the room writes what somebody should look at; LogTape's loggers fit. */
export interface Logger {
  info(message: string, properties: Record<string, unknown>): void;
  warn(message: string, properties: Record<string, unknown>): void;
  error(message: string, properties: Record<string, unknown>): void;
}
