import { cards, formatNumber } from "../../locales/en_counts.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { madeBy } from "./phrases_en.ts";
import type { ru } from "./texts_ru.ts";

/** Of a batch, each step names it. */
const step = (copies: number | null, number: number, what: string, first = "Step"): string =>
  copies === null
    ? `<b>${first} ${number} of 4: the ${what}</b>\n`
    : `<b>Batch of ${formatNumber(copies)} · step ${number} of 4: the ${what}</b>\n`;

const photo = (copies: number | null) =>
  step(copies, 1, "photo", "New card, step") +
  "Send a photo of the item itself, as a photo or as a file: JPEG, PNG or WebP, up to 20 MB. " +
  "An album of two will do as well: first the item, then the item in its package. The caption of " +
  "the photo can become the name.";
const name = (copies: number | null) =>
  step(copies, 2, "name") + "The photo is fine. What is the card called? Up to 80 characters.";
const description = (copies: number | null) =>
  step(copies, 3, "description") +
  "Describe the item, in up to 700 characters. Everybody who checks the card will see it.";
const packaged = (copies: number | null) =>
  step(copies, 4, "package") + "Send a photo of the item in its package, or skip this step.";

const refusedPhoto = ({ which }: Parameters<typeof ru.captions.preview_left_out>[0]): string =>
  which === "original" ? "the photo of the item" : "the photo in the package";

export const en: typeof ru = {
  texts: {
    ask_photo: () => photo(null),
    ask_name: () => name(null),
    ask_description: () => description(null),
    ask_packaged: () => packaged(null),
    batch_photo: ({ copies }) => photo(copies),
    batch_name: ({ copies }) => name(copies),
    batch_description: ({ copies }) => description(copies),
    batch_packaged: ({ copies }) => packaged(copies),
    offer_name: ({ copies, name }) =>
      step(copies, 2, "name") +
      `The photo is fine. Its caption is “${
        isolateDirection(name)
      }”. Call the card that? Or type ` +
      "another name, up to 80 characters.",
    long_caption: ({ copies }) =>
      step(copies, 2, "name") +
      "The photo is fine. Its caption is longer than 80 characters and cannot be the name. What is " +
      "the card called?",
    again_photo: () => "Send another photo of the item: JPEG, PNG or WebP, up to 20 MB.",
    again_name: () => "Type another name, up to 80 characters.",
    again_description: () => "Type another description, up to 700 characters.",
    again_packaged: () => "Send another photo of the item in its package. “Skip” leaves it out.",
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
    take_name: "Use the caption",
    approve: "Issue",
    review: "Leave as it is",
    show_from_check: "Visible before its first check: no",
    show_from_issue: "Visible before its first check: yes",
  },
  hints: {
    packaged: "I am waiting for a photo of the item in its package. None? Tap “Skip”.",
    approval: "The card is not issued yet. Tap “Issue”, or choose what to correct.",
  },
  refusals: {
    third_photo: "Two photos are enough, so I left this one out.",
  },
  captions: {
    preview: (card) =>
      `Card No.\u00a0…${card.copies === null ? "" : `, edition 1 of ${card.copies}`}\n` +
      `<b>${card.name}</b>\n\n${card.description}\n\n${madeBy(card)}`,

    preview_controls: ({ copies, early }) =>
      (copies === null
        ? "<b>This is the card as a buyer will see it.</b> It gets its number and code when it is " +
          "issued.\n"
        : `<b>This is a card as a buyer will see it.</b> The batch has ${
          cards(copies)
        }: each gets ` +
          "its number, code and edition number when it is issued.\n") +
      (early
        ? "By its number and in chats everybody can see it, even before its first check.\n"
        : "By its number and in chats others see it only once a buyer has checked it, or by your " +
          "own link.\n") +
      "Is everything right? If not, choose what to correct.",

    preview_as_file: (refused) =>
      `⚠️ Telegram does not show ${
        refusedPhoto(refused)
      } and lets it through only as a file. Those who ` +
      "check the card will get it so too. Better replace it now.",
    preview_left_out: (refused) =>
      `⚠️ Telegram does not take ${
        refusedPhoto(refused)
      }: those who check the card will not see it. ` +
      "Better replace it now.",
    preview_forbidden: () =>
      "Photos are not allowed in this chat: the card is shown without pictures.",

    issued: ({ number, name, description }) =>
      `The card is ready: No.\u00a0${number}\n<b>${name}</b>\n\n${description}`,
  },
};
