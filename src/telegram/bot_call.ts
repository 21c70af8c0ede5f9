/** The Bot API calls that show an effect, before any is made: plain values, without bytes. */
import type { InlineKeyboardButton } from "grammy/types";
import type { Json } from "../base/json.ts";
import type { Command } from "../locales/catalogue.ts";

/** A file whose bytes are made when it is sent, and kept nowhere. */
export interface Made {
  /** Given up where the signal says so. */
  make(signal?: AbortSignal): Promise<Uint8Array>;
  /** What is made, for tests. */
  told: Json;
}

/** A picture that is drawn, a PNG: the same each time. */
export interface Drawing extends Made {
  /** What it is, for the debugger: "QR code". */
  called: string;
  /** How its file is called, in the language of who gets it. */
  name: string;
}

/** What is said where Telegram does not take a picture, as HTML. */
export interface RefusalWords {
  /** It takes it as a file only. */
  as_file: string;
  /** It does not take it at all. */
  left_out: string;
  /** The chat takes no pictures. */
  forbidden: string;
}

/**
 * A kept photo by its address, or a picture that is drawn when it is sent; with `refusal`, whoever
 * sees it is told where Telegram refuses it. One from the `web` never goes as a file, and is told as
 * well where it is nowhere to be had: it is kept for a while only.
 */
export type Picture = ({ sha256: string; web?: boolean } | Drawing) & { refusal?: RefusalWords };

/** Rows of buttons; none at all where empty. */
export type Keyboard = readonly (readonly InlineKeyboardButton[])[];

/** Texts and captions are Telegram HTML; the note that answers a tap is plain. */
export type BotCall =
  | { does: "say"; chat: number; html: string; keyboard: Keyboard; slot: string | null }
  /** Two pictures are an album, which can have no keyboard. */
  | {
    does: "show";
    chat: number;
    pictures: readonly Picture[];
    html: string;
    keyboard: Keyboard;
    /** None where it stays in the chat. */
    slot?: string;
  }
  /** `refused` is said instead where Telegram does not take the file. */
  | { does: "send"; chat: number; file: Made; name: string; html: string; refused: string }
  /** A message that is there already says something else; with `release`, for the last time. */
  | {
    does: "edit";
    chat: number;
    message: number;
    html: string;
    slot: string;
    release: boolean;
  }
  | { does: "delete"; chat: number; messages: readonly number[] }
  | { does: "commands"; chat: number; commands: readonly Command[] }
  | { does: "answer"; query: string; text: string | null };

/** What an effect comes to; `answer` says why where it is nothing. */
export type Rendered =
  | { is: "calls"; calls: readonly BotCall[] }
  | { is: "nothing"; answer: string };

/** Thrown for an effect that cannot be shown because of a mistake of ours. */
export class Unrenderable extends Error {
  override name = "Unrenderable";
}
