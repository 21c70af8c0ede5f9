/** A maker issues a card: photo, name, description, perhaps the package, and the card exists. */
import { assign, setup } from "xstate";
import { CardId, CardIssued, Description, Name } from "../../events/card.ts";
import { IssueRefused } from "../../events/maker.ts";
import { Sha256 } from "../../events/photo.ts";
import { kitGuards } from "../flow/asking.ts";
import { defineButton } from "../flow/button.ts";
import type { Flow, FlowTypes } from "../flow/define_flow.ts";
import { actionsOf, defineAsk, defineSend, type ParamsOf } from "../flow/effect.ts";
import { callOf, firstCall, type Happened } from "../flow/happened.ts";
import { forMakers, type Heard, type Hearing, onTap } from "../flow/hearing.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { defineWords } from "../flow/words.ts";
import { cancelRow } from "./cancel.ts";
import { hearDescription, hearName, type words as cardWords } from "./card_words.ts";
import {
  checkIt,
  checkPhoto,
  pictureIn,
  sayPhotoRefused,
  type words as photoWords,
} from "./check_photo.ts";
import type { words as homeWords } from "./home.ts";
import {
  type BatchMemory,
  continueBatch,
  continueMinting,
  hearCopies,
  issueBatchFlow,
  showProgress,
  type words as batchWords,
} from "./issue_batch.ts";
import { menuFlow } from "./menu.ts";

/** A photo on its way into a draft. */
export type DraftPhoto =
  | { is: "missing" }
  | { is: "checking"; callId: string }
  | { is: "kept"; sha256: string }
  | { is: "skipped" };

/** A card that is being issued. */
export interface Draft {
  original: DraftPhoto;
  packaged: DraftPhoto;
  name: string | null;
  description: string | null;
  /** The album in which the original came; its next photo is the packaged one. */
  album: string | null;
  /** Of how many cards; only a batch's draft has it. */
  copies?: number;
}

type Known = { draft: Draft | null } & BatchMemory;

const words = defineWords({
  texts: {
    ask_photo: {},
    ask_name: {},
    ask_description: {},
    ask_packaged: {},
    name_kept: {},
    description_kept: {},
    issue_left: {},
  },
  labels: ["issue", "skip"],
  expects: ["packaged"],
  refusals: ["third_photo"],
});
type Words =
  | typeof words
  | typeof homeWords
  | typeof photoWords
  | typeof cardWords
  | typeof batchWords;
type Own = Heard<Words["refusals"][number], Words["expects"][number]>;

export const issue = defineButton("issue", {});
export const skip = defineButton("skip", {});

/** Mint a code and issue the card; refused where the right is gone. */
export const issueCard = defineAsk("issueCard", {
  ...{ name: Name, description: Description, original: Sha256, packaged: Sha256.nullable() },
}, [CardIssued, IssueRefused]);

/** Show a finished card with its QR to its maker. */
export const showIssued = defineSend("showIssued", { card: CardId });

type Part = "original" | "packaged" | "name" | "description";

const isAwaited = (photo: DraftPhoto | undefined, event: Happened): boolean =>
  photo?.is === "checking" && photo.callId === callOf(event);

const guards = {
  /** The fact answers the check of this photo. */
  isPhotoCall: (
    { context, event }: { context: Known; event: Happened },
    { photo }: { photo: "original" | "packaged" },
  ): boolean => isAwaited(context.draft?.[photo], event),
  lacks: ({ context: { draft } }: { context: Known }, { part }: { part: Part }): boolean => {
    const value = draft?.[part];
    return value === null || typeof value === "object" && value.is === "missing";
  },
  awaitsPackaged: ({ context }: { context: Known }): boolean =>
    context.draft?.packaged.is === "checking",
  isBatch: ({ context }: { context: Known }): boolean => context.draft?.copies !== undefined,
};

const issuer = setup({
  types: {} as FlowTypes<Known, Words>,
  actions: actionsOf(
    ...[...kitEffects, checkPhoto, issueCard, showIssued, continueBatch, showProgress] as const,
  ),
  guards: { ...kitGuards, ...guards },
});

const emptyDraft: Draft = {
  original: { is: "missing" },
  packaged: { is: "missing" },
  name: null,
  description: null,
  album: null,
};

const draftOf = ({ draft }: Known): Draft => draft ?? emptyDraft;
const draftWith = (context: Known, change: Partial<Draft>): Draft => ({
  ...draftOf(context),
  ...change,
});

