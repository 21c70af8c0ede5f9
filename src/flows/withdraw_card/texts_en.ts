import { isolateDirection } from "../../locales/isolate_direction.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    ask_reason: ({ number, name }) =>
      `<b>Withdrawing card No.\u00a0${number}</b>\n${name}\n\n` +
      "Type the reason, up to 120 characters. Everybody who checks the card will see it.",
    ask_withdrawal: ({ number, name, reason }) =>
      `<b>Withdraw card No.\u00a0${number}?</b>\n${name}\n\n` +
      `Reason: ${isolateDirection(reason ?? "none given")}` +
      "\n\nEvery check will say that the card is withdrawn. You can restore it at any time.",
    card_withdrawn: ({ number, name }) => `<b>Card No.\u00a0${number} is withdrawn</b>\n${name}`,
    withdrawal_left: () => "The withdrawal was left unfinished; the card is still active.",
  },
  notes: {
    card_restored: "The card is active again",
    card_not_withdrawn: "The card is already active",
  },
  labels: {
    withdraw: "Withdraw",
    confirm_withdrawal: "Yes, withdraw",
    restore: "Restore",
  },
  hints: {
    reason: "I am waiting for the reason: type it, up to 120 characters. To stop: /cancel",
    confirmation: "Tap “Yes, withdraw” or “Cancel”.",
  },
  refusals: {
    outdated: "This button no longer works.",
    "reason:too_long": "The reason is longer than 120 characters, please shorten it.",
  },
};
