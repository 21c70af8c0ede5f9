/** What every flow does with a photo that it was sent: has it checked, and says what is wrong. */
import { z } from "zod";
import {
  PhotoKept,
  PhotoRefused,
  type TelegramFile,
  TelegramFile as File,
} from "../../events/photo.ts";
import { defineFlow } from "../flow/flow.ts";
import { defineJob } from "../flow/effect.ts";
import { firstCall } from "../flow/recorded_fact.ts";
import type { Input } from "../flow/input.ts";
import { WIZARD } from "../flow/wizard.ts";
import { defineWords } from "../flow/words.ts";

export const words = defineWords({
  texts: { photo_refused: { reason: z.string() } },
  expects: ["photo", "patience"],
  refusals: ["not_now"],
});

/** Fetch, check and keep a photo. */
export const checkPhoto = defineJob("checkPhoto", { file: File }, [PhotoKept, PhotoRefused]);

/** Checks the photo that this fact brought. */
export const checkFile = {
  type: "checkPhoto",
  params: ({ event }: { event: { version: number; file: TelegramFile } }) => ({
    callId: firstCall(event),
    file: event.file,
  }),
} as const;

/** Says what is wrong with the photo, amid the questions of the wizard that wanted it. */
export const sayPhotoRefused = {
  type: "say",
  params: ({ event: { reason } }: { event: { reason: string } }) =>
    words.say("photo_refused", { reason }, { slot: WIZARD }),
} as const;

/** The picture that came, as a photo or as a file. */
export function pictureIn(input: Input) {
  return input.kind === "photo" || input.kind === "image_file" ? input : undefined;
}

export const checkPhotoFlow = defineFlow({ name: "check_photo", words, effects: [checkPhoto] });
