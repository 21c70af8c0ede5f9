/** A maker issues a card: photo, name, description, perhaps the package, and the card exists. */
import { assign, setup } from "xstate";
import { z } from "zod";
import { CardId, CardIssued, OwnWords } from "../../events/card.ts";
import { CardPart } from "../../events/correction.ts";
import { IssueRefused } from "../../events/maker.ts";
import { Sha256 } from "../../events/photo.ts";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineAsk, defineSend } from "../flow/effect.ts";
import { firstCall } from "../flow/recorded_fact.ts";
import { forMakers, onTap } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { clearWizard } from "../flow/wizard.ts";
import { cancellable } from "./cancel.ts";
import {
  batchOfDraft,
  begunDraft,
  captionUnder,
  changedDraft,
  draftGuards,
  type DraftMemory,
  hearOriginal,
  unlessAgain,
  unlessOfAlbum,
} from "./card_draft.ts";
import { type DraftWords, hearDescription, hearName } from "./card_words.ts";
import { checkFile, checkPhoto, sayPhotoRefused } from "./check_photo.ts";
import { hearDraftEdit, toldBy } from "./draft_edits.ts";
import * as preview from "./draft_preview.ts";
import * as question from "./draft_questions.ts";
import {
  continueBatch,
  continueMinting,
  hearCopies,
  issueBatch,
  issueBatchFlow,
  showProgress,
  type words as batchWords,
} from "./issue_batch.ts";
import { hearPackaged, issue, skip } from "./issue_taps.ts";
import { menuFlow } from "./menu.ts";

const { words, sayEditTaken, sayKept } = question;
type Words = typeof words | DraftWords | typeof batchWords;

/** Mint a code and issue the card; refused where the right is gone. */
export const issueCard = defineAsk("issueCard", {
  ...{ name: OwnWords, description: OwnWords, original: Sha256, packaged: Sha256.nullable() },
  published: z.literal(true).exactOptional(),
}, [CardIssued, IssueRefused]);

/** Show a finished card with its QR to its maker. */
export const showIssued = defineSend("showIssued", { card: CardId });

const issuer = setup({
  types: {} as FlowTypes<DraftMemory, Words>,
  actions: actionsOf(
    ...[...kitEffects, checkPhoto, issueCard, showIssued, continueBatch, showProgress] as const,
    preview.showDraft,
  ),
  guards: { ...kitGuards, ...draftGuards, ...preview.previewGuards },
});

/** The question stands in the chat already. */
const sayNothing = { actions: issuer.assign({}) };

const awaitPackaged = issuer.assign({
  draft: ({ context, event }) =>
    changedDraft(context, {
      packaged: { is: "checking", callId: firstCall(event) },
      ...captionUnder(context.draft, event),
    }),
});
const awaitOriginal = issuer.assign({
  draft: ({ context, event }) =>
    changedDraft(context, {
      original: { is: "checking", callId: firstCall(event) },
      ...captionUnder(context.draft, event),
      ...toldBy(context.draft, event),
    }),
});
const keep = (photo: "original" | "packaged") =>
  issuer.assign({
    draft: ({ context, event }) =>
      event.type === "PhotoKept"
        ? changedDraft(context, { [photo]: { is: "kept", sha256: event.sha256 } })
        : context.draft,
  });
const mark = (photo: "original" | "packaged", is: "missing" | "skipped") =>
  issuer.assign({ draft: ({ context }) => changedDraft(context, { [photo]: { is } }) });
const keepTyped = issuer.assign({
  draft: ({ context, event }) => changedDraft(context, toldBy(context.draft, event)),
});

const shownAnew = { target: "preview", reenter: true, actions: keepTyped } as const;

/** Asks for this part of a card that was shown. */
const reopening = <const Part extends CardPart>(part: Part) => ({
  guard: { type: "isReopened", params: { part } } as const,
  target: part === "original" ? ".photo" : `.${part}` as const,
});

/** Answers to the check of the package's photo, taken in every state below. */
const isPackaged = { type: "isPhotoCall", params: { photo: "packaged" } } as const;
const packagedKept = { guard: isPackaged, actions: keep("packaged") };
const packagedRefused = {
  guard: isPackaged,
  actions: [mark("packaged", "missing"), sayPhotoRefused] as const,
};

