import type { FactOf } from "../../../events/fact.ts";
import type { PhotoRefused } from "../../../events/photo.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    photo_refused: ({ reason }) => sentences.get(reason) ?? photoRefusals.broken,
  },
  hints: {
    photo: "Send a photo of the item: JPEG, PNG or WebP, up to 20 MB. Changed your mind? /cancel",
    patience: "One moment: I am checking the photo.",
  },
  refusals: {
    not_now: "No photo is needed at this point.",
    // Nothing is wrong with words: they only have to wait.
    "patience:text": "",
    "patience:photo": "I have a photo already.",
    "patience:image_file": "I have a photo already.",
  },
};

const photoRefusals = {
  not_an_image: "I cannot open this kind of picture. JPEG, PNG or WebP will do.",
  heic: "This picture is a HEIC file, which I cannot open. Send it as a photo, not as a file: " +
    "Telegram turns it into a JPEG.",
  too_big: "The file is too big: up to 20 MB will do.",
  too_many_pixels: "There are too many pixels in this picture. Make it smaller and send it again.",
  too_narrow: "The picture is too long and narrow: Telegram would not show it.",
  broken: "The file is damaged and does not open.",
  out_of_reach:
    "I cannot get photos now: that is how the bot's server is set up, and another try will not " +
    "help. Please tell whoever runs the bot.",
  unavailable: "I could not get the photo from Telegram. Please send it again.",
} satisfies Record<FactOf<typeof PhotoRefused>["reason"], string>;

/** By the reason as facts have it. */
const sentences = new Map<string, string>(Object.entries(photoRefusals));
