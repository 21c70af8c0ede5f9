// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/**
 * Everything a dialogue may want of the world. A chart names an effect and its params and performs
 * nothing; only src/runtime does, after the facts are committed (asks: before).
 */
import type { Fact } from "../../../events/facts.ts";
import type { TelegramFile } from "../../../events/photo.ts";
import type { Action } from "./input.ts";

/** Messages under one name, so that later ones can clear them away. */
export type Slot = "wizard" | "batch";

/** A button: a label of the catalogue and what it does. */
export interface Button {
  label: string;
  action: Action;
}

/** What goes into a text; everything is escaped where it is rendered. */
export type Values = Readonly<Record<string, string | number | null>>;

// Asks: answered before the commit by a fact with the same callId.

/** Which card has this code? CardVerified or CodeRefused. */
export function findCode(_: unknown, _params: { callId: string; code: string }): void {}

/** Is this card among the person's own? OwnCardFound or OwnCardMissing. */
export function findOwnCard(_: unknown, _params: { callId: string; number: number }): void {}

/** Bring the person's card back. CardRestored, OwnCardFound where it never left, or OwnCardMissing. */
export function restoreCard(_: unknown, _params: { callId: string; number: number }): void {}

/** Mint a code and issue the card. CardIssued, or IssueRefused where the right is gone. */
export function issueCard(
  _: unknown,
  _params: {
    callId: string;
    name: string;
    description: string;
    original: string;
    packaged: string | null;
  },
): void {}

/** Make the token of a link that is good until then, in ms. MakerInvited. */
export function inviteMaker(_: unknown, _params: { callId: string; until: number }): void {}
/** Mint the next `count` cards of a batch, from edition `from` on. EditionsIssued or BatchStopped. */
export function issueEditions(
  _: unknown,
  _params: {
    callId: string;
    batch: string | null;
    from: number;
    count: number;
    editions: number;
    name: string;
    description: string;
    original: string;
    packaged: string | null;
  },
): void {}

/** Correct a card of the person's own; null stays. CardCorrected or OwnCardMissing. */
export function correctCard(
  _: unknown,
  _params: {
    callId: string;
    number: number;
    name: string | null;
    description: string | null;
    original: string | null;
    packaged: string | null;
  },
): void {}

// Sends: what the person sees, after the commit, in order.

/** Say the catalogue's `text`. In a `slot`, it is cleared away with the slot. */
export function say(
  _: unknown,
  _params: { text: string; values?: Values; slot?: Slot; buttons?: readonly (readonly Button[])[] },
): void {}

/** Show in the menu of commands what this person can do, in their language. */
export function showCommands(_: unknown, _params: Record<string, never>): void {}

/** Answer the tap that led here with a short note over the chat. */
export function toast(_: unknown, _params: { text: string }): void {}

/** Clear away what was said in this slot. */
export function clear(_: unknown, _params: { slot: Slot }): void {}

/** Show a finished card with its QR to its maker. */
export function showIssued(_: unknown, _params: { card: string }): void {}

/** Tell what a check of this card found; the numbers are those of the fact that led here. */
export function showVerdict(_: unknown, _params: { card: string }): void {}

/** Show a card by its public number, without its code. */
export function showShared(_: unknown, _params: { number: number }): void {}

/** Show what a maker can do. */
export function showMenu(_: unknown, _params: Record<string, never>): void {}

/** Show the person's own cards, newest first. */
export function showList(_: unknown, _params: { page: number }): void {}

/** Show one of the person's own cards with photos, QR and what can be done with it. */
export function showOwnCard(_: unknown, _params: { card: string }): void {}

/** Show an owner the link to hand on; the token is sealed with the owner's key. */
export function showInvitation(_: unknown, _params: { token: string; until: number }): void {}

/** Tell whoever followed an invitation what came of the fact that led here. */
export function showWelcome(_: unknown, _params: Record<string, never>): void {}

