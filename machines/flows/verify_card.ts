/** Anybody checks a card: by link, by a code typed, by a photo of the QR. Works beside every flow. */
import { assign, setup } from "xstate";
import { z } from "zod";
import { CardId, CardVerified, CodeRefused } from "../../events/card.ts";
import { Code, readCode as readTyped, readPayload } from "../../events/code.ts";
import { CodeRead, CodeUnreadable, TelegramFile } from "../../events/photo.ts";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineAsk, defineJob, defineSend } from "../flow/effect.ts";
import { callOf, firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import type { HearResult, InputContext } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { defineWords } from "../flow/words.ts";

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
};

const words = defineWords({
  texts: {
    code_mistyped: {},
    code_unknown: {},
    code_no_code: {},
    code_foreign: {},
    code_not_an_image: {},
    code_heic: {},
    code_too_big: {},
    code_unavailable: {},
    code_out_of_reach: {},
    checking_paused: { seconds: z.number() },
    checking_resumed: {},
  },
  expects: ["code"],
  refusals: ["paused"],
});

/** Which card has this code? */
export const findCode = defineAsk("findCode", { code: Code }, [CardVerified, CodeRefused]);

/** Fetch a picture and read the QR code on it. */
export const readCode = defineJob("readCode", { file: TelegramFile }, [CodeRead, CodeUnreadable]);

/** Tell what a check of this card found; the numbers are those of the fact that led here. */
export const showVerdict = defineSend("showVerdict", { card: CardId });

const guards = {
  isPresented: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.presented !== null && context.presented === callOf(event),
  isReading: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.reading.includes(callOf(event) ?? ""),
  isPauseOver: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    context.pause?.callId === callOf(event),
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
const stopReading = checker.assign({
  reading: ({ context, event }) => context.reading.filter((callId) => callId !== callOf(event)),
});
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
const sayRefused = {
  type: "say",
  params: ({ event: { reason } }: { event: { reason: CodeTrouble } }) =>
    words.say(`code_${reason}`, {}),
} as const;
type CodeTrouble = z.infer<typeof CodeUnreadable.schema | typeof CodeRefused.schema>["reason"];

const checking = checker.createStateConfig({
  initial: "ready",
  on: {
    CodePhotoProvided: {
      actions: [
        assign({ reading: ({ context, event }) => [...context.reading, firstCall(event)] }),
        {
          type: "readCode",
          params: ({ event }) => ({ callId: firstCall(event), file: event.file }),
        },
      ],
    },
    CodeRead: { guard: "isReading", actions: [stopReading, present, findIt] },
    CodeUnreadable: { guard: "isReading", actions: [stopReading, sayRefused] },
    CardVerified: {
      guard: "isPresented",
      actions: [
        assign({ presented: null }),
        { type: "showVerdict", params: ({ event: { card } }) => ({ card }) },
      ],
    },
    CodeRefused: [
      { guard: "isPresented", actions: [countMiss, sayRefused] },
      { guard: "isMistyped", actions: [countMiss, sayRefused] },
    ],
  },
  states: {
    ready: {
      meta: { expects: "code", hears: hearCheck },
      on: {
        CodePresented: { actions: [present, findIt] },
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
        hears: (inputContext) =>
          hearCode(inputContext) === undefined ? undefined : { refused: "paused" },
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

/** A check, unless this person has missed too often just now. */
function hearCheck(inputContext: InputContext<Known>): HearResult<"paused", "code"> {
  const heard = hearCode(inputContext);
  const { context, at } = inputContext;
  if (heard === undefined || recentMisses(context, at).length < MISSES_MAX) return heard;
  return { type: "CheckingPaused", until: at + WINDOW_MS };
}

/** The code in what came, if anything there is meant as one. */
function hearCode({ input }: InputContext<Known>): HearResult<"paused", "code"> {
  switch (input.kind) {
    case "photo":
    case "image_file":
      return { type: "CodePhotoProvided", file: input.file };
    case "text": {
      const read = readTyped(input.text);
      return read && codeFact(read, "text");
    }
    case "command": {
      const payload = input.name === "start" ? /^v_(.*)$/su.exec(input.argument)?.[1] : undefined;
      return payload === undefined ? undefined : codeFact(readPayload(payload), "link");
    }
    default:
      return undefined;
  }
}

function codeFact(
  read: ReturnType<typeof readPayload>,
  via: "link" | "text",
): HearResult<"paused", "code"> {
  return "code" in read
    ? { type: "CodePresented", code: read.code, via }
    : { type: "CodeRefused", callId: null, reason: "mistyped" };
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
