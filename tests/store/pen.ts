/** Writes facts for tests of the log: any fact at any time, chained as the runtime chains them. */
import type { Append, Appended, NewTask } from "../../src/store/append.ts";
import type { Json } from "../../src/base/json.ts";
import { createHash } from "node:crypto";
import { createMachine } from "xstate";
import { v4, v7 } from "uuid";
import { CODE_ALPHABET, completeCode } from "../../events/code.ts";
import type { Charts } from "../../machines/flow/chart.ts";
import { begin, hashState } from "../../src/runtime/step.ts";
import { hashEvent, type NewEvent } from "../../src/store/event_row.ts";
import type { Log } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { openPhotos } from "../../src/store/photos.ts";

const machine = createMachine({ id: "anything/1", context: {}, on: { "*": {} } });

/** A chart that permits every fact and wants nothing. */
const anything = {
  id: machine.id,
  machine,
  effects: new Map(),
  hear: () => {
    throw new Error("This chart hears nothing");
  },
  takesOver: {},
};
export const anyCharts: Charts = { all: { [anything.id]: anything }, current: anything };

const state_hash = hashState(begin(machine));

/** A fact to be written, without its place. */
export interface Draft {
  type: string;
  data: { readonly [key: string]: Json };
  /** 1000 × version unless told. */
  at?: number;
}

/** Where a stream stands. */
export interface Tip {
  version: number;
  hash: string;
}

/** `drafts` as facts of `stream` after `tip`. */
export function chain(stream: string, tip: Tip, drafts: readonly Draft[]): NewEvent[] {
  let { version, hash } = tip;
  return drafts.map(({ type, data, at }) => {
    version++;
    const event = {
      id: v7(),
      stream,
      version,
      type,
      schema_version: 1,
      data,
      at: at ?? 1000 * version,
      causation: "test",
      correlation: "test",
      machine: machine.id,
      effects: [],
      state_hash,
      envelope: null,
      prev_hash: hash,
    };
    hash = hashEvent(event);
    return { ...event, hash };
  });
}

/** An append of `drafts` after `tip`, for a cause of its own. */
export function appendOf(
  stream: string,
  tip: Tip,
  drafts: readonly Draft[],
  more: { cause?: string; tasks?: readonly NewTask[] } = {},
): Append {
  const { cause = `test:${v7()}`, tasks = [] } = more;
  const events = chain(stream, tip, drafts);
  return { stream, expected: tip.version, events, cause, tasks };
}

export const nothing: Tip = { version: 0, hash: "" };

/** Appends `drafts` to the end of `stream`, whatever it is now. */
export async function write(
  log: Log,
  stream: string,
  ...drafts: readonly Draft[]
): Promise<Extract<Appended, { is: "appended" }>> {
  const appended = await log.append(appendOf(stream, await log.tip(stream), drafts));
  if (appended.is === "appended") return appended;
  throw new Error(`Cannot write to ${stream}: ${appended.is}`);
}

/** A code that no other card has. */
export function freshCode(): string {
  const marks = Array.from(
    crypto.getRandomValues(new Uint8Array(19)),
    (n) => CODE_ALPHABET[n % 32],
  );
  return completeCode(marks.join(""));
}

const SOME_BYTES = new TextEncoder().encode("Зимнее море");
const SOME_PHOTO = createHash("sha256").update(SOME_BYTES).digest("hex");

/** Keeps the photo that all these cards have. */
export const keepSomePhoto = async (sql: Database["sql"]): Promise<void> =>
  await openPhotos(sql).keep({
    ...{ sha256: SOME_PHOTO, bytes: SOME_BYTES },
    ...{ type: "image/png", width: 1, height: 1 },
  });

export const issued = (card: string, maker: string, more: Partial<Draft> = {}): Draft => ({
  type: "CardIssued",
  data: {
    callId: "1:0",
    card,
    code: freshCode(),
    name: "Зимнее море",
    description: "Тихо 🌊",
    original: SOME_PHOTO,
    packaged: null,
    maker,
  },
  ...more,
});

/** Some of five cards of a batch. */
export const editionsIssued = (
  batch: string,
  maker: string,
  editions: readonly number[],
): Draft => {
  const { card: _, code: __, ...data } = issued("", maker).data;
  const cards = editions.map((edition) => ({ card: v4(), code: freshCode(), edition }));
  return { type: "EditionsIssued", data: { ...data, batch, editions: 5, cards } };
};

/** What is not told stays as it was. */
export const corrected = (
  card: string,
  parts: Partial<Record<"name" | "description" | "original" | "packaged", string>>,
  more: Partial<Draft> = {},
): Draft => ({
  type: "CardCorrected",
  data: {
    ...{ callId: "1:0", card, name: null, description: null, original: null, packaged: null },
    ...parts,
  },
  ...more,
});

export const verified = (card: string, verifier: string, more: Partial<Draft> = {}): Draft => ({
  type: "CardVerified",
  data: { callId: "1:0", card, verifier, names: null },
  ...more,
});

export const withdrawn = (card: string, reason = "подделка"): Draft => ({
  type: "CardWithdrawn",
  data: { card, reason },
});

export const restored = (card: string): Draft => ({
  type: "CardRestored",
  data: { callId: "1:0", card },
});

export const helpAsked: Draft = { type: "HelpAsked", data: {} };

export const spoke = (language: string): Draft => ({ type: "LanguageChosen", data: { language } });

/** When the invitations of `invited` end. */
export const INVITED_MS = 86_400_000;
export const invited = (digest: string): Draft => ({
  type: "MakerInvited",
  data: { callId: "1:0", digest, token: "s1.sealed", until: INVITED_MS },
});
export const presented = (digest: string, at = 2_000): Draft => ({
  type: "InvitationPresented",
  data: { digest },
  at,
});
export const dismissed = (maker: string): Draft => ({ type: "MakerDismissed", data: { maker } });

export const opened = (number: number, key?: string): Draft => ({
  type: "SharedCardOpened",
  data: { number, ...key !== undefined && { key } },
});
