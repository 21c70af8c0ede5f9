/** A card as a maker gathers it, step by step: what is there, what is missing. */
import { callOf, firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import type { HearResult, InputContext } from "../flow/input_context.ts";
import { type Input, withMessage } from "../flow/input.ts";
import { hearName } from "./card_words.ts";
import { pictureIn } from "./check_photo.ts";
import type { BatchMemory } from "./issue_batch.ts";

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
  /** Words may be sealed with the maker's key. */
  name: string | null;
  description: string | null;
  /** The album in which the original came; its next photo is the packaged one. */
  album: string | null;
  /** Of how many cards; only a batch's draft has it. */
  copies?: number;
  /** It is shown before it is issued; absent where the last answer issues it. */
  preview?: true;
  /** Whether everybody may look at it before its first check; absent until its maker says so. */
  early?: boolean;
  /** What stands under its photos, to be its name; null where it is too long, or there is one. */
  caption?: string | null;
  /** The messages in which it was told; absent where messages have no numbers. */
  told?: Told;
}

/** Which message told what of a draft. */
export interface Told {
  readonly name?: number;
  readonly description?: number;
  readonly copies?: number;
  /** With the file that was in it. */
  readonly original?: { readonly message: number; readonly unique_id: string };
}

/** What issuing a card remembers; a batch that the draft becomes is issued beside every flow. */
export type DraftMemory = { draft: Draft | null } & BatchMemory;

/** What a fact that begins a draft makes of it. */
export const begunDraft = (event: RecordedFact): Draft => ({
  ...emptyDraft,
  ...("preview" in event && event.preview) && { preview: event.preview },
});

/** A draft with no part yet. */
export const emptyDraft: Draft = {
  original: { is: "missing" },
  packaged: { is: "missing" },
  name: null,
  description: null,
  album: null,
};

const draftOf = ({ draft }: DraftMemory): Draft => draft ?? emptyDraft;
/** What stands under a photo that came: the first words, until there is a name. */
export const captionUnder = (
  draft: Draft | null,
  event: RecordedFact,
): Pick<Draft, "caption"> => {
  if (typeof draft?.name === "string") return {};
  const caption = draft?.caption ?? ("caption" in event ? event.caption : undefined);
  return caption === undefined ? {} : { caption };
};

/** The draft with a change. */
export const changedDraft = (context: DraftMemory, change: Partial<Draft>): Draft => ({
  ...draftOf(context),
  ...change,
});

/** The draft as a complete card; throws where a part is missing. */
export function completeDraft(context: DraftMemory) {
  const { name, description, original, packaged, copies, early } = draftOf(context);
  if (name === null || description === null || original.is !== "kept") {
    throw new Error("Cannot issue a card: its draft is not complete");
  }
  const kept = packaged.is === "kept" ? packaged.sha256 : null;
  const published = early === true && { published: true } as const;
  return {
    card: { name, description, original: original.sha256, packaged: kept, ...published },
    copies,
  };
}

/** Whether no part is missing or still being checked. */
export const isWhole = ({ name, description, original, packaged }: Draft): boolean =>
  name !== null && description !== null && original.is === "kept" &&
  (packaged.is === "kept" || packaged.is === "skipped");

type Part = "original" | "packaged" | "name" | "description";

const isAwaited = (photo: DraftPhoto | undefined, event: RecordedFact): boolean =>
  photo?.is === "checking" && photo.callId === callOf(event);

export const draftGuards = {
  /** The fact answers the check of this photo. */
  isPhotoCall: (
    { context, event }: { context: DraftMemory; event: RecordedFact },
    { photo }: { photo: "original" | "packaged" },
  ): boolean => isAwaited(context.draft?.[photo], event),
  lacks: ({ context: { draft } }: { context: DraftMemory }, { part }: { part: Part }): boolean => {
    const value = draft?.[part];
    return value === null || typeof value === "object" && value.is === "missing";
  },
  awaitsPackaged: ({ context }: { context: DraftMemory }): boolean =>
    context.draft?.packaged.is === "checking",
  isBatch: ({ context }: { context: DraftMemory }): boolean => context.draft?.copies !== undefined,
};

/** The batch that the draft becomes, whose first cards are due. */
export function batchOfDraft(context: DraftMemory, event: RecordedFact): BatchMemory["minting"] {
  const { card, copies = 0 } = completeDraft(context);
  const call = { callId: firstCall(event), is: "due" as const };
  return { call, batch: null, editions: copies, done: 0, ...card };
}

/** Hears a tap on what began the draft as no beginning, where none of its parts would be lost. */
export const unlessAgain = <Heard extends HearResult>(
  began: { read(input: Input): unknown },
  hears: (inputContext: InputContext<DraftMemory>) => Heard,
) =>
(inputContext: InputContext<DraftMemory>): Heard | { type: "IssueAwaited" } => {
  const { input, context: { draft } } = inputContext;
  const isFresh = draft?.name === null && draft.description === null &&
    draft.copies === undefined;
  return isFresh && began.read(input) ? { type: "IssueAwaited" } : hears(inputContext);
};

/** Whether a picture came together with the original. */
function isOfAlbum({ album }: { album: string | null }, { draft }: DraftMemory): boolean {
  return album !== null && album === draft?.album;
}

/** The same, but for a picture of the original's album: what stands under it is no answer. */
export const unlessOfAlbum =
  <Heard>(hears: (inputContext: InputContext<DraftMemory>) => Heard) =>
  (inputContext: InputContext<DraftMemory>): Heard | undefined => {
    const picture = pictureIn(inputContext.input);
    return picture && isOfAlbum(picture, inputContext.context) ? undefined : hears(inputContext);
  };

/** The photo of the card itself; nothing where it is another of an album that was refused. */
export function hearOriginal(
  { input, context }: InputContext<DraftMemory>,
): HearResult<"not_now" | "third_photo", never> {
  const picture = pictureIn(input);
  // Asked for again, while the rest of the album with the refused one still comes in.
  if (!picture || isOfAlbum(picture, context)) return undefined;
  return {
    ...{ type: "PhotoProvided", file: picture.file, album: picture.album },
    ...captionOf(input),
    ...withMessage(input),
  };
}

/** For a fact with a photo: what stands under it, by the rules of a name. */
function captionOf(input: Input): { caption?: string | null } {
  const heard = hearName({ input });
  if (!heard) return {};
  if ("refused" in heard) return heard.refused === "too_long" ? { caption: null } : {};
  return heard.type === "NameProvided" ? { caption: heard.name } : {};
}

/** The second photo of the original's album is the packaged one, whenever it comes; a third is none. */
export function hearPackagedFromAlbum(
  { input, context }: InputContext<DraftMemory>,
  { evenSkipped = false } = {},
): HearResult<"not_now" | "third_photo", never> {
  const picture = pictureIn(input);
  if (!picture) return undefined;
  if (!isOfAlbum(picture, context)) return { refused: "not_now" };
  const { packaged } = context.draft ?? emptyDraft;
  return packaged.is === "missing" || evenSkipped && packaged.is === "skipped"
    ? {
      ...{ type: "PackagedPhotoProvided", file: picture.file },
      ...captionOf(input),
      ...withMessage(input),
    }
    : { refused: "third_photo" };
}
