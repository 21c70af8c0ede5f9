/** What begins a card and skips its package, and what is heard where these are shown. */
import { defineButton } from "../flow/button.ts";
import type { HearResult, InputContext } from "../flow/input_context.ts";
import type { DraftMemory } from "./card_draft.ts";
import { withMessage } from "../flow/input.ts";
import { pictureIn } from "./check_photo.ts";

export const issue = defineButton("issue", {});
export const skip = defineButton("skip", {});

/** The photo of the package, or that there is none. */
export function hearPackaged({ input }: InputContext<DraftMemory>): HearResult<never, never> {
  const picture = pictureIn(input);
  if (picture) {
    return { type: "PackagedPhotoProvided", file: picture.file, ...withMessage(input) };
  }
  return skip.read(input) && { type: "PackagedPhotoSkipped" };
}
