/** The Bot API calls that show an effect, before any is made: plain values, without bytes. */
import type { BotCommand, InlineKeyboardButton } from "grammy/types";
import type { Label, ShownDay } from "./sources.ts";

/** A kept photo by its address, or a QR code by what it says. */
export type Picture = { sha256: string } | { qr: string } | { days: readonly ShownDay[] };

/** A file that is made when it is sent: labels to print, or a table of a maker's. */
export type File =
  | { labels: readonly Label[] }
  | { table: "cards" | "scans"; maker: string; words: TableWords };

/** A table's headings, and what stands for a card's standing. */
export interface TableWords {
  heading: readonly string[];
  active: string;
  withdrawn: string;
}

/** Rows of buttons; none at all where empty. */
export type Keyboard = readonly (readonly InlineKeyboardButton[])[];

/** Texts and captions are Telegram HTML; the note that answers a tap is plain. */
export type Sending =
  | { does: "say"; chat: number; html: string; keyboard: Keyboard; slot: string | null }
  /** Two pictures are an album, which can have no keyboard. */
  | { does: "show"; chat: number; pictures: readonly Picture[]; html: string; keyboard: Keyboard }
  | { does: "send"; chat: number; file: File; name: string; html: string }
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
  | { does: "commands"; chat: number; commands: readonly BotCommand[] }
  | { does: "answer"; query: string; text: string | null };

/** What an effect comes to; `answer` says why where it is nothing. */
export type Rendered =
  | { is: "sendings"; sendings: readonly Sending[] }
  | { is: "nothing"; answer: string };

/** Thrown for an effect that cannot be shown because of a mistake of ours. */
export class Unrenderable extends Error {
  override name = "Unrenderable";
}
