// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** A maker issues a card: photo, name, description, perhaps the package, and the card exists. */
import { beginMinting, continueMinting } from "./batch.ts";
import { beginAnew, clearWizard, leaveFlow } from "./begin_anew.ts";
import { checkIt, sayPhotoRefused } from "./check_photo.ts";
import { type Context, dialogueSetup, type Draft, firstCall } from "./dialogue_setup.ts";
import type { Button } from "./effects.ts";
import type { Heard, Hearing } from "./input.ts";

const emptyDraft: Draft = {
  original: { is: "missing" },
  packaged: { is: "missing" },
  name: null,
  description: null,
  album: null,
};

const draftWith = (context: Context, change: Partial<Draft>): Pick<Context, "draft"> => ({
  draft: { ...(context.draft ?? emptyDraft), ...change },
});

const { assign, createStateConfig } = dialogueSetup;

const cancelButton: Button = { label: "cancel", action: { do: "cancel" } };
const slot = "wizard" as const;

const keepName = assign(({ context, event }) =>
  event.type === "NameProvided" ? draftWith(context, { name: event.name }) : {}
);
const keepDescription = assign(({ context, event }) =>
  event.type === "DescriptionProvided" ? draftWith(context, { description: event.description }) : {}
);
const keepOriginal = assign(({ context, event }) =>
  event.type === "PhotoKept"
    ? draftWith(context, { original: { is: "kept", sha256: event.sha256 } })
    : {}
);
const keepPackaged = assign(({ context, event }) =>
  event.type === "PhotoKept"
    ? draftWith(context, { packaged: { is: "kept", sha256: event.sha256 } })
    : {}
);
const awaitOriginal = assign(({ context, event }) =>
  event.type === "PhotoProvided"
    ? draftWith(context, {
      original: { is: "checking", callId: firstCall(event) },
      album: event.album,
    })
    : {}
);
const loseOriginal = assign(({ context }) => draftWith(context, { original: { is: "missing" } }));
const awaitPackaged = assign(({ context, event }) =>
  draftWith(context, { packaged: { is: "checking", callId: firstCall(event) } })
);
const losePackaged = assign(({ context }) => draftWith(context, { packaged: { is: "missing" } }));
const keepCopies = assign(({ context, event }) =>
  event.type === "CopiesChosen" ? draftWith(context, { copies: event.copies }) : {}
);
const forgetDraft = assign({ draft: null });

const ask = assign(({ event }) => ({
  asked: { callId: firstCall(event), intent: "issue" as const },
}));
const issueIt = dialogueSetup.enqueueActions(({ enqueue, context, event }) => {
  const { name, description, original, packaged } = context.draft ?? emptyDraft;
  if (name === null || description === null || original.is !== "kept") return;
  enqueue({
    type: "issueCard",
    params: {
      callId: firstCall(event),
      name,
      description,
      original: original.sha256,
      packaged: packaged.is === "kept" ? packaged.sha256 : null,
    },
  });
});
const showIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type === "CardIssued") {
    enqueue({ type: "showIssued", params: { card: event.card } });
  }
});

const sayDescriptionKept = { type: "say", params: { text: "description_kept", slot } } as const;
const sayLeft = { type: "say", params: { text: "issue_left" } } as const;
const leave = { actions: [clearWizard, sayLeft] };

export const issueCard = createStateConfig({
  entry: assign({ draft: emptyDraft, withdrawal: null }),
  exit: forgetDraft,
  initial: "photo",
  on: {
    ...leaveFlow("issue_left"),
    ...beginAnew(clearWizard, sayLeft),
    IssueBegun: { ...leave, target: "#flow.issuing", reenter: true },
    OwnCardChosen: { ...leave, target: "#flow.choosing" },
    RestorationAsked: { ...leave, target: "#flow.restoring" },
    PackagedPhotoProvided: { actions: [awaitPackaged, checkIt] },
    PhotoKept: { guard: "isPackagedCall", actions: keepPackaged },
    PhotoRefused: { guard: "isPackagedCall", actions: [losePackaged, sayPhotoRefused] },
  },
  states: {
    /** Where to, given what is already known? */
    next: {
      always: [
        { guard: "lacksOriginal", target: "photo" },
        { guard: "lacksName", target: "name" },
        { guard: "lacksDescription", target: "description" },
        { guard: "awaitsPackaged", target: "checking_packaged" },
        { guard: "lacksPackaged", target: "packaged" },
        { guard: "isBatch", target: "ordering" },
        { target: "minting" },
      ],
    },
    /** Of a batch: how many? Then it is like one card. */
    copies: {
      entry: { type: "say", params: { text: "ask_copies", slot, buttons: [[cancelButton]] } },
      on: { CopiesChosen: { target: "next", actions: keepCopies } },
    },
    photo: {
      entry: { type: "say", params: { text: "ask_photo", slot, buttons: [[cancelButton]] } },
      on: {
        PhotoProvided: { target: "checking_photo", actions: [awaitOriginal, checkIt] },
      },
    },
    checking_photo: {
      on: {
        NameProvided: {
          actions: [keepName, { type: "say", params: { text: "name_kept", slot } }],
        },
        DescriptionProvided: {
          actions: [keepDescription, sayDescriptionKept],
        },
        PhotoKept: { guard: "isOriginalCall", target: "next", actions: keepOriginal },
        PhotoRefused: {
          guard: "isOriginalCall",
          target: "next",
          actions: [loseOriginal, sayPhotoRefused],
        },
      },
    },
    name: {
      entry: { type: "say", params: { text: "ask_name", slot, buttons: [[cancelButton]] } },
      on: { NameProvided: { target: "next", actions: keepName } },
    },
    description: {
      entry: { type: "say", params: { text: "ask_description", slot, buttons: [[cancelButton]] } },
      on: {
        DescriptionProvided: [
          {
            guard: "awaitsPackaged",
            target: "checking_packaged",
            actions: [keepDescription, sayDescriptionKept],
          },
          { target: "next", actions: keepDescription },
        ],
      },
    },
    packaged: {
      entry: {
        type: "say",
        params: {
          text: "ask_packaged",
          slot,
          buttons: [[{ label: "skip", action: { do: "skip" } }], [cancelButton]],
        },
      },
      on: {
        PackagedPhotoProvided: { target: "checking_packaged", actions: [awaitPackaged, checkIt] },
        PackagedPhotoSkipped: {
          target: "next",
          actions: assign(({ context }) => draftWith(context, { packaged: { is: "skipped" } })),
        },
      },
    },
    checking_packaged: {
      on: {
        PhotoKept: { guard: "isPackagedCall", target: "next", actions: keepPackaged },
        PhotoRefused: {
          guard: "isPackagedCall",
          target: "next",
          actions: [losePackaged, sayPhotoRefused],
        },
      },
    },
    /** Passed through: the batch is issued beside what its maker does next. */
    ordering: {
      entry: [beginMinting, continueMinting],
      always: { target: "#flow.idle", actions: clearWizard },
    },
    minting: {
      entry: [ask, issueIt],
      exit: assign({ asked: null }),
      on: {
        CardIssued: { guard: "isAsked", target: "#flow.idle", actions: [clearWizard, showIt] },
        IssueRefused: {
          guard: "isAsked",
          target: "#flow.idle",
          actions: [clearWizard, { type: "say", params: { text: "admin_refused" } }],
        },
      },
    },
  },
});

/** The button that begins it, from any state. */
export function hearIssue({ input, admin }: Hearing): Heard {
  if (input.kind !== "tap" || input.action?.do !== "issue") return undefined;
  return admin ? { type: "IssueBegun" } : { type: "AdminRefused" };
}
