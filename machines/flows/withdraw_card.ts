/** A maker withdraws a card with a reason that buyers will read, and brings it back. */
import { assign, setup } from "xstate";
import { z } from "zod";
import {
  CardId,
  CardNumber,
  CardRestored,
  CardWithdrawn,
  OwnCardFound,
  OwnCardMissing,
  OwnWords,
} from "../../events/card.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineAsk, type ParamsOf } from "../flow/effect.ts";
import { firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import { forMakers, type HearResult, type InputContext, onTap } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { clearWizard, WIZARD } from "../flow/wizard.ts";
import { defineWords } from "../flow/words.ts";
import { cancelRow } from "./cancel.ts";
import type { words as homeWords } from "./home.ts";
import { ownCardGuards, ownCardMissing, showOwnCard } from "./own_cards.ts";
import {
  hearReason,
  hearReasonEdit,
  type Withdrawal,
  type WithdrawalMemory as Known,
} from "./withdrawal_reason.ts";

const card = { number: CardNumber, name: z.string() };
const words = defineWords({
  texts: {
    ask_reason: card,
    ask_withdrawal: { ...card, reason: z.string().nullable() },
    card_withdrawn: card,
    withdrawal_left: {},
  },
  notes: ["card_restored", "card_not_withdrawn"],
  labels: ["withdraw", "confirm_withdrawal", "restore"],
  expects: ["reason", "confirmation"],
  refusals: ["outdated"],
});

export const withdraw = defineButton("withdraw", { number: CardNumber });
export const confirm = defineButton("confirm", { number: CardNumber });
export const restore = defineButton("restore", { number: CardNumber });

/** Bring the person's card back; found where it never left. */
export const restoreCard = defineAsk("restoreCard", { number: CardNumber }, [
  CardRestored,
  OwnCardFound,
  OwnCardMissing,
]);

/** Withdraw a card of the person's own, for a reason that may be sealed with their key. */
export const withdrawCard = defineAsk("withdrawCard", { card: CardId, reason: OwnWords }, [
  CardWithdrawn,
  OwnCardMissing,
]);

const guards = {
  isConfirmed: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    event.type === "CardWithdrawn" && event.card === context.withdrawal?.card,
};

const { createStateConfig } = setup({
  types: {} as FlowTypes<Known, typeof words | typeof homeWords>,
  actions: actionsOf(...kitEffects, withdrawCard, restoreCard, showOwnCard),
  guards: { ...ownCardGuards, ...guards },
});

/** The withdrawal in memory; every state below has one. */
function underWay({ withdrawal }: Known): Withdrawal {
  if (withdrawal) return withdrawal;
  throw new Error("Cannot go on withdrawing: no card is being withdrawn");
}

/** Says so, with the way back. */
const withdrawn = {
  target: "#flow.idle",
  actions: [
    clearWizard,
    {
      type: "say",
      params: ({ context }: { context: Known }) => {
        const { number, name } = underWay(context);
        const back = words.button("restore", restore.action({ number }));
        return words.say("card_withdrawn", { number, name }, { buttons: [[back]] });
      },
    },
  ],
} as const;

function toWithdraw(context: Known, event: RecordedFact): ParamsOf<typeof withdrawCard> {
  const { card, reason } = underWay(context);
  if (reason === null) throw new Error("Cannot withdraw a card: nobody has said why");
  return { callId: firstCall(event), card, reason };
}

const withdrawing = createStateConfig({
  initial: "explaining",
  states: {
    explaining: {
      meta: { expects: "reason", hears: forMakers(hearReason) },
      entry: {
        type: "say",
        params: ({ context }) => {
          const { number, name } = underWay(context);
          return words.say("ask_reason", { number, name }, {
            slot: WIZARD,
            buttons: [cancelRow],
          });
        },
      },
      on: {
        WithdrawalExplained: {
          target: "confirming",
          actions: assign({
            withdrawal: ({ context, event: { reason, message } }) => ({
              ...underWay(context),
              ...{ reason, ...message !== undefined && { message } },
            }),
          }),
        },
      },
    },
    confirming: {
      meta: {
        expects: "confirmation",
        hears: forMakers(hearConfirmation),
        hearsEdit: forMakers(hearReasonEdit),
      },
      entry: {
        type: "say",
        params: ({ context }) => {
          const { number, name, reason } = underWay(context);
          const yes = words.button("confirm_withdrawal", confirm.action({ number }));
          const buttons = [[yes], cancelRow];
          return words.say("ask_withdrawal", { number, name, reason }, { slot: WIZARD, buttons });
        },
      },
      on: {
        ReasonEdited: {
          target: "confirming",
          reenter: true,
          actions: assign({
            withdrawal: ({ context, event: { reason } }) => ({ ...underWay(context), reason }),
          }),
        },
        WithdrawalConfirmed: "saving",
        // As it was confirmed at first.
        CardWithdrawn: { guard: "isConfirmed", ...withdrawn },
      },
    },
    saving: {
      entry: [
        assign({ asked: ({ event }) => ({ callId: firstCall(event), intent: "withdraw" }) }),
        { type: "withdrawCard", params: ({ context, event }) => toWithdraw(context, event) },
      ],
      exit: assign({ asked: null }),
      on: {
        CardWithdrawn: { guard: "isAsked", ...withdrawn },
        OwnCardMissing: {
          guard: "isAsked",
          target: "#flow.idle",
          actions: [clearWizard, { type: "say", params: words.say("withdrawal_left", {}) }],
        },
      },
    },
  },
});

/** Waiting for a card to be brought back; never seen by the person. */
const restoring = createStateConfig({
  exit: assign({ asked: null }),
  on: {
    CardRestored: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: [
        { type: "toast", params: words.note("card_restored") },
        { type: "showOwnCard", params: ({ event: { card } }) => ({ card }) },
      ],
    },
    OwnCardFound: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: [
        { type: "toast", params: words.note("card_not_withdrawn") },
        { type: "showOwnCard", params: ({ event: { card } }) => ({ card }) },
      ],
    },
    OwnCardMissing: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: { type: "toast", params: ownCardMissing },
    },
  },
});

