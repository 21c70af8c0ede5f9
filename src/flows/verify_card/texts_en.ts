import { corrected, madeBy, ofBatch, ofMaker } from "../issue_card/phrases_en.ts";
import { byPeople, seconds as writeSeconds, times } from "../../locales/en_counts.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import type { Check, ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    code_mistyped: () =>
      "The code does not add up: one of its characters is wrong, or its groups are not in order. " +
      "A code is five groups of four characters. Compare it with the package and send it again or, " +
      "better, send a photo of the QR code.",
    code_missing: ({ count }) =>
      `${
        count === 1 ? "One character is" : `${count} characters are`
      } missing in the code: there ` +
      `are ${20 - count}, and there should be 20. Compare it with the package and send it again. ` +
      "You can change your message as well.",
    code_extra: ({ count }) =>
      `The code has ${count === 1 ? "one character" : `${count} characters`} too many: there are ` +
      `${20 + count}, and there should be 20. Compare it with the package and send it again. You ` +
      "can change your message as well.",
    code_foreign_letters: ({ count, letters }) =>
      (count === 1
        ? `No code has the character “${letters}”`
        : `No code has the characters “${letters}”`) +
      ": the package probably says something else. Compare the code and send it again or, better, " +
      "send a photo of the QR code.",
    several_codes: ({ found, read, ends }) =>
      `There are ${found} codes here. ` +
      (read < found ? `I check ${read} at a time, each once` : "I check each of them once") +
      `. They end in: ${ends}.` + (read < found ? " Send the others separately." : ""),
    one_unknown: ({ end }) =>
      `The code that ends in ${end} was <b>not found</b>: no card has it. Compare it with the package.`,
    code_unknown: () =>
      "The code was <b>not found</b>: no card has it. Compare it with the package. If it is " +
      "copied correctly, ask the seller where it comes from.",
    code_no_code: () =>
      "I see no QR code in this picture. Take it from closer up, straight and without glare, or " +
      "type the code below it.",
    code_foreign: () =>
      "I see a QR code, but it is not that of a card, and I know nothing about it. Send the one " +
      "on the package.",
    code_not_an_image: () =>
      "This file does not open as a picture. Send a photo of the QR code: JPEG, PNG or WebP.",
    code_heic: () =>
      "This picture is a HEIC file, which I cannot open. Send it as a photo, not as a file, or " +
      "type the code below the QR code.",
    code_too_big: () =>
      "This picture is too big to be checked. Send the QR code as a plain photo, not as a file.",
    code_too_hard: () =>
      "I cannot make this picture out. Take the QR code from closer up, with little else in the " +
      "picture, or type the code below it.",
    code_unavailable: () => "I could not get the picture from Telegram. Please send it again.",
    code_out_of_reach: () =>
      "I cannot get pictures now: that is how the bot's server is set up. Please type the code " +
      "under the QR code.",
    too_many_pictures: ({ taken }) =>
      `These are many pictures at once: I look at ${taken} at most. Send the others again once I ` +
      "have answered these.",
    checking_paused: ({ seconds }) =>
      `Too many codes in a row were not found. Wait ${writeSeconds(seconds)}, and we can go on.`,
    checking_resumed: () => "Cards can be checked again: send a code.",
  },
  hints: {
    code: "To check a card, send a photo of its QR code or type the code below it: 20 " +
      "letters and digits. More: /help",
  },
  refusals: {
    paused: { alone: "Checks are paused: wait a minute, I will tell you when they go on." },
    "code:text": "That does not look like the code of a card.",
  },
  captions: {
    genuine: (card) =>
      `✅ <b>The code is genuine</b>: card No.\u00a0${card.number}${ofBatch(card)}\n` +
      `<b>${card.name}</b>\n\n` +
      `${card.description}\n\n${corrected(card)}${madeBy(card)}\n${checked(card)}\n\n` +
      "Compare the item with the photo: a printed QR code can be copied.",

    withdrawn: (card) =>
      `⛔️ <b>THE CARD IS WITHDRAWN</b>: No.\u00a0${card.number}${ofBatch(card)}\n` +
      `<b>${card.name}</b>\n\n` +
      "The maker no longer stands by this card.\n" +
      `<b>Reason:</b> ${isolateDirection(card.reason ?? "none given")}\n` +
      `${corrected(card)}${madeBy(card)}\n${checked(card)}\n\n` +
      "If somebody is selling you the item, ask them about that.",

    controls: () => "You can share the card: others will see it, but the code stays with you.",
  },
};

function checked({ check, people: checkers, first_at, own, by_maker }: Check): string {
  const others = check - by_maker;
  if (check === 1 && !own) return `Checked once: this is the first check, ${first_at}`;
  const counts = `Checked ${times(check)} by ${byPeople(checkers)}${ofMaker({ by_maker })}`;
  if (others === 0) return `${counts}, by no buyer yet`;
  return others === 1 && !own
    ? `${counts}\nThe maker's aside, this is the first check, ${first_at}`
    : `${counts}, first ${first_at}`;
}
