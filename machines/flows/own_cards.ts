/** A maker's own cards: the list of them, and looking one of them up. */
import { assign, setup } from "xstate";
import { z } from "zod";
import { CardId, CardNumber, OwnCardFound, OwnCardMissing } from "../../events/card.ts";
import { type AskMemory, kitGuards } from "../flow/ask_memory.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineAsk, defineSend } from "../flow/effect.ts";
import { firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import { forMakers, onTap } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { defineWords } from "../flow/words.ts";

const words = defineWords({
  texts: {},
  notes: ["own_card_missing"],
  labels: ["list", "previous", "next", "active", "withdrawn"],
});

/** What is said over the chat where there is no such card among theirs. */
export const ownCardMissing = words.note("own_card_missing");

export const listCards = defineButton("list", {});
export const lookAtCard = defineButton("look", { number: CardNumber });

/** Is this card among the person's own? */
export const findOwnCard = defineAsk("findOwnCard", { number: CardNumber }, [
  OwnCardFound,
  OwnCardMissing,
]);

/** Show the person's own cards, newest first. */
export const showList = defineSend("showList", { page: z.int().nonnegative() });

/** Show one of the person's own cards with photos, QR and what can be done with it. */
export const showOwnCard = defineSend("showOwnCard", { card: CardId });

/** Guards of flows that look up one of the person's own cards. */
export const ownCardGuards = {
  ...kitGuards,
  /** The card was found, and was looked up for this intent. */
  isFoundFor: (
    { context, event }: { context: AskMemory; event: RecordedFact },
    { intent, active = false }: { intent: string; active?: boolean },
  ): boolean =>
    event.type === "OwnCardFound" && (event.active || !active) &&
    context.asked?.intent === intent && context.asked.callId === event.callId,
};

/** Remembers what the card is wanted for, and asks for it: before the state `choosing`. */
export const askForOwnCard = <Event extends RecordedFact & { number: number }>(
  intentOf: (event: Event) => string,
) => ({
  target: "#flow.choosing" as const,
  actions: [
    assign<AskMemory, Event, undefined, RecordedFact, never>({
      asked: ({ event }) => ({ callId: firstCall(event), intent: intentOf(event) }),
    }),
    {
      type: "findOwnCard" as const,
      params: ({ event }: { event: Event }) => ({
        callId: firstCall(event),
        number: event.number,
      }),
    },
  ],
});

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(...kitEffects, findOwnCard, showList, showOwnCard),
  guards: ownCardGuards,
});

/** Waiting for the ask of one card to be answered; never seen by the person. */
const choosing = createStateConfig({
  exit: assign({ asked: null }),
  on: {
    OwnCardFound: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: { type: "showOwnCard", params: ({ event: { card } }) => ({ card }) },
    },
    OwnCardMissing: {
      guard: "isAsked",
      target: "#flow.idle",
      actions: { type: "toast", params: ownCardMissing },
    },
  },
});

export const ownCardsFlow = defineFlow({
  name: "own_cards",
  words,
  buttons: [listCards, lookAtCard],
  effects: [findOwnCard, showList, showOwnCard],
  guards: { isFoundFor: ownCardGuards.isFoundFor },
  states: { choosing },
  interrupts: {
    announced_if_lost: createStateConfig({
      on: { OwnCardChosen: askForOwnCard(({ intent }) => intent) },
    }),
  },
  beside: createStateConfig({
    on: { CardListOpened: { actions: { type: "showList", params: { page: 0 } } } },
  }),
  everywhere: {
    taps: [
      onTap(listCards, forMakers(() => ({ type: "CardListOpened" }))),
      onTap(
        lookAtCard,
        forMakers((_, { number }) => ({ type: "OwnCardChosen", number, intent: "look" })),
      ),
    ],
  },
});
