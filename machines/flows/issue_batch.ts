/**
 * A batch's cards, issued some at a time beside every flow: each time a job says that the next are
 * due, they are asked for, and when they exist, the next job is queued. Whatever breaks in between
 * is found where it was, and no answer counts twice.
 */
import { assign, setup } from "xstate";
import { z } from "zod";
import {
  BATCH_MAX,
  BATCH_MIN,
  BatchContinued,
  BatchStopped,
  Copies,
  EditionsIssued,
} from "../../events/batch.ts";
import { OwnWords } from "../../events/card.ts";
import { Sha256 } from "../../events/photo.ts";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineAsk, defineJob, defineSend, type ParamsOf } from "../flow/effect.ts";
import { callOf, firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import { forMakers, type HearResult, type InputContext, onTap } from "../flow/input_context.ts";
import { withMessage, wordsOf } from "../flow/input.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { defineWords } from "../flow/words.ts";

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
  /** Everybody may look at its cards before their first check. */
  published?: true;
}

/** Absent in a dialogue that never issued a batch. */
export type BatchMemory = { minting?: Minting | null };

/** Whether cards of a batch are still being issued. */
export const isMinting = ({ minting = null }: BatchMemory): boolean => minting !== null;

export const words = defineWords({
  texts: { ask_copies: {}, batch_stopped: { done: z.number(), of: z.number() } },
  notes: ["batch_awaited"],
  labels: ["batch", "another_batch"],
  expects: ["copies"],
  refusals: ["no_number", "out_of_range", "batch_awaited"],
});

export const issueBatch = defineButton("batch", {});

const shared = {
  name: OwnWords,
  description: OwnWords,
  original: Sha256,
  packaged: Sha256.nullable(),
  published: z.literal(true).exactOptional(),
};

/** Mint the next `count` cards of a batch, from edition `from` on. */
export const issueEditions = defineAsk("issueEditions", {
  ...{ batch: z.uuid().nullable(), from: z.int().positive(), count: z.int().positive() },
  ...{ editions: Copies, ...shared },
}, [EditionsIssued, BatchStopped]);

/** Wait for nothing, so that others get their turn. */
export const continueBatch = defineJob("continueBatch", {}, [BatchContinued]);

/** Show how far a batch has come, in one message that changes. */
export const showProgress = defineSend("showProgress", {
  done: z.int().nonnegative(),
  of: z.int().positive(),
});

/** Show a finished batch to its maker. */
export const showBatch = defineSend("showBatch", { batch: z.uuid() });

const effects = [issueEditions, continueBatch, showProgress, showBatch] as const;

/** A batch takes at most so many steps, and no step is for fewer than these cards. */
const STEPS_MAX = 8;
const STEP_MIN = 10;

const guards = {
  /** The fact answers the call that the batch waits for. */
  isBatchCall: (
    { context: { minting }, event }: { context: BatchMemory; event: RecordedFact },
    { is }: { is: Minting["call"]["is"] },
  ): boolean => minting?.call.is === is && minting.call.callId === callOf(event),
  isBatchWhole: (
    { context: { minting }, event }: { context: BatchMemory; event: RecordedFact },
  ): boolean =>
    minting?.call.is === "asked" && minting.call.callId === callOf(event) &&
    event.type === "EditionsIssued" && minting.done + event.cards.length === minting.editions,
};

const { createStateConfig } = setup({
  types: {} as FlowTypes<BatchMemory, typeof words>,
  actions: actionsOf(...kitEffects, ...effects),
  guards: { ...kitGuards, ...guards },
});

/** The batch in memory; every transition below has one. */
function underWay({ minting }: BatchMemory): Minting {
  if (minting) return minting;
  throw new Error("Cannot go on issuing a batch: none is being issued");
}

/** Queues the next step, and says how far it has come. */
export const continueMinting = [
  {
    type: "continueBatch",
    params: ({ event }: { event: RecordedFact }) => ({ callId: firstCall(event) }),
  },
  {
    type: "showProgress",
    params: ({ context }: { context: BatchMemory }) => {
      const { done, editions } = underWay(context);
      return { done, of: editions };
    },
  },
] as const;

/** The next cards, as they are asked for. */
function nextEditions(
  { context, event }: { context: BatchMemory; event: RecordedFact },
): ParamsOf<typeof issueEditions> {
  const { call: _, done, ...card } = underWay(context);
  const step = Math.max(STEP_MIN, Math.ceil(card.editions / STEPS_MAX));
  const count = Math.min(step, card.editions - done);
  return { callId: firstCall(event), ...card, from: done + 1, count };
}

const begun = { type: "BatchBegun", preview: true } as const;

/** A number of cards, or why it is none. */
export function hearCopies(
  { input }: InputContext<unknown>,
): HearResult<"no_number" | "out_of_range", "copies"> {
  const words = wordsOf(input);
  if (words === undefined) return undefined;
  const [digits] = /^[0-9]{1,9}$/.exec(words.normalize("NFKC").trim()) ?? [];
  if (digits === undefined) return { refused: "no_number" };
  const copies = Number(digits);
  return copies < BATCH_MIN || copies > BATCH_MAX
    ? { refused: "out_of_range" }
    : { type: "CopiesChosen", copies, ...withMessage(input) };
}

export const issueBatchFlow = defineFlow({
  name: "issue_batch",
  words,
  buttons: [issueBatch],
  effects,
  guards,
  commands: { batch: { for: "makers", place: 20 } },
  interrupts: {
    announced_if_lost: createStateConfig({
      on: { BatchBegun: { target: "#flow.issuing.copies", reenter: true } },
    }),
  },
  beside: createStateConfig({
    on: {
      BatchContinued: {
        guard: { type: "isBatchCall", params: { is: "due" } },
        actions: [
          assign({
            minting: ({ context, event }) => ({
              ...underWay(context),
              call: { callId: firstCall(event), is: "asked" as const },
            }),
          }),
          { type: "issueEditions", params: nextEditions },
        ],
      },
      EditionsIssued: [
        {
          guard: "isBatchWhole",
          actions: [
            assign({ minting: null }),
            {
              type: "showProgress",
              params: ({ event: { editions } }) => ({ done: editions, of: editions }),
            },
            { type: "showBatch", params: ({ event }) => ({ batch: event.batch }) },
          ],
        },
        {
          guard: { type: "isBatchCall", params: { is: "asked" } },
          actions: [
            assign({
              minting: ({ context, event }) => {
                const before = underWay(context);
                return {
                  ...before,
                  call: { callId: firstCall(event), is: "due" as const },
                  batch: event.batch,
                  done: before.done + event.cards.length,
                };
              },
            }),
            ...continueMinting,
          ],
        },
      ],
      BatchStopped: {
        guard: { type: "isBatchCall", params: { is: "asked" } },
        actions: [
          {
            type: "say",
            params: ({ context }) => {
              const { done, editions } = underWay(context);
              return words.say("batch_stopped", { done, of: editions });
            },
          },
          assign({ minting: null }),
        ],
      },
      BatchAwaited: { actions: { type: "toast", params: words.note("batch_awaited") } },
    },
  }),
  everywhere: {
    commands: {
      batch: forMakers(({ context }: InputContext<BatchMemory>) =>
        isMinting(context) ? { refused: "batch_awaited" } : begun
      ),
    },
    taps: [
      // A tap is answered over the chat, a command in it.
      onTap<typeof issueBatch["fields"], BatchMemory>(
        issueBatch,
        forMakers(({ context }) => isMinting(context) ? { type: "BatchAwaited" } : begun),
      ),
    ],
  },
});
