// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/**
 * A batch's cards, issued some at a time beside every flow: each time a job says that the next are
 * due, they are asked for, and when they exist, the next job is queued. Whatever breaks in between
 * is found where it was, and no answer counts twice.
 */
import { BATCH_MAX, BATCH_MIN } from "../../../events/batch.ts";
import { type Context, dialogueSetup, firstCall, type Minting } from "./dialogue_setup.ts";
import type { Heard, Hearing } from "./input.ts";

/** A batch takes at most so many steps, and no step is for fewer than these cards. */
const STEPS_MAX = 8;
const STEP_MIN = 10;

const { assign } = dialogueSetup;

const mintingWith = (
  { minting }: Context,
  change: Partial<Minting>,
): Pick<Context, "minting"> => ({ minting: minting ? { ...minting, ...change } : null });

/** The draft becomes a batch whose first cards are due. */
export const beginMinting = assign(({ context: { draft }, event }): Partial<Context> => {
  if (!draft?.copies || draft.name === null || draft.description === null) return {};
  if (draft.original.is !== "kept") return {};
  const { name, description, original, packaged, copies } = draft;
  return {
    minting: {
      call: { callId: firstCall(event), is: "due" },
      batch: null,
      editions: copies,
      done: 0,
      name,
      description,
      original: original.sha256,
      packaged: packaged.is === "kept" ? packaged.sha256 : null,
    },
  };
});

/** Queues the next step, and says how far it has come. */
export const continueMinting = dialogueSetup.enqueueActions(({ enqueue, context, event }) => {
  if (!context.minting) return;
  const { done, editions } = context.minting;
  enqueue({ type: "continueBatch", params: { callId: firstCall(event) } });
  enqueue({ type: "showProgress", params: { done, of: editions } });
});

const askForMore = assign(({ context, event }) =>
  mintingWith(context, { call: { callId: firstCall(event), is: "asked" } })
);
const issueThem = dialogueSetup.enqueueActions(({ enqueue, context: { minting }, event }) => {
  if (!minting) return;
  const { call: _, done, ...card } = minting;
  const step = Math.max(STEP_MIN, Math.ceil(minting.editions / STEPS_MAX));
  const count = Math.min(step, minting.editions - done);
  const params = { callId: firstCall(event), ...card, from: done + 1, count };
  enqueue({ type: "issueEditions", params });
});
const countThem = assign(({ context, event }) =>
  event.type === "EditionsIssued"
    ? mintingWith(context, {
      call: { callId: firstCall(event), is: "due" },
      batch: event.batch,
      done: (context.minting?.done ?? 0) + event.cards.length,
    })
    : {}
);
const showWhole = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "EditionsIssued") return;
  enqueue({ type: "showProgress", params: { done: event.editions, of: event.editions } });
  enqueue({ type: "showBatch", params: { batch: event.batch } });
});
const sayStopped = dialogueSetup.enqueueActions(({ enqueue, context }) => {
  if (!context.minting) return;
  const { done, editions } = context.minting;
  enqueue({ type: "say", params: { text: "batch_stopped", values: { done, of: editions } } });
});
const forgetMinting = assign({ minting: null });

export const batchOn = {
  BatchContinued: { guard: "isBatchDue", actions: [askForMore, issueThem] },
  EditionsIssued: [
    { guard: "isBatchWhole", actions: [forgetMinting, showWhole] },
    { guard: "isBatchAsked", actions: [countThem, continueMinting] },
  ],
  BatchStopped: { guard: "isBatchAsked", actions: [sayStopped, forgetMinting] },
  BatchAwaited: { actions: { type: "toast", params: { text: "batch_awaited" } } },
} as const;

/** The button or the command that begins one, from any state; one batch is issued at a time. */
export function hearBatch({ input, admin, context }: Hearing): Heard {
  const wanted = input.kind === "command"
    ? input.name === "batch"
    : input.kind === "tap" && input.action?.do === "batch";
  if (!wanted) return undefined;
  if (!admin) return { type: "AdminRefused" };
  if (!context.minting) return { type: "BatchBegun" };
  // A tap is answered over the chat, a command in it.
  return input.kind === "command" ? { refused: "batch_awaited" } : { type: "BatchAwaited" };
}

/** A number of cards, or why it is none. */
export function hearCopies({ input }: Hearing): Heard {
  if (input.kind !== "text") return undefined;
  const [digits] = /^[0-9]{1,9}$/.exec(input.text.trim()) ?? [];
  if (digits === undefined) return { refused: "no_number" };
  const copies = Number(digits);
  return copies < BATCH_MIN || copies > BATCH_MAX
    ? { refused: "out_of_range" }
    : { type: "CopiesChosen", copies };
}
