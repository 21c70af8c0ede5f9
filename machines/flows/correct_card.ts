/** A maker corrects an issued card: chooses what of it, sends it anew, and the card says so. */
import { assign, setup } from "xstate";
import { z } from "zod";
import { CardNumber, OwnCardMissing, OwnWords } from "../../events/card.ts";
import { CardCorrected, CardPart } from "../../events/correction.ts";
import { Sha256 } from "../../events/photo.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineAsk, type ParamsOf } from "../flow/effect.ts";
import { callOf, firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import { forMakers, onTap } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { clearWizard, WIZARD } from "../flow/wizard.ts";
import { defineWords } from "../flow/words.ts";
import { cancellable, cancelRow } from "./cancel.ts";
import { type DraftWords, hearDescription, hearName } from "./card_words.ts";
import { checkFile, checkPhoto, pictureIn, sayPhotoRefused } from "./check_photo.ts";
import { type BatchMemory, isMinting } from "./issue_batch.ts";
import { askForOwnCard, findOwnCard, ownCardGuards, showOwnCard } from "./own_cards.ts";

/** A card that is being corrected. */
interface Correction {
  card: string;
  number: number;
  name: string;
  /** Null until it is chosen. */
  part: CardPart | null;
  /** The job that checks the photo to come. */
  photo: string | null;
}

/** Absent in a dialogue that never corrected a card. */
type Known = { correction?: Correction | null };

const words = defineWords({
  texts: {
    ask_part: { number: CardNumber, name: z.string() },
    ask_new_name: {},
    ask_new_description: {},
    ask_new_original: {},
    ask_new_packaged: {},
    card_corrected: {},
    correction_left: {},
  },
  labels: ["correct", ...CardPart.options.map((part) => `part_${part}` as const)],
  expects: ["part", "new_packaged"],
});
type Words = typeof words | DraftWords;

export const correct = defineButton("correct", { number: CardNumber });
export const amend = defineButton("amend", { part: CardPart });

/** Correct a card of the person's own; null stays as it is. */
export const correctCard = defineAsk("correctCard", {
  number: CardNumber,
  name: OwnWords.nullable(),
  description: OwnWords.nullable(),
  original: Sha256.nullable(),
  packaged: Sha256.nullable(),
}, [CardCorrected, OwnCardMissing]);

const isAwaitedPhoto = ({ correction }: Known, event: RecordedFact): boolean =>
  correction?.photo != null && correction.photo === callOf(event);

const guards = {
  isCorrectionPhoto: ({ context, event }: { context: Known; event: RecordedFact }): boolean =>
    isAwaitedPhoto(context, event),
  isPhotoFor: (
    { context, event }: { context: Known; event: RecordedFact },
    { part }: { part: CardPart },
  ): boolean => context.correction?.part === part && isAwaitedPhoto(context, event),
  isPart: ({ event }: { event: RecordedFact }, { part }: { part: CardPart }): boolean =>
    event.type === "CorrectionChosen" && event.part === part,
};

const correction = setup({
  types: {} as FlowTypes<Known, Words>,
  actions: actionsOf(...kitEffects, findOwnCard, checkPhoto, correctCard, showOwnCard),
  guards: { ...ownCardGuards, ...guards },
});

/** The correction in memory; every state below has one. */
function underWay({ correction }: Known): Correction {
  if (correction) return correction;
  throw new Error("Cannot go on correcting: no card is being corrected");
}

const [nameAndDescription, photos] = [CardPart.options.slice(0, 2), CardPart.options.slice(2)].map(
  (parts) => parts.map((part) => words.button(`part_${part}`, amend.action({ part }))),
);
const partRows = [nameAndDescription ?? [], photos ?? [], cancelRow];

/** Chooses the part that the fact names. */
const choose = <const Part extends CardPart>(part: Part) => ({
  guard: { type: "isPart" as const, params: { part } },
  target: `.${part}` as const,
  actions: correction.assign({ correction: ({ context }) => ({ ...underWay(context), part }) }),
});

const awaitPhoto = correction.assign({
  correction: ({ context, event }) => ({ ...underWay(context), photo: firstCall(event) }),
});

const correcting = correction.createStateConfig({
  initial: "part",
  meta: {
    hears: forMakers(({ input }) => {
      const chosen = amend.read(input);
      return chosen && { type: "CorrectionChosen", part: chosen.part };
    }),
  },
  exit: assign({ correction: null }),
  on: { CorrectionChosen: CardPart.options.map(choose) },
  states: {
    part: {
      meta: { expects: "part", hears: () => undefined },
      entry: {
        type: "say",
        params: ({ context }) => {
          const { number, name } = underWay(context);
          return words.say("ask_part", { number, name }, { slot: WIZARD, buttons: partRows });
        },
      },
    },
    name: {
      meta: { expects: "name", hears: forMakers(hearName) },
      entry: { type: "say", params: words.say("ask_new_name", {}, cancellable) },
      on: { NameProvided: "saving" },
    },
    description: {
      meta: { expects: "description", hears: forMakers(hearDescription) },
      entry: { type: "say", params: words.say("ask_new_description", {}, cancellable) },
      on: { DescriptionProvided: "saving" },
    },
    original: {
      meta: {
        expects: "photo",
        hears: forMakers(({ input }) => {
          const picture = pictureIn(input);
          return picture && { type: "PhotoProvided", file: picture.file, album: null };
        }),
      },
      entry: { type: "say", params: words.say("ask_new_original", {}, cancellable) },
      on: { PhotoProvided: { target: "checking_photo", actions: [awaitPhoto, checkFile] } },
    },
    packaged: {
      meta: {
        expects: "new_packaged",
        hears: forMakers(({ input }) => {
          const picture = pictureIn(input);
          return picture && { type: "PackagedPhotoProvided", file: picture.file };
        }),
      },
      entry: { type: "say", params: words.say("ask_new_packaged", {}, cancellable) },
      on: {
        PackagedPhotoProvided: { target: "checking_photo", actions: [awaitPhoto, checkFile] },
      },
    },
    checking_photo: {
      meta: {
        expects: "patience",
        hears: forMakers(({ input }) => pictureIn(input) && { refused: "not_now" }),
      },
      exit: assign({
        correction: ({ context }) => context.correction && { ...context.correction, photo: null },
      }),
      on: {
        PhotoKept: { guard: "isCorrectionPhoto", target: "saving" },
        PhotoRefused: [
          {
            guard: { type: "isPhotoFor", params: { part: "packaged" } },
            target: "packaged",
            actions: sayPhotoRefused,
          },
          { guard: "isCorrectionPhoto", target: "original", actions: sayPhotoRefused },
        ],
      },
    },
    saving: {
      entry: [
        assign({ asked: ({ event }) => ({ callId: firstCall(event), intent: "correct" }) }),
        { type: "correctCard", params: ({ context, event }) => corrected(context, event) },
      ],
      exit: assign({ asked: null }),
      on: {
        CardCorrected: {
          guard: "isAsked",
          target: "#flow.idle",
          actions: [
            clearWizard,
            { type: "say", params: words.say("card_corrected", {}) },
            { type: "showOwnCard", params: ({ event: { card } }) => ({ card }) },
          ],
        },
        OwnCardMissing: {
          guard: "isAsked",
          target: "#flow.idle",
          actions: [
            clearWizard,
            { type: "say", params: words.say("correction_left", {}) },
          ],
        },
      },
    },
  },
});

/** The part that the fact brings; all else stays. */
function corrected(context: Known, event: RecordedFact): ParamsOf<typeof correctCard> {
  const { number, part } = underWay(context);
  const value = event.type === "NameProvided"
    ? event.name
    : event.type === "DescriptionProvided"
    ? event.description
    : event.type === "PhotoKept"
    ? event.sha256
    : null;
  const unchanged = { name: null, description: null, original: null, packaged: null };
  return { callId: firstCall(event), number, ...unchanged, ...part && { [part]: value } };
}

export const correctCardFlow = defineFlow({
  name: "correct_card",
  words,
  buttons: [correct, amend],
  effects: [correctCard],
  guards,
  states: { correcting },
  wizards: {
    correcting: {
      isOpen: ({ correction = null }) => correction !== null,
      left: words.say("correction_left", {}),
      loses: false,
    },
  },
  joins: {
    choosing: correction.createStateConfig({
      on: {
        OwnCardFound: {
          guard: { type: "isFoundFor", params: { intent: "correct" } },
          target: "#flow.correcting",
          actions: assign({
            correction: ({ event: { card, number, name } }) => ({
              ...{ card, number, name, part: null, photo: null },
            }),
          }),
        },
      },
    }),
  },
  interrupts: {
    announced_if_lost: correction.createStateConfig({
      on: { CorrectionAsked: askForOwnCard(() => "correct") },
    }),
  },
  everywhere: {
    taps: [
      onTap<typeof correct["fields"], BatchMemory>(
        correct,
        forMakers(({ context }, { number }) =>
          // Cards of the batch that do not exist yet would go without the correction.
          isMinting(context) ? { type: "BatchAwaited" } : { type: "CorrectionAsked", number }
        ),
      ),
    ],
  },
});
