// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** A maker's own cards: looking at one, withdrawing it with a reason, bringing it back. */
import { REASON_MAX } from "../../../events/card.ts";
import type { Fact } from "../../../events/facts.ts";
import { clearWizard, leaveFlow } from "./begin_anew.ts";
import { beginCorrection } from "./correct_card.ts";
import {
  type Context,
  dialogueSetup,
  firstCall,
  type Happened,
  type Intent,
} from "./dialogue_setup.ts";
import {
  type Action,
  forMakers,
  type Heard,
  type Hearing,
  type HearsTable,
  isBlank,
} from "./input.ts";

const { assign, createStateConfig } = dialogueSetup;
const slot = "wizard" as const;
const cancelRow = [{ label: "cancel", action: { do: "cancel" } }] as const;

function intentOf(event: Happened): Intent {
  switch (event.type) {
    case "OwnCardChosen":
      return event.intent;
    case "LabelsAsked":
      return event.of === "batch" ? "batch_labels" : "labels";
    case "HistoryAsked":
      return "history";
    case "CorrectionAsked":
      return "correct";
    default:
      return "restore";
  }
}

const ask = assign(({ event }) => ({
  withdrawal: null,
  asked: {
    callId: firstCall(event),
    intent: intentOf(event),
  },
}));
const beginWithdrawal = assign(({ event }) =>
  event.type === "OwnCardFound"
    ? {
      withdrawal: { card: event.card, number: event.number, name: event.name, reason: null },
    }
    : {}
);
const findIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (!("number" in event)) return;
  enqueue({ type: "findOwnCard", params: { callId: firstCall(event), number: event.number } });
});
const restoreIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "RestorationAsked") return;
  enqueue({ type: "restoreCard", params: { callId: firstCall(event), number: event.number } });
});
const showIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "OwnCardFound" && event.type !== "CardRestored") return;
  enqueue({ type: "showOwnCard", params: { card: event.card } });
});

const sendLabels = (of: "card" | "batch") =>
  dialogueSetup.enqueueActions(({ enqueue, event }) => {
    if (event.type !== "OwnCardFound") return;
    enqueue({ type: "sendLabels", params: { card: event.card, of } });
  });
const showHistory = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "OwnCardFound") return;
  enqueue({ type: "showHistory", params: { card: event.card } });
});

/** Waiting for the ask of one card to be answered; never seen by the person. */
export const choosing = createStateConfig({
  entry: [ask, findIt],
  exit: assign({ asked: null }),
  on: {
    OwnCardFound: [
      { guard: "isFoundToWithdraw", target: "#flow.withdrawing", actions: beginWithdrawal },
      { guard: "isFoundForLabels", target: "#flow.idle", actions: sendLabels("card") },
      { guard: "isFoundForBatchLabels", target: "#flow.idle", actions: sendLabels("batch") },
      { guard: "isFoundForHistory", target: "#flow.idle", actions: showHistory },
      { guard: "isFoundToCorrect", target: "#flow.correcting", actions: beginCorrection },
      { guard: "isAsked", target: "#flow.idle", actions: showIt },
    ],
    OwnCardMissing: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: { type: "toast", params: { text: "own_card_missing" } },
    },
  },
});

/** Waiting for a card to be brought back; never seen by the person. */
export const restoring = createStateConfig({
  entry: [ask, restoreIt],
  exit: assign({ asked: null }),
  on: {
    CardRestored: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: [{ type: "toast", params: { text: "card_restored" } }, showIt],
    },
    OwnCardFound: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: [{ type: "toast", params: { text: "card_not_withdrawn" } }, showIt],
    },
    OwnCardMissing: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: { type: "toast", params: { text: "own_card_missing" } },
    },
  },
});