/** All that a card is made of; the last state is entered with nothing missing. */
function whole(context: Known) {
  const { name, description, original, packaged, copies } = draftOf(context);
  if (name === null || description === null || original.is !== "kept") {
    throw new Error("Cannot issue a card: its draft is not complete");
  }
  const kept = packaged.is === "kept" ? packaged.sha256 : null;
  return { card: { name, description, original: original.sha256, packaged: kept }, copies };
}

const question = { slot: "wizard", buttons: [cancelRow] };
const clearWizard = { type: "clear", params: { slot: "wizard" } } as const;
const sayDescriptionKept = {
  type: "say",
  params: words.say("description_kept", {}, { slot: "wizard" }),
} as const;

const awaitPackaged = issuer.assign({
  draft: ({ context, event }) =>
    draftWith(context, { packaged: { is: "checking", callId: firstCall(event) } }),
});
const losePackaged = issuer.assign({
  draft: ({ context }) => draftWith(context, { packaged: { is: "missing" } }),
});
const keep = (photo: "original" | "packaged") =>
  issuer.assign({
    draft: ({ context, event }) =>
      event.type === "PhotoKept"
        ? draftWith(context, { [photo]: { is: "kept", sha256: event.sha256 } })
        : context.draft,
  });
const keepWords = issuer.assign({
  draft: ({ context, event }) => {
    if (event.type === "NameProvided") return draftWith(context, { name: event.name });
    if (event.type !== "DescriptionProvided") return context.draft;
    return draftWith(context, { description: event.description });
  },
});

