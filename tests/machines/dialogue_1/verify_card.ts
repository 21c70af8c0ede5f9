// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** Anybody checks a card: by link, by a code typed, by a photo of the QR. Works beside every flow. */
import { readCode, readPayload } from "../../../events/code.ts";
import { type Context, dialogueSetup, firstCall } from "./dialogue_setup.ts";
import type { Heard, Hearing, HearsTable } from "./input.ts";

/** More misses than this within the window, and the person is asked to wait. */
const MISSES_MAX = 10;
const WINDOW_MS = 60_000;

const { assign, createStateConfig } = dialogueSetup;

const recentMisses = (context: Context, at: number): number[] =>
  context.misses.filter((missed_at) => missed_at > at - WINDOW_MS);

const countMiss = assign(({ context, event }) => ({
  presented: null,
  misses: [...recentMisses(context, event.at), event.at],
}));
const present = assign(({ event }) => ({ presented: firstCall(event) }));
const startReading = assign(({ context, event }) => ({
  reading: [...context.reading, firstCall(event)],
}));
const stopReading = assign(({ context, event }) => ({
  reading: context.reading.filter((callId) => !("callId" in event) || callId !== event.callId),
}));
const pause = assign(({ event }) =>
  event.type === "CheckingPaused" ? { pause: { callId: firstCall(event), until: event.until } } : {}
);

const findIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "CodePresented" && event.type !== "CodeRead") return;
  enqueue({ type: "findCode", params: { callId: firstCall(event), code: event.code } });
});
const readIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "CodePhotoProvided") return;
  enqueue({ type: "readCode", params: { callId: firstCall(event), file: event.file } });
});
const showIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type === "CardVerified") {
    enqueue({ type: "showVerdict", params: { card: event.card } });
  }
});
const sayRefused = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "CodeRefused" && event.type !== "CodeUnreadable") return;
  enqueue({ type: "say", params: { text: `code_${event.reason}` } });
});
const startPause = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "CheckingPaused") return;
  const after_ms = Math.max(0, event.until - event.at);
  enqueue({ type: "startTimer", params: { callId: firstCall(event), after_ms } });
  enqueue({
    type: "say",
    params: { text: "checking_paused", values: { seconds: Math.ceil(after_ms / 1000) } },
  });
});

export const verifyCard = createStateConfig({
  initial: "ready",
  on: {
    CodePhotoProvided: { actions: [startReading, readIt] },
    CodeRead: { guard: "isReading", actions: [stopReading, present, findIt] },
    CodeUnreadable: { guard: "isReading", actions: [stopReading, sayRefused] },
    CardVerified: {
      guard: "isPresented",
      actions: [assign({ presented: null }), showIt],
    },
    CodeRefused: [
      { guard: "isPresented", actions: [countMiss, sayRefused] },
      { guard: "isMistyped", actions: [countMiss, sayRefused] },
    ],
  },
  states: {
    ready: {
      on: {
        CodePresented: { actions: [present, findIt] },
        CheckingPaused: { target: "paused", actions: [pause, startPause] },
      },
    },
    paused: {
      exit: assign({ pause: null, misses: [] }),
      on: {
        TimerFired: {
          guard: "isPauseOver",
          target: "ready",
          actions: { type: "say", params: { text: "checking_resumed" } },
        },
      },
    },
  },
});

/** What a check is made of, while checks are open and while they are paused. */
export const verifyCardHears: HearsTable = {
  "checking.ready": { expects: "code", hears: hearCheck },
  "checking.paused": {
    expects: "code",
    hears: (hearing) => hearCode(hearing) === undefined ? undefined : { refused: "paused" },
  },
};

/** A check, unless this person has missed too often just now. */
function hearCheck(hearing: Hearing): Heard {
  const heard = hearCode(hearing);
  const { context, at } = hearing;
  if (heard === undefined || recentMisses(context, at).length < MISSES_MAX) return heard;
  return { type: "CheckingPaused", until: at + WINDOW_MS };
}

/** The code in what came, if anything there is meant as one. */
function hearCode({ input }: Hearing): Heard {
  switch (input.kind) {
    case "photo":
    case "image_file":
      return { type: "CodePhotoProvided", file: input.file };
    case "text": {
      const read = readCode(input.text);
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

function codeFact(read: ReturnType<typeof readPayload>, via: "link" | "text"): Heard {
  return "code" in read
    ? { type: "CodePresented", code: read.code, via }
    : { type: "CodeRefused", callId: null, reason: "mistyped" };
}
