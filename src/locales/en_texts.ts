/** What the bot says in the course of a dialogue, by the name under which charts ask for it. */
import { seconds as writeSeconds, written } from "./en_counts.ts";
import { inputRefused } from "./en_input_refused.ts";
import { isolated } from "./isolated.ts";
import type { Catalogue } from "./ru.ts";

/** Telegram HTML; values come escaped. */
export const texts: Catalogue["texts"] = {
  apology: ({ reference }) =>
    "Sorry, something broke on my side. Please try again, and if that does not help, tell us " +
    `this number: <code>${reference}</code>`,

  taking_longer: () =>
    "This takes longer than usual. Nothing is lost: I will answer as soon as I can.",

  welcome: () =>
    "Hello! Cards are checked here.\n\n" +
    "Scan the QR code on the package, send me a photo of it, or type the code below it: 20 " +
    "letters and digits. I will show you the card and tell you how often, and by how many " +
    "people, it has been checked.",
  help: () =>
    "<b>How to check a card</b>\n" +
    "• Scan the QR code on the package with your phone’s camera,\n" +
    "• or send me a photo of it,\n" +
    "• or type the code below it: spaces, dashes and capital letters do not matter.\n\n" +
    "<b>What the answer means</b>\n" +
    "I know that the maker issued the code, and I count the checks. A printed QR code can be " +
    "copied, so compare the item with the photos, and see how often the card has been checked " +
    "before.\n\n" +
    "/start — start over\n/language — язык / language\n/cancel — cancel what you started",
  cancelled: () => "Cancelled.",
  nothing_to_cancel: () => "There is nothing to cancel.",

  ask_language: () => "Which language should I speak?",
  language_chosen: () => "I speak English from now on. To change that: /language",

  admin_menu: () => "<b>Maker’s menu</b>\nWhat would you like to do?",
  admin_refused: () =>
    "This part is for makers. But anyone can check a card: send the code, or a photo of the " +
    "QR code.",

  owner_refused: () => "Only the owner of the bot can do that.",
  maker_dismissed: () =>
    "Done: this person is no longer a maker. The cards they issued stay valid.",
  dismissal_learned: () =>
    "The owner of the bot has removed you from the makers. Your cards stay valid, but you cannot " +
    "issue new ones.",

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
    "<b>Step 4 of 4: the package</b>\nSend a photo of the item in its package, or skip this step.",
  name_kept: () =>
    "I have the name. The photo is still being checked; you can send the description meanwhile.",
  description_kept: () => "I have the description. The photo is still being checked.",
  photo_refused: ({ reason }) => photoRefusals.get(reason) ?? photoBroken,
  issue_left: () =>
    "The new card was left unfinished, and nothing was saved. To start again, open the " +
    "maker’s menu: /admin",

  ask_copies: () =>
    "<b>A batch: how many cards?</b>\n" +
    "Type a number from 2 to 500. They will share name, description " +
    "and photos; each has a code and an edition number of its own.",
  batch_stopped: ({ done, of }) =>
    `The batch was stopped: you are no longer a maker. Issued: ${written(done)} of ${written(of)}.`,

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

  ask_query: () =>
    "<b>Search among my cards</b>\nType a card’s number, or words of its name and description.",

  ask_reason: ({ number, name }) =>
    `<b>Withdrawing card No.\u00a0${number}</b>\n${name}\n\n` +
    "Type the reason, up to 120 characters. Everybody who checks the card will see it.",
  ask_withdrawal: ({ number, name, reason }) =>
    `<b>Withdraw card No.\u00a0${number}?</b>\n${name}\n\nReason: ${
      isolated(reason ?? "none given")
    }` +
    "\n\nEvery check will say that the card is withdrawn. You can restore it at any time.",
  card_withdrawn: ({ number, name }) => `<b>Card No.\u00a0${number} is withdrawn</b>\n${name}`,
  withdrawal_left: () => "The withdrawal was left unfinished; the card is still active.",

  code_mistyped: () =>
    "There is a typo in the code: its characters do not add up. Compare it with the package and " +
    "send it again or, better, send a photo of the QR code.",
  code_unknown: () =>
    "The code was <b>not found</b>: no card has it. Compare it with the package. If it is copied " +
    "correctly, ask the seller where it comes from.",
  code_no_code: () =>
    "I see no QR code in this picture. Take it from closer up, straight and without glare, or " +
    "type the code below it.",
  code_foreign: () =>
    "I see a QR code, but it is not that of a card, and I know nothing about it. Send the one on " +
    "the package.",
  code_not_an_image: () =>
    "This file does not open as a picture. Send a photo of the QR code: JPEG, PNG or WebP.",
  code_too_big: () =>
    "This picture is too big to be checked. Send the QR code as a plain photo, not as a file.",
  code_unavailable: () => "I could not get the picture from Telegram. Please send it again.",
  checking_paused: ({ seconds }) =>
    `Too many codes in a row were not found. Wait ${writeSeconds(seconds)}, and we can go on.`,
  checking_resumed: () => "Cards can be checked again: send a code.",

  input_refused: inputRefused,
};

/** Notes over the chat that answer a tap: plain, up to 200 characters. */
export const notes: Catalogue["notes"] = {
  button_outdated: "This button no longer works here",
  own_card_missing: "There is no such card among yours",
  card_restored: "The card is active again",
  card_not_withdrawn: "The card is already active",
  batch_awaited: "The batch is still being issued: wait a moment",
  makers_only: "This part is for makers",
};

const photoBroken = "The file is damaged and does not open.";
const photoRefusals: ReadonlyMap<string, string> = new Map([
  ["not_an_image", "I cannot open this kind of picture. JPEG, PNG or WebP will do."],
  ["too_big", "The file is too big: up to 20 MB will do."],
  [
    "too_many_pixels",
    "There are too many pixels in this picture. Make it smaller and send it again.",
  ],
  ["too_narrow", "The picture is too long and narrow: Telegram would not show it."],
  ["broken", photoBroken],
  ["unavailable", "I could not get the photo from Telegram. Please send it again."],
]);