const issuing = issuer.createStateConfig({
  initial: "photo",
  meta: { hears: forMakers(hearPackagedFromAlbum) },
  entry: assign({ draft: emptyDraft }),
  exit: assign({ draft: null }),
  on: {
    PackagedPhotoProvided: { actions: [awaitPackaged, checkIt] },
    PhotoKept: {
      guard: { type: "isPhotoCall", params: { photo: "packaged" } },
      actions: keep("packaged"),
    },
    PhotoRefused: {
      guard: { type: "isPhotoCall", params: { photo: "packaged" } },
      actions: [losePackaged, sayPhotoRefused],
    },
  },
  states: {
    /** Where to, given what is already known? */
    next: {
      always: [
        { guard: { type: "lacks", params: { part: "original" } }, target: "photo" },
        { guard: { type: "lacks", params: { part: "name" } }, target: "name" },
        { guard: { type: "lacks", params: { part: "description" } }, target: "description" },
        { guard: "awaitsPackaged", target: "checking_packaged" },
        { guard: { type: "lacks", params: { part: "packaged" } }, target: "packaged" },
        { guard: "isBatch", target: "ordering" },
        { target: "minting" },
      ],
    },
    /** Of a batch: how many? Then it is like one card. */
    copies: {
      meta: { expects: "copies", hears: forMakers(hearCopies) },
      entry: { type: "say", params: issueBatchFlow.words.say("ask_copies", {}, question) },
      on: {
        CopiesChosen: {
          target: "next",
          actions: assign({
            draft: ({ context, event: { copies } }) => draftWith(context, { copies }),
          }),
        },
      },
    },
    photo: {
      meta: { expects: "photo", hears: forMakers(hearOriginal) },
      entry: { type: "say", params: words.say("ask_photo", {}, question) },
      on: {
        PhotoProvided: {
          target: "checking_photo",
          actions: [
            assign({
              draft: ({ context, event }) =>
                draftWith(context, {
                  original: { is: "checking", callId: firstCall(event) },
                  album: event.album,
                }),
            }),
            checkIt,
          ],
        },
      },
    },
    checking_photo: {
      meta: {
        expects: "patience",
        hears: forMakers((hearing) => {
          const { draft } = hearing.context;
          if (draft?.name === null) return hearName(hearing);
          return draft?.description === null ? hearDescription(hearing) : undefined;
        }),
      },
      on: {
        NameProvided: {
          actions: [
            keepWords,
            { type: "say", params: words.say("name_kept", {}, { slot: "wizard" }) },
          ],
        },
        DescriptionProvided: { actions: [keepWords, sayDescriptionKept] },
        PhotoKept: {
          guard: { type: "isPhotoCall", params: { photo: "original" } },
          target: "next",
          actions: keep("original"),
        },
        PhotoRefused: {
          guard: { type: "isPhotoCall", params: { photo: "original" } },
          target: "next",
          actions: [
            assign({
              draft: ({ context }) => draftWith(context, { original: { is: "missing" } }),
            }),
            sayPhotoRefused,
          ],
        },
      },
    },
    name: {
      meta: { expects: "name", hears: forMakers(hearName) },
      entry: { type: "say", params: words.say("ask_name", {}, question) },
      on: { NameProvided: { target: "next", actions: keepWords } },
    },
    description: {
      meta: { expects: "description", hears: forMakers(hearDescription) },
      entry: { type: "say", params: words.say("ask_description", {}, question) },
      on: {
        DescriptionProvided: [
          {
            guard: "awaitsPackaged",
            target: "checking_packaged",
            actions: [keepWords, sayDescriptionKept],
          },
          { target: "next", actions: keepWords },
        ],
      },
    },
    packaged: {
      meta: { expects: "packaged", hears: forMakers(hearPackaged) },
      entry: {
        type: "say",
        params: words.say("ask_packaged", {}, {
          slot: "wizard",
          buttons: [[words.button("skip", skip.action({}))], cancelRow],
        }),
      },
      on: {
        PackagedPhotoProvided: { target: "checking_packaged", actions: [awaitPackaged, checkIt] },
        PackagedPhotoSkipped: {
          target: "next",
          actions: assign({
            draft: ({ context }) => draftWith(context, { packaged: { is: "skipped" } }),
          }),
        },
      },
    },
    checking_packaged: {
      meta: { expects: "patience", hears: () => undefined },
      on: {
        PhotoKept: {
          guard: { type: "isPhotoCall", params: { photo: "packaged" } },
          target: "next",
          actions: keep("packaged"),
        },
        PhotoRefused: {
          guard: { type: "isPhotoCall", params: { photo: "packaged" } },
          target: "next",
          actions: [losePackaged, sayPhotoRefused],
        },
      },
    },
    /** Passed through: the batch is issued beside what its maker does next. */
    ordering: {
      entry: [
        assign({ minting: ({ context, event }) => ordered(context, event) }),
        ...continueMinting,
      ],
      always: { target: "#flow.idle", actions: clearWizard },
    },
    minting: {
      entry: [
        assign({ asked: ({ event }) => ({ callId: firstCall(event), intent: "issue" }) }),
        { type: "issueCard", params: ({ context, event }) => asked(context, event) },
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

/** The batch that the draft becomes, whose first cards are due. */
function ordered(context: Known, event: Happened): BatchMemory["minting"] {
  const { card, copies = 0 } = whole(context);
  const call = { callId: firstCall(event), is: "due" as const };
  return { call, batch: null, editions: copies, done: 0, ...card };
}

function asked(context: Known, event: Happened): ParamsOf<typeof issueCard> {
  return { callId: firstCall(event), ...whole(context).card };
}

function hearOriginal({ input, context }: Hearing<Known>): Own {
  const picture = pictureIn(input);
  // Asked for again, while the rest of the album with the refused one still comes in.
  if (!picture || isOfAlbum(picture, context)) return undefined;
  return { type: "PhotoProvided", file: picture.file, album: picture.album };
}

function hearPackaged({ input }: Hearing<Known>): Own {
  const picture = pictureIn(input);
  if (picture) return { type: "PackagedPhotoProvided", file: picture.file };
  return skip.read(input) && { type: "PackagedPhotoSkipped" };
}

/** The second photo of the original's album is the packaged one, whenever it comes; a third is none. */
function hearPackagedFromAlbum({ input, context }: Hearing<Known>): Own {
  const picture = pictureIn(input);
  if (!picture) return undefined;
  if (!isOfAlbum(picture, context)) return { refused: "not_now" };
  return context.draft?.packaged.is === "missing"
    ? { type: "PackagedPhotoProvided", file: picture.file }
    : { refused: "third_photo" };
}

/** Whether it came together with the original. */
function isOfAlbum({ album }: { album: string | null }, { draft }: Known): boolean {
  return album !== null && album === draft?.album;
}

export const issueCardFlow = {
  name: "issue_card",
  words,
  buttons: [issue, skip],
  effects: [issueCard, showIssued],
  guards,
  memory: { draft: null },
  states: { issuing },
  wizards: {
    issuing: {
      isOpen: ({ draft }) => draft !== null,
      left: words.say("issue_left", {}),
      loses: true,
    },
  },
  leads: {
    told: issuer.createStateConfig({
      on: { IssueBegun: { target: "#flow.issuing", reenter: true } },
    }),
  },
  everywhere: { taps: [onTap(issue, forMakers(() => ({ type: "IssueBegun" })))] },
} satisfies Flow;
