import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    ask_photo: () =>
      "<b>New card, step 1 of 4: the photo</b>\n" +
      "Send a photo of the item itself, as a photo or as a file: JPEG, PNG or WebP, up to 20 MB. " +
      "An album of two will do as well: first the item, then the item in its package.",
    ask_name: () =>
      "<b>Step 2 of 4: the name</b>\n" +
      "The photo is fine. What is the card called? Up to 80 characters.",
    ask_description: () =>
      "<b>Step 3 of 4: the description</b>\n" +
      "Describe the item, in up to 700 characters. Everybody who checks the card will see it.",
    ask_packaged: () =>
      "<b>Step 4 of 4: the package</b>\n" +
      "Send a photo of the item in its package, or skip this step.",
    name_kept: () =>
      "I have the name. The photo is still being checked; you can send the description meanwhile.",
    description_kept: () => "I have the description. The photo is still being checked.",
    edited_name: () => "I have changed the name.",
    edited_description: () => "I have changed the description.",
    edited_copies: () => "I have changed the number of cards.",
    issue_left: () =>
      "The new card was left unfinished, and nothing was saved. To start again, open the " +
      "maker’s menu: /admin",
  },
  labels: {
    issue: "Add a new card",
    skip: "Skip",
  },
  hints: {
    packaged: "I am waiting for a photo of the item in its package. None? Tap “Skip”.",
  },
  refusals: {
    third_photo: "Two photos are enough, so I left this one out.",
  },
  captions: {
    issued: ({ number, name, description }) =>
      `The card is ready: No.\u00a0${number}\n<b>${name}</b>\n\n${description}`,
  },
};
