import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    apology: ({ reference }) =>
      "Sorry, something broke on my side. Please try again, and if that does not help, tell us " +
      `this number: <code>${reference}</code>`,
    taking_longer: () =>
      "This takes longer than usual. Nothing is lost: I will answer as soon as I can.",
    added_to_group: () =>
      "I check cards by the code on the package: reply to this message with it, and I will show " +
      "you the card and tell you how often it has been checked.",
    added_to_channel: ({ username }) =>
      "I check cards by the code on the package, but I say nothing in channels: send the code to " +
      `me in private, @${username}, or in a group where I am.`,
    answered_here: () => "I am not allowed to write in that chat, so I write here.",
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
  },
  notes: {
    button_outdated: "This button no longer works here",
  },
  refusals: {
    too_long: "That is too long, please shorten it.",
    empty: "There is not a single visible character in it.",
  },
  commands: {
    start: "Start over",
    help: "How to check a card",
  },
  about: {
    description:
      "I check cards by their QR codes: I show the photos and the description, and say who " +
      "issued the card, how often it has been checked and by how many people.\n\nScan the QR " +
      "code on the package, or tap “Start” and send the code.",
    short_description: "I check cards by their QR codes: photos, the maker, the number of checks.",
  },
};