/** Show an owner who the makers are. */
export function showMakers(_: unknown, _params: Record<string, never>): void {}

/** Show an owner one of the makers. */
export function showMaker(_: unknown, _params: { maker: string }): void {}

/** Show those of the person's own cards that a search finds; `query` is sealed with their key. */
export function showFound(_: unknown, _params: { query: string }): void {}

/** Show how far a batch has come, in one message that changes. */
export function showProgress(_: unknown, _params: { done: number; of: number }): void {}

/** Show a finished batch to its maker. */
export function showBatch(_: unknown, _params: { batch: string }): void {}

/** Send labels to print, of one of the person's own cards or of the batch that it is of. */
export function sendLabels(_: unknown, _params: { card: string; of: "card" | "batch" }): void {}

/** Show what became of one of the person's own cards. */
export function showHistory(_: unknown, _params: { card: string }): void {}

/** Send the person's own cards and the checks of them as tables. */
export function sendTables(_: unknown, _params: Record<string, never>): void {}

/** Show the statistics. */
export function showStats(_: unknown, _params: Record<string, never>): void {}

// Jobs: done after the commit, outside the lane; answered later by a fact with the same callId.

/** Fetch, check and keep a photo. PhotoKept or PhotoRefused. */
export function checkPhoto(_: unknown, _params: { callId: string; file: TelegramFile }): void {}

/** Fetch a picture and read the QR code on it. CodeRead or CodeUnreadable. */
export function readCode(_: unknown, _params: { callId: string; file: TelegramFile }): void {}

/** Wait. TimerFired. */
export function startTimer(_: unknown, _params: { callId: string; after_ms: number }): void {}

/** Wait for nothing, so that others get their turn. BatchContinued. */
export function continueBatch(_: unknown, _params: { callId: string }): void {}

// Tell: a fact for another stream.

/** Append a fact to another dialogue, once. */
export function tell(_: unknown, _params: { stream: string; fact: Fact }): void {}

/** All effects: what a chart may name as an action. */
export const effects = {
  findCode,
  findOwnCard,
  restoreCard,
  issueCard,
  inviteMaker,
  issueEditions,
  correctCard,
  say,
  showCommands,
  toast,
  clear,
  showIssued,
  showVerdict,
  showShared,
  showMenu,
  showList,
  showOwnCard,
  showInvitation,
  showWelcome,
  showMakers,
  showMaker,
  showFound,
  showProgress,
  showBatch,
  sendLabels,
  showHistory,
  sendTables,
  showStats,
  checkPhoto,
  readCode,
  startTimer,
  continueBatch,
  tell,
};

export type EffectName = keyof typeof effects;
export type ParamsOf<Name extends EffectName> = Parameters<(typeof effects)[Name]>[1];

/** An effect as a chart names it and the log keeps it. */
export type Effect = {
  [Name in EffectName]: { type: Name; params: ParamsOf<Name> };
}[EffectName];

export type EffectKind = "ask" | "send" | "job" | "tell";

/** How each effect is carried out. */
export const effectKinds: Readonly<Record<EffectName, EffectKind>> = {
  findCode: "ask",
  findOwnCard: "ask",
  restoreCard: "ask",
  issueCard: "ask",
  inviteMaker: "ask",
  issueEditions: "ask",
  correctCard: "ask",
  say: "send",
  showCommands: "send",
  toast: "send",
  clear: "send",
  showIssued: "send",
  showVerdict: "send",
  showShared: "send",
  showMenu: "send",
  showList: "send",
  showOwnCard: "send",
  showInvitation: "send",
  showWelcome: "send",
  showMakers: "send",
  showMaker: "send",
  showFound: "send",
  showProgress: "send",
  showBatch: "send",
  sendLabels: "send",
  showHistory: "send",
  sendTables: "send",
  showStats: "send",
  checkPhoto: "job",
  readCode: "job",
  startTimer: "job",
  continueBatch: "job",
  tell: "tell",
};
