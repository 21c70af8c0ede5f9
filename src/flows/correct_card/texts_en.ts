import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    ask_part: ({ number, name }) =>
      `<b>Correcting card No.\u00a0${number}</b>\n${name}\n\n` +
      "What needs correcting? If the card is part of a batch, the whole batch is corrected.",
    ask_new_name: () => "Type the new name, up to 80 characters.",
    ask_new_description: () => "Type the new description, up to 700 characters.",
    ask_new_original: () => "Send the new photo of the item: JPEG, PNG or WebP, up to 20 MB.",
    ask_new_packaged: () =>
      "Send the new photo of the item in its package: JPEG, PNG or WebP, up to 20 MB.",
    card_corrected: () => "Corrected. Every check will say when the card was changed.",
    correction_left: () => "The correction was left unfinished; the card is unchanged.",
  },
  labels: {
    correct: "Correct",
    part_name: "Name",
    part_description: "Description",
    part_original: "Photo",
    part_packaged: "Photo in its package",
  },
  hints: {
    part: "Choose what to correct, or tap “Cancel”.",
    new_packaged: "Send a photo in the package: JPEG, PNG or WebP, up to 20 MB. To stop: /cancel",
  },
};
