/** A draft as its maker sees it before it is issued: what is shown, and what they say to it. */
import { z } from "zod";
import { Copies } from "../../events/batch.ts";
import { CardPart } from "../../events/correction.ts";
import { Sha256 } from "../../events/photo.ts";
import { defineButton } from "../flow/button.ts";
import { defineSend, type ParamsOf } from "../flow/effect.ts";
import type { HearResult, InputContext } from "../flow/input_context.ts";
import { pictureIn } from "./check_photo.ts";
import { firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import { completeDraft, type DraftMemory, hearPackagedFromAlbum, isWhole } from "./card_draft.ts";

export const approve = defineButton("approve", {});
export const reopen = defineButton("reopen", { part: CardPart });
export const review = defineButton("review", {});
/** It says what is wanted, so that a second tap changes nothing. */
export const show = defineButton("show", { from: z.enum(["issue", "check"]) });

export const buttons = [approve, reopen, review, show] as const;

/**
 * Show the draft as buyers will see the card, and what can be done with it. Its words may be sealed
 * with the person's key.
 */
export const showDraft = defineSend("showDraft", {
  ...{ name: z.string(), description: z.string() },
  ...{ original: Sha256, packaged: Sha256.nullable() },
  copies: Copies.nullable(),
  published: z.literal(true).exactOptional(),
});

/** The draft in memory, to be shown. */
export function draftToShow(context: DraftMemory): ParamsOf<typeof showDraft> {
  const { card, copies = null } = completeDraft(context);
  return { ...card, copies };
}

/** The draft in memory, to be issued. */
export const cardToIssue = (
  { context, event }: { context: DraftMemory; event: RecordedFact },
) => ({ callId: firstCall(event), ...completeDraft(context).card });

/** What a maker makes of a card that was shown, also while a part of it is told anew. */
export function hearBesideQuestions(
  inputContext: InputContext<DraftMemory>,
): HearResult<"not_now" | "third_photo", never> {
  const { input, context: { draft } } = inputContext;
  if (draft?.preview && isWhole(draft)) {
    if (approve.read(input)) return { type: "DraftApproved" };
    if (review.read(input)) return { type: "DraftReviewed" };
    const reopened = reopen.read(input);
    if (reopened) return { type: "DraftReopened", part: reopened.part };
    const shown = show.read(input);
    if (shown) return { type: "VisibilityChosen", early: shown.from === "issue" };
  }
  // The item is shown anew, and in the same album its package.
  return hearPackagedFromAlbum(inputContext, { evenSkipped: draft?.original.is === "checking" });
}

/** The rest of an album with the item, whose check took no time. */
export const hearLatePackaged = (inputContext: InputContext<DraftMemory>) =>
  pictureIn(inputContext.input) && hearPackagedFromAlbum(inputContext, { evenSkipped: true });

interface Told {
  context: DraftMemory;
  event: RecordedFact;
}

const isShown = ({ draft }: DraftMemory): boolean =>
  draft !== null && draft.preview === true && isWhole(draft);

export const previewGuards = {
  /** The maker is shown the card before it is issued. */
  previews: ({ context: { draft } }: Told): boolean => draft?.preview === true,
  /** Nothing of it is missing, and it was shown. */
  isShown: ({ context }: Told): boolean => isShown(context),
  isApproved: ({ context }: Told, { batch }: { batch: boolean }): boolean =>
    isShown(context) && (context.draft?.copies !== undefined) === batch,
  /** It was shown otherwise until now. */
  isShownOtherwise: ({ context, event }: Told): boolean =>
    event.type === "VisibilityChosen" && isShown(context) &&
    event.early !== (context.draft?.early ?? false),
  isReopened: ({ context, event }: Told, { part }: { part: CardPart }): boolean =>
    event.type === "DraftReopened" && event.part === part && isShown(context),
};
