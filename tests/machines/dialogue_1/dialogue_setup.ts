// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** What the flows of a dialogue share: what it remembers, what happens to it, and its guards. */
import { setup } from "xstate";
import type { CardPart } from "../../../events/correction.ts";
import type { Fact } from "../../../events/facts.ts";
import { effects } from "./effects.ts";

/** A photo on its way into a draft. */
export type DraftPhoto =
  | { is: "missing" }
  | { is: "checking"; callId: string }
  | { is: "kept"; sha256: string }
  | { is: "skipped" };

/** A card that is being issued. */
export interface Draft {
  original: DraftPhoto;
  packaged: DraftPhoto;
  name: string | null;
  description: string | null;
  /** The album in which the original came; its next photo is the packaged one. */
  album: string | null;
  /** Of how many cards; only a batch's draft has it. */
  copies?: number;
}

/** A batch of which cards are being issued, some at a time, beside every flow. */
export interface Minting {
  /** The job after which the next cards are due, or the ask for them. */
  call: { callId: string; is: "due" | "asked" };
  /** Null until the first of its cards exist. */
  batch: string | null;
  editions: number;
  /** How many of them exist. */
  done: number;
  name: string;
  description: string;
  original: string;
  packaged: string | null;
}

/** A card that is being corrected. */
export interface Correction {
  card: string;
  number: number;
  name: string;
  /** Null until it is chosen. */
  part: CardPart | null;
  /** The job that checks the photo to come. */
  photo: string | null;
}

/** A card that is being withdrawn. */
export interface Withdrawal {
  card: string;
  number: number;
  name: string;
  reason: string | null;
}

/** All that a dialogue remembers: plain JSON, without a word about who the person is. */
export interface Context {
  draft: Draft | null;
  withdrawal: Withdrawal | null;
  /** The ask that is out, and what it was for. */
  asked: { callId: string; intent: Intent } | null;
  /** The check that is out. */
  presented: string | null;
  /** Pictures whose code is being read. */
  reading: readonly string[];
  /** When codes were missed, within the last minute, in ms. */
  misses: readonly number[];
  /** The timer that ends the pause, and when, in ms. */
  pause: { callId: string; until: number } | null;
  /** Absent in a dialogue that never issued a batch. */
  minting?: Minting | null;
  /** Absent in a dialogue that never corrected a card. */
  correction?: Correction | null;
}

/** What an ask was for. */
export type Intent =
  | ("issue" | "look" | "withdraw" | "restore" | "invite")
  | ("labels" | "batch_labels" | "history" | "correct");

export const nothingRemembered: Context = {
  draft: null,
  withdrawal: null,
  asked: null,
  presented: null,
  reading: [],
  misses: [],
  pause: null,
};

/** A fact as a chart hears it: with the time it happened and its place in the dialogue's stream. */
export type Happened = Fact & { at: number; version: number };

/** The first call that the fact gives rise to; see `CallId`. */
export const firstCall = (event: { version: number }): string => `${event.version}:0`;

/** The call that an answer names, if it is one. */
const callOf = (event: Happened): string | null => "callId" in event ? event.callId : null;

/** Base of every dialogue chart: names, types and guards. */
export const dialogueSetup = setup({
  types: { context: {} as Context, events: {} as Happened },
  actions: effects,
  guards: {
    isOriginalCall: ({ context, event }) => isCall(context.draft?.original, event),
    isPackagedCall: ({ context, event }) => isCall(context.draft?.packaged, event),
    isAsked: ({ context, event }) => context.asked?.callId === callOf(event),
    isFoundToWithdraw: ({ context, event }) =>
      event.type === "OwnCardFound" && event.active && context.asked?.intent === "withdraw" &&
      context.asked.callId === event.callId,
    isFoundForLabels: isFoundFor("labels"),
    isFoundForBatchLabels: isFoundFor("batch_labels"),
    isFoundForHistory: isFoundFor("history"),
    isFoundToCorrect: isFoundFor("correct"),
    isConfirmed: ({ context, event }) =>
      event.type === "CardWithdrawn" && event.card === context.withdrawal?.card,
    isPresented: ({ context, event }) =>
      context.presented !== null && context.presented === callOf(event),
    isReading: ({ context, event }) => context.reading.includes(callOf(event) ?? ""),
    isPauseOver: ({ context, event }) => context.pause?.callId === callOf(event),
    isMistyped: ({ event }) =>
      event.type === "CodeRefused" && event.callId === null && event.reason === "mistyped",
    isTap: ({ event }) => event.type === "InputRefused" && event.kind === "tap",
    isByLink: ({ event }) => event.type === "CodePresented" && event.via === "link",
    isBatch: ({ context }) => context.draft?.copies !== undefined,
    isBatchDue: ({ context, event }) => isMintingCall(context, event, "due"),
    isBatchAsked: ({ context, event }) => isMintingCall(context, event, "asked"),
    isBatchWhole: ({ context, event }) =>
      isMintingCall(context, event, "asked") && event.type === "EditionsIssued" &&
      (context.minting?.done ?? 0) + event.cards.length === context.minting?.editions,
    isCorrectionPhoto: ({ context, event }) => isCorrectionPhoto(context, event),
    isCorrectionPackaged: ({ context, event }) =>
      context.correction?.part === "packaged" && isCorrectionPhoto(context, event),
    choosesName: ({ event }) => event.type === "CorrectionChosen" && event.part === "name",
    choosesDescription: ({ event }) =>
      event.type === "CorrectionChosen" && event.part === "description",
    choosesOriginal: ({ event }) => event.type === "CorrectionChosen" && event.part === "original",
    lacksOriginal: ({ context }) => context.draft?.original.is === "missing",
    lacksName: ({ context }) => context.draft?.name === null,
    lacksDescription: ({ context }) => context.draft?.description === null,
    lacksPackaged: ({ context }) => context.draft?.packaged.is === "missing",
    awaitsPackaged: ({ context }) => context.draft?.packaged.is === "checking",
  },
});

function isCall(photo: DraftPhoto | undefined, event: Happened): boolean {
  return photo?.is === "checking" && photo.callId === callOf(event);
}

function isFoundFor(intent: Intent) {
  return ({ context, event }: { context: Context; event: Happened }): boolean =>
    event.type === "OwnCardFound" && context.asked?.intent === intent &&
    context.asked.callId === event.callId;
}

function isMintingCall({ minting }: Context, event: Happened, is: "due" | "asked"): boolean {
  return minting?.call.is === is && minting.call.callId === callOf(event);
}

function isCorrectionPhoto({ correction }: Context, event: Happened): boolean {
  return correction?.photo != null && correction.photo === callOf(event);
}
