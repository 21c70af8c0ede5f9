/** What begins a card and skips its package, and what is heard where these are shown. */
import { defineButton } from "../flow/button.ts";
import type { HearResult, InputContext } from "../flow/input_context.ts";
import type { DraftMemory } from "./card_draft.ts";
import { pictureIn } from "./check_photo.ts";
import { issueBatch } from "./issue_batch.ts";

export const issue = defineButton("issue", {});
export const skip = defineButton("skip", {});

/** A tap on what began it, while nothing is there that a new beginning would lose. */
export function hearAgain(
  { input, context: { draft } }: InputContext<DraftMemory>,
): HearResult<never, never> {
  const fresh = draft && draft.name === null && draft.description === null &&
    draft.copies === undefined;
  return fresh && issue.read(input) ? { type: "IssueAwaited" } : undefined;
}

/** The same where a batch has begun, and its number is asked for. */
export function hearBatchAgain({ input }: InputContext<unknown>): HearResult<never, never> {
  return issueBatch.read(input) && { type: "IssueAwaited" };
}

/** The photo of the package, or that there is none. */
export function hearPackaged({ input }: InputContext<DraftMemory>): HearResult<never, never> {
  const picture = pictureIn(input);
  if (picture) return { type: "PackagedPhotoProvided", file: picture.file };
  return skip.read(input) && { type: "PackagedPhotoSkipped" };
}
