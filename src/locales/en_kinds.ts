/** What is said of an input whose kind does not fit, by the kind. */
import type { kinds as russian } from "./ru_kinds.ts";

/** Sentences; `unknown` is for any other kind. */
export const kinds: typeof russian = {
  command: "There is no such command.",
  text: noUse("Text"),
  photo: noUse("A photo"),
  image_file: noUse("A photo"),
  sticker: noUse("A sticker"),
  voice: noUse("A voice message"),
  video: noUse("A video"),
  video_note: noUse("A video message"),
  audio: noUse("Music"),
  animation: noUse("A GIF"),
  document: noUse("A file of this kind"),
  location: noUse("A location"),
  contact: noUse("A contact"),
  poll: noUse("A poll"),
  dice: noUse("A die"),
  story: noUse("A story"),
  unknown: "I cannot read such a message.",
};

function noUse(noun: string): string {
  return `${noun} is of no use here.`;
}