const keepReason = assign(({ context, event }) =>
  event.type === "WithdrawalExplained" && context.withdrawal
    ? { withdrawal: { ...context.withdrawal, reason: event.reason } }
    : {}
);
const askReason = dialogueSetup.enqueueActions(({ enqueue, context }) => {
  if (!context.withdrawal) return;
  const { number, name } = context.withdrawal;
  enqueue({
    type: "say",
    params: { text: "ask_reason", values: { number, name }, slot, buttons: [cancelRow] },
  });
});
const askConfirmation = dialogueSetup.enqueueActions(({ enqueue, context }) => {
  if (!context.withdrawal) return;
  const { number, name, reason } = context.withdrawal;
  const confirm = { label: "confirm_withdrawal", action: { do: "confirm", number } } as const;
  enqueue({
    type: "say",
    params: {
      text: "ask_withdrawal",
      values: { number, name, reason },
      slot,
      buttons: [[confirm], cancelRow],
    },
  });
});
const sayWithdrawn = dialogueSetup.enqueueActions(({ enqueue, context }) => {
  if (!context.withdrawal) return;
  const { number, name } = context.withdrawal;
  enqueue({
    type: "say",
    params: {
      text: "card_withdrawn",
      values: { number, name },
      buttons: [[{ label: "restore", action: { do: "restore", number } }]],
    },
  });
});

export const withdrawing = createStateConfig({
  initial: "explaining",
  on: leaveFlow("withdrawal_left"),
  states: {
    explaining: {
      entry: askReason,
      on: { WithdrawalExplained: { target: "confirming", actions: keepReason } },
    },
    confirming: {
      entry: askConfirmation,
      on: {
        CardWithdrawn: {
          guard: "isConfirmed",
          target: "#flow.idle",
          actions: [clearWizard, sayWithdrawn],
        },
      },
    },
  },
});

/** What a maker does with their own cards, from any state: old buttons work as long as rights do. */
export function hearMyCards({ input, admin, context }: Hearing): Heard {
  if (input.kind !== "tap" || input.action === null) return undefined;
  const fact = factOf(input.action, context);
  return fact && !admin ? { type: "AdminRefused" } : fact;
}

function factOf(action: Action, { minting }: Context): Fact | undefined {
  switch (action.do) {
    case "list":
      return { type: "CardListOpened" };
    case "look":
    case "withdraw":
      return { type: "OwnCardChosen", number: action.number, intent: action.do };
    case "restore":
      return { type: "RestorationAsked", number: action.number };
    case "labels":
      return { type: "LabelsAsked", number: action.number, of: "card" };
    case "batch_labels":
      return { type: "LabelsAsked", number: action.number, of: "batch" };
    case "history":
      return { type: "HistoryAsked", number: action.number };
    case "correct":
      // Cards of the batch that do not exist yet would go without the correction.
      return minting
        ? { type: "BatchAwaited" }
        : { type: "CorrectionAsked", number: action.number };
    case "export":
      return { type: "ExportAsked" };
    default:
      return undefined;
  }
}

/** What a withdrawal makes of what is sent to it. */
export const myCardsHears: HearsTable = forMakers({
  "flow.withdrawing.explaining": { expects: "reason", hears: hearReason },
  "flow.withdrawing.confirming": { expects: "confirmation", hears: hearConfirmation },
});

function hearReason({ input }: Hearing): Heard {
  if (input.kind !== "text") return undefined;
  const reason = input.text.replace(/\s+/gu, " ").trim();
  if (reason.length > REASON_MAX) return { refused: "too_long" };
  return isBlank(reason) ? { refused: "empty" } : { type: "WithdrawalExplained", reason };
}

/** Only the button of this very withdrawal confirms it. */
function hearConfirmation({ input, context }: Hearing): Heard {
  const { withdrawal } = context;
  if (input.kind !== "tap" || input.action?.do !== "confirm") return undefined;
  if (!withdrawal || withdrawal.reason === null || input.action.number !== withdrawal.number) {
    return { refused: "outdated" };
  }
  return { type: "CardWithdrawn", card: withdrawal.card, reason: withdrawal.reason };
}
