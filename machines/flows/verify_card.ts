/** Anybody checks a card: by link, by a code typed, by a photo of the QR. Works beside every flow. */
import { assign, setup } from "xstate";
import { z } from "zod";
import { CardId, CardVerified, CodeMistyped, CodeRefused } from "../../events/card.ts";
import { Code } from "../../events/code.ts";
import {
  CodeRead,
  CodeUnreadable,
  Mistake,
  SeveralCodesRead,
  TelegramFile,
} from "../../events/photo.ts";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineAsk, defineJob, defineSend } from "../flow/effect.ts";
import { callOf, firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import type { HearResult, InputContext } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { sayMistyped, sayRefused, words } from "./check_words.ts";
import {
  type CheckedMemory,
  hearCode,
  hearEditedCode,
  READING_MAX,
  rememberChecked,
  unlessFull,
} from "./hear_codes.ts";

/** More misses than this within the window, and the person is asked to wait. */
const MISSES_MAX = 10;
const WINDOW_MS = 60_000;

type Known = {
  /** The pending check. */
  presented: string | null;
  /** Pictures whose code is being read. */
  reading: readonly string[];
  /** When codes were missed, within the last minute, in ms. */
  misses: readonly number[];
  /** The timer that ends the pause, and when, in ms. */
  pause: { callId: string; until: number } | null;
  /** Codes that came together, from the one that is looked up now; absent until several came. */
  several?: readonly string[] | null;
  /** It was said that too many pictures came; until those that wait are read. */
  declined?: boolean;
} & CheckedMemory;

/** Which card has this code? */
export const findCode = defineAsk("findCode", { code: Code }, [CardVerified, CodeRefused]);

/**
 * Fetch a picture and read the QR codes on it. `beside` are codes in the words under it, `mistake`
 * is what is wrong with one there.
 */
export const readCode = defineJob("readCode", {
  file: TelegramFile,
  beside: z.array(Code).exactOptional(),
  mistake: Mistake.exactOptional(),
}, [CodeRead, SeveralCodesRead, CodeUnreadable, CodeMistyped]);

/** Tell what a check of this card found; the numbers are those of the fact that led here. */
export const showVerdict = defineSend("showVerdict", { card: CardId });

const guards = {
  isPresented: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.presented !== null && context.presented === callOf(event),
  isReading: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.reading.includes(callOf(event) ?? ""),
  isPauseOver: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.pause?.callId === callOf(event),
  hasMoreCodes: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.presented !== null && context.presented === callOf(event) &&
    (context.several?.length ?? 0) > 1,
  isLastOfSeveral: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.presented !== null && context.presented === callOf(event) &&
    context.several?.length === 1,
  isReadingAndMissed: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.reading.includes(callOf(event) ?? "") && "missed" in event && event.missed === true,
  isDeclinedAgain: ({ context }: { context: Known }): boolean => context.declined === true,
  isTyped: ({ event }: { event: RecordedFact }): boolean => callOf(event) === null,
  isMistyped: ({ event }: { event: RecordedFact }): boolean =>
    event.type === "CodeRefused" && event.callId === null && event.reason === "mistyped",
  isByLink: ({ event }: { event: RecordedFact }): boolean =>
    event.type === "CodePresented" && event.via === "link",
};

const checker = setup({
  types: {} as FlowTypes<Known, typeof words>,
  actions: actionsOf(...kitEffects, findCode, readCode, showVerdict),
  guards: { ...kitGuards, ...guards },
});

const recentMisses = ({ misses }: Known, at: number): number[] =>
  misses.filter((missed_at) => missed_at > at - WINDOW_MS);

const present = checker.assign({ presented: ({ event }) => firstCall(event) });
/** Nothing is written where nothing is known of the message. */
const remember = checker.assign(({ context, event }) => {
  const checked = rememberChecked(context, event);
  return checked === undefined ? {} : { checked };
});
const stopReading = checker.assign(({ context, event }) => {
  const reading = context.reading.filter((callId) => callId !== callOf(event));
  return context.declined && reading.length === 0 ? { reading, declined: false } : { reading };
});
const decline = checker.assign({ declined: true });
const countMiss = checker.assign({
  presented: null,
  misses: ({ context, event }) => [...recentMisses(context, event.at), event.at],
});
const findIt = {
  type: "findCode",
  params: ({ event }: { event: { version: number; code: string } }) => ({
    callId: firstCall(event),
    code: event.code,
  }),
} as const;
/** By its end a code is known, and nobody else can use it. */
const endOf = (code: string): string => code.slice(-4);
const beginSeveral = [
  checker.assign({
    presented: ({ event }) => firstCall(event),
    several: ({ context, event }) => "codes" in event ? event.codes : context.several,
  }),
  {
    type: "say",
    params: ({ event: { codes, found } }: { event: { codes: string[]; found: number } }) =>
      words.say("several_codes", { found, read: codes.length, ends: codes.map(endOf).join(", ") }),
  },
  {
    type: "findCode",
    params: ({ event }: { event: { version: number; codes: string[] } }) => ({
      callId: firstCall(event),
      code: event.codes[0] ?? "",
    }),
  },
] as const;
const goOn = [
  checker.assign({
    presented: ({ event }) => firstCall(event),
    several: ({ context }) => context.several?.slice(1),
  }),
  {
    type: "findCode",
    params: ({ context, event }: { context: Known; event: RecordedFact }) => ({
      callId: firstCall(event),
      code: context.several?.[0] ?? "",
    }),
  },
] as const;
const endSeveral = checker.assign({ presented: null, several: null });
const countMissed = checker.assign({
  misses: ({ context, event }) => [...recentMisses(context, event.at), event.at],
});
const tellVerdict = {
  type: "showVerdict",
  params: ({ event: { card } }: { event: { card: string } }) => ({ card }),
} as const;
/** Says which of several codes is nobody's; before the next is looked up. */
const sayOneUnknown = {
  type: "say",
  params: ({ context }: { context: Known }) =>
    words.say("one_unknown", { end: endOf(context.several?.[0] ?? "") }),
} as const;

const checking = checker.createStateConfig({
  initial: "ready",
  on: {
    CodePhotoProvided: {
      actions: [
        assign({ reading: ({ context, event }) => [...context.reading, firstCall(event)] }),
        remember,
        {
          type: "readCode",
          params: ({ event }) => ({
            callId: firstCall(event),
            file: event.file,
            ...event.beside && { beside: event.beside },
            ...event.mistake && { mistake: event.mistake },
          }),
        },
      ],
    },
    CodePhotoDeclined: [
      { guard: "isDeclinedAgain", actions: decline },
      {
        actions: [
          decline,
          { type: "say", params: words.say("too_many_pictures", { taken: READING_MAX }) },
        ],
      },
    ],
    CodeRead: { guard: "isReading", actions: [stopReading, remember, present, findIt] },
    SeveralCodesRead: { guard: "isReading", actions: [stopReading, remember, ...beginSeveral] },
    CodeMistyped: [
      { guard: "isTyped", actions: [countMiss, sayMistyped] },
      { guard: "isReadingAndMissed", actions: [stopReading, countMissed, sayMistyped] },
      { guard: "isReading", actions: [stopReading, sayMistyped] },
    ],
    CodeUnreadable: [
      { guard: "isReadingAndMissed", actions: [stopReading, countMissed, sayRefused] },
      { guard: "isReading", actions: [stopReading, sayRefused] },
    ],
    CardVerified: [
      { guard: "hasMoreCodes", actions: [tellVerdict, ...goOn] },
      { guard: "isLastOfSeveral", actions: [endSeveral, tellVerdict] },
      { guard: "isPresented", actions: [assign({ presented: null }), tellVerdict] },
    ],
    CodeRefused: [
      { guard: "hasMoreCodes", actions: [countMissed, sayOneUnknown, ...goOn] },
      { guard: "isLastOfSeveral", actions: [countMissed, sayOneUnknown, endSeveral] },
      { guard: "isPresented", actions: [countMiss, sayRefused] },
      { guard: "isMistyped", actions: [countMiss, sayRefused] },
    ],
  },
  states: {
    ready: {
      meta: {
        expects: "code",
        hears: unlessMissing(unlessFull(hearCode)),
        hearsEdit: unlessMissing(unlessFull(hearEditedCode)),
      },
      on: {
        CodePresented: { actions: [remember, present, findIt] },
        SeveralCodesPresented: { actions: [remember, ...beginSeveral] },
        CheckingPaused: {
          target: "paused",
          actions: [
            assign({ pause: ({ event }) => ({ callId: firstCall(event), until: event.until }) }),
            {
              type: "startTimer",
              params: ({ event }) => ({ callId: firstCall(event), after_ms: pauseOf(event) }),
            },
            {
              type: "say",
              params: ({ event }) =>
                words.say("checking_paused", { seconds: Math.ceil(pauseOf(event) / 1000) }),
            },
          ],
        },
      },
    },
    paused: {
      meta: {
        expects: "code",
        hears: refuseWhilePaused(hearCode),
        hearsEdit: refuseWhilePaused(hearEditedCode),
      },
      exit: assign({ pause: null, misses: [] }),
      on: {
        TimerFired: {
          guard: "isPauseOver",
          target: "ready",
          actions: { type: "say", params: words.say("checking_resumed", {}) },
        },
      },
    },
  },
});

const pauseOf = ({ until, at }: { until: number; at: number }): number => Math.max(0, until - at);

type Hears = (inputContext: InputContext<Known>) => HearResult<"paused", "code">;

/** Facts of changed messages with nothing new in them. */
const isNoCheck = (heard: ReturnType<Hears>): boolean =>
  heard === undefined || "type" in heard && heard.type.startsWith("Edit");

/** A check, unless this person has missed too often just now. */
function unlessMissing(hears: Hears): Hears {
  return (inputContext) => {
    const heard = hears(inputContext);
    const { context, at } = inputContext;
    if (isNoCheck(heard) || recentMisses(context, at).length < MISSES_MAX) return heard;
    return { type: "CheckingPaused", until: at + WINDOW_MS };
  };
}

function refuseWhilePaused(hears: Hears): Hears {
  return (inputContext) => {
    const heard = hears(inputContext);
    return isNoCheck(heard) ? heard : { refused: "paused" };
  };
}

export const verifyCardFlow = defineFlow({
  name: "verify_card",
  words,
  effects: [findCode, readCode, showVerdict],
  guards,
  memory: { presented: null, reading: [], misses: [], pause: null },
  interrupts: {
    announced: checker.createStateConfig({
      on: { CodePresented: { guard: "isByLink", target: "#flow.idle" } },
    }),
  },
  region: { checking },
  // Heard by the region itself, in which a check may be paused; claimed, so that nobody else has it.
  everywhere: { starts: { v: () => undefined } },
});