type Words = typeof words | typeof homeWords;
type Own = HearResult<Words["refusals"][number], Words["expects"][number]>;

/** Only the button of this very withdrawal confirms it. */
function hearConfirmation({ input, context: { withdrawal } }: InputContext<Known>): Own {
  const tapped = confirm.read(input);
  if (!tapped) return undefined;
  if (!withdrawal || withdrawal.reason === null || tapped.number !== withdrawal.number) {
    return { refused: "outdated" };
  }
  return { type: "WithdrawalConfirmed" };
}

export const withdrawCardFlow = defineFlow({
  name: "withdraw_card",
  words,
  buttons: [withdraw, confirm, restore],
  effects: [withdrawCard, restoreCard],
  guards,
  memory: { withdrawal: null },
  states: { withdrawing, restoring },
  wizards: {
    withdrawing: {
      isOpen: ({ withdrawal }) => withdrawal !== null,
      left: words.say("withdrawal_left", {}),
      loses: false,
      forgets: { withdrawal: null },
    },
  },
  joins: {
    choosing: createStateConfig({
      on: {
        OwnCardFound: {
          guard: { type: "isFoundFor", params: { intent: "withdraw", active: true } },
          target: "#flow.withdrawing",
          actions: assign({
            withdrawal: ({ event: { card, number, name } }) => ({
              ...{ card, number, name, reason: null },
            }),
          }),
        },
      },
    }),
  },
  interrupts: {
    announced_if_lost: createStateConfig({
      on: {
        RestorationAsked: {
          target: "#flow.restoring",
          actions: [
            assign({ asked: ({ event }) => ({ callId: firstCall(event), intent: "restore" }) }),
            {
              type: "restoreCard",
              params: ({ event }) => ({ callId: firstCall(event), number: event.number }),
            },
          ],
        },
      },
    }),
  },
  everywhere: {
    taps: [
      onTap(
        withdraw,
        forMakers((_, { number }) => ({ type: "OwnCardChosen", number, intent: "withdraw" })),
      ),
      onTap(restore, forMakers((_, { number }) => ({ type: "RestorationAsked", number }))),
    ],
  },
});