const issuing = issuer.createStateConfig({
  initial: "photo",
  meta: { hears: forMakers(preview.hearBesideQuestions), hearsEdit: forMakers(hearDraftEdit) },
  entry: assign({ draft: ({ event }) => begunDraft(event) }),
  exit: assign({ draft: null }),
  on: {
    PackagedPhotoProvided: { actions: [awaitPackaged, checkFile] },
    NameEdited: { actions: [keepTyped, sayEditTaken("name")] },
    DescriptionEdited: { actions: [keepTyped, sayEditTaken("description")] },
    CopiesEdited: { actions: [keepTyped, sayEditTaken("copies")] },
    PhotoReplaced: { target: ".checking_photo", actions: [awaitOriginal, checkFile] },
    PhotoKept: packagedKept,
    PhotoRefused: packagedRefused,
    DraftReviewed: { guard: "isShown", target: ".preview" },
    VisibilityChosen: [
      { guard: "isShownOtherwise", target: ".preview", actions: keepTyped },
      { guard: "isShown", ...sayNothing },
    ],
    DraftReopened: CardPart.options.map(reopening),
    DraftApproved: [
      { guard: { type: "isApproved", params: { batch: true } }, target: ".ordering" },
      { guard: { type: "isApproved", params: { batch: false } }, target: ".minting" },
    ],
  },
  states: {
    /** Passes on to the first question whose answer is missing. */
    next: {
      always: [
        { guard: { type: "lacks", params: { part: "original" } }, target: "photo" },
        { guard: { type: "lacks", params: { part: "name" } }, target: "name" },
        { guard: { type: "lacks", params: { part: "description" } }, target: "description" },
        { guard: "awaitsPackaged", target: "checking_packaged" },
        { guard: { type: "lacks", params: { part: "packaged" } }, target: "packaged" },
        { guard: "previews", target: "preview" },
        { guard: "isBatch", target: "ordering" },
        { target: "minting" },
      ],
    },
    /** Asks how many cards a batch has; after that a batch is gathered like one card. */
    copies: {
      meta: { expects: "copies", hears: forMakers(unlessAgain(issueBatch, hearCopies)) },
      entry: { type: "say", params: issueBatchFlow.words.say("ask_copies", {}, cancellable) },
      on: {
        CopiesChosen: { target: "next", actions: keepTyped },
        IssueAwaited: sayNothing,
      },
    },
    photo: {
      meta: { expects: "photo", hears: forMakers(unlessAgain(issue, hearOriginal)) },
      entry: question.askPhoto,
      on: {
        IssueAwaited: sayNothing,
        PhotoProvided: {
          target: "checking_photo",
          actions: [awaitOriginal, checkFile],
        },
      },
    },
    checking_photo: {
      meta: {
        expects: "patience",
        hears: forMakers(unlessOfAlbum((inputContext) => {
          const { draft } = inputContext.context;
          if (draft?.name === null) return hearName(inputContext);
          return draft?.description === null ? hearDescription(inputContext) : undefined;
        })),
      },
      on: {
        NameProvided: { actions: [keepTyped, sayKept("name")] },
        DescriptionProvided: { actions: [keepTyped, sayKept("description")] },
        PhotoKept: {
          guard: { type: "isPhotoCall", params: { photo: "original" } },
          target: "next",
          actions: keep("original"),
        },
        PhotoRefused: {
          guard: { type: "isPhotoCall", params: { photo: "original" } },
          target: "next",
          actions: [mark("original", "missing"), sayPhotoRefused],
        },
      },
    },
    name: {
      meta: { expects: "name", hears: forMakers(unlessOfAlbum(question.hearNameOrTaken)) },
      entry: question.askName,
      on: { NameProvided: { target: "next", actions: keepTyped } },
    },
    description: {
      meta: { expects: "description", hears: forMakers(unlessOfAlbum(hearDescription)) },
      entry: question.askDescription,
      on: {
        DescriptionProvided: [
          {
            guard: "awaitsPackaged",
            target: "checking_packaged",
            actions: [keepTyped, sayKept("description")],
          },
          { target: "next", actions: keepTyped },
        ],
      },
    },
    packaged: {
      meta: { expects: "packaged", hears: forMakers(hearPackaged) },
      entry: question.askPackaged,
      on: {
        PackagedPhotoProvided: { target: "checking_packaged", actions: [awaitPackaged, checkFile] },
        PackagedPhotoSkipped: { target: "next", actions: mark("packaged", "skipped") },
      },
    },
    checking_packaged: {
      meta: { expects: "patience", hears: () => undefined },
      on: {
        PhotoKept: { ...packagedKept, target: "next" },
        PhotoRefused: { ...packagedRefused, target: "next" },
      },
    },
    /** Shows the card as buyers will see it; what is told anew meanwhile is shown anew. */
    preview: {
      meta: { expects: "approval", hears: forMakers(preview.hearLatePackaged) },
      entry: [
        clearWizard,
        { type: "showDraft", params: ({ context }) => preview.draftToShow(context) },
      ],
      on: {
        PackagedPhotoProvided: { target: "checking_packaged", actions: [awaitPackaged, checkFile] },
        ...{ NameEdited: shownAnew, DescriptionEdited: shownAnew, CopiesEdited: shownAnew },
      },
    },
    /** Left at once: the batch is issued beside what its maker does next. */
    ordering: {
      entry: [
        assign({ minting: ({ context, event }) => batchOfDraft(context, event) }),
        ...continueMinting,
      ],
      always: { target: "#flow.idle", actions: clearWizard },
    },
    minting: {
      entry: [
        assign({ asked: ({ event }) => ({ callId: firstCall(event), intent: "issue" }) }),
        { type: "issueCard", params: preview.cardToIssue },
      ],
      exit: assign({ asked: null }),
      on: {
        CardIssued: {
          guard: "isAsked",
          target: "#flow.idle",
          actions: [
            clearWizard,
            { type: "showIssued", params: ({ event: { card } }) => ({ card }) },
          ],
        },
        IssueRefused: {
          guard: "isAsked",
          target: "#flow.idle",
          actions: [clearWizard, { type: "say", params: menuFlow.words.say("admin_refused", {}) }],
        },
      },
    },
  },
});

export const issueCardFlow = defineFlow({
  name: "issue_card",
  words,
  buttons: [issue, skip, question.takeName, ...preview.buttons],
  effects: [issueCard, showIssued, preview.showDraft],
  guards: { ...draftGuards, ...preview.previewGuards },
  memory: { draft: null },
  states: { issuing },
  wizards: {
    issuing: {
      isOpen: ({ draft }) => draft !== null,
      left: words.say("issue_left", {}),
      loses: true,
    },
  },
  interrupts: {
    announced: issuer.createStateConfig({
      on: { IssueBegun: { target: "#flow.issuing", reenter: true } },
    }),
  },
  everywhere: { taps: [onTap(issue, forMakers(() => ({ type: "IssueBegun", preview: true })))] },
});
