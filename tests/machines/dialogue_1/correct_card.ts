// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** A maker corrects an issued card: chooses what of it, sends it anew, and the card says so. */
import { clearWizard, leaveFlow } from "./begin_anew.ts";
import { checkIt, sayPhotoRefused } from "./check_photo.ts";
import { type Context, type Correction, dialogueSetup, firstCall } from "./dialogue_setup.ts";
import type { Button } from "./effects.ts";
import { forMakers, type Heard, type Hearing, type HearsTable } from "./input.ts";
import { hearDescription, hearName } from "./issue_card_hears.ts";

const { assign, createStateConfig } = dialogueSetup;
const slot = "wizard" as const;
const cancelRow: readonly Button[] = [{ label: "cancel", action: { do: "cancel" } }];
const partRows: readonly (readonly Button[])[] = [
  [
    { label: "part_name", action: { do: "amend", part: "name" } },
    { label: "part_description", action: { do: "amend", part: "description" } },
  ],
  [
    { label: "part_original", action: { do: "amend", part: "original" } },
    { label: "part_packaged", action: { do: "amend", part: "packaged" } },
  ],
  cancelRow,
];

const correctionWith = (
  { correction }: Context,
  change: Partial<Correction>,
): Pick<Context, "correction"> => ({
  correction: correction ? { ...correction, ...change } : null,
});

/** What is found becomes what is corrected. */
export const beginCorrection = assign(({ event }): Partial<Context> => {
  if (event.type !== "OwnCardFound") return {};
  const { card, number, name } = event;
  return { correction: { card, number, name, part: null, photo: null } };
});

const askPart = dialogueSetup.enqueueActions(({ enqueue, context: { correction } }) => {
  if (!correction) return;
  const { number, name } = correction;
  enqueue({
    type: "say",
    params: { text: "ask_part", values: { number, name }, slot, buttons: partRows },
  });
});
const keepPart = assign(({ context, event }) =>
  event.type === "CorrectionChosen" ? correctionWith(context, { part: event.part }) : {}
);
const awaitPhoto = assign(({ context, event }) =>
  correctionWith(context, { photo: firstCall(event) })
);
const losePhoto = assign(({ context }) => correctionWith(context, { photo: null }));
const ask = assign(({ event }) => ({
  asked: { callId: firstCall(event), intent: "correct" as const },
}));
const correctIt = dialogueSetup.enqueueActions(({ enqueue, context: { correction }, event }) => {
  if (!correction?.part) return;
  const value = event.type === "NameProvided"
    ? event.name
    : event.type === "DescriptionProvided"
    ? event.description
    : event.type === "PhotoKept"
    ? event.sha256
    : null;
  const unchanged = { name: null, description: null, original: null, packaged: null };
  const params = { ...unchanged, [correction.part]: value };
  enqueue({
    type: "correctCard",
    params: { callId: firstCall(event), number: correction.number, ...params },
  });
});
const showIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type === "CardCorrected") {
    enqueue({ type: "showOwnCard", params: { card: event.card } });
  }
});

export const correcting = createStateConfig({
  initial: "part",
  exit: assign({ correction: null }),
  on: {
    ...leaveFlow("correction_left"),
    CorrectionChosen: [
      { guard: "choosesName", target: ".name", actions: keepPart },
      { guard: "choosesDescription", target: ".description", actions: keepPart },
      { guard: "choosesOriginal", target: ".original", actions: keepPart },
      { target: ".packaged", actions: keepPart },
    ],
  },
  states: {
    part: { entry: askPart },
    name: {
      entry: { type: "say", params: { text: "ask_new_name", slot, buttons: [cancelRow] } },
      on: { NameProvided: "saving" },
    },
    description: {
      entry: { type: "say", params: { text: "ask_new_description", slot, buttons: [cancelRow] } },
      on: { DescriptionProvided: "saving" },
    },
    original: {
      entry: { type: "say", params: { text: "ask_new_original", slot, buttons: [cancelRow] } },
      on: { PhotoProvided: { target: "checking_photo", actions: [awaitPhoto, checkIt] } },
    },
    packaged: {
      entry: { type: "say", params: { text: "ask_new_packaged", slot, buttons: [cancelRow] } },
      on: { PackagedPhotoProvided: { target: "checking_photo", actions: [awaitPhoto, checkIt] } },
    },
    checking_photo: {
      exit: losePhoto,
      on: {
        PhotoKept: { guard: "isCorrectionPhoto", target: "saving" },
        PhotoRefused: [
          { guard: "isCorrectionPackaged", target: "packaged", actions: sayPhotoRefused },
          { guard: "isCorrectionPhoto", target: "original", actions: sayPhotoRefused },
        ],
      },
    },
    saving: {
      entry: [ask, correctIt],
      exit: assign({ asked: null }),
      on: {
        CardCorrected: {
          guard: "isAsked",
          target: "#flow.idle",
          actions: [
            clearWizard,
            { type: "say", params: { text: "card_corrected" } },
            showIt,
          ],
        },
        OwnCardMissing: {
          guard: "isAsked",
          target: "#flow.idle",
          actions: [clearWizard, { type: "say", params: { text: "correction_left" } }],
        },
      },
    },
  },
});

/** What a correction makes of what is sent to it; another part may be chosen instead at any step. */
export const correctCardHears: HearsTable = forMakers({
  "flow.correcting": { hears: hearPart },
  "flow.correcting.part": { expects: "part", hears: () => undefined },
  "flow.correcting.name": { expects: "name", hears: hearName },
  "flow.correcting.description": { expects: "description", hears: hearDescription },
  "flow.correcting.original": {
    expects: "photo",
    hears: ({ input }) =>
      input.kind === "photo" || input.kind === "image_file"
        ? { type: "PhotoProvided", file: input.file, album: null }
        : undefined,
  },
  "flow.correcting.packaged": {
    expects: "new_packaged",
    hears: ({ input }) =>
      input.kind === "photo" || input.kind === "image_file"
        ? { type: "PackagedPhotoProvided", file: input.file }
        : undefined,
  },
  "flow.correcting.checking_photo": {
    expects: "patience",
    hears: ({ input }) =>
      input.kind === "photo" || input.kind === "image_file" ? { refused: "not_now" } : undefined,
  },
});

function hearPart({ input }: Hearing): Heard {
  return input.kind === "tap" && input.action?.do === "amend"
    ? { type: "CorrectionChosen", part: input.action.part }
    : undefined;
}
