import type { withdrawCardFlow } from "../../../machines/flows/withdraw_card.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";

export const ru = {
  texts: {
    ask_reason: ({ number, name }) =>
      `<b>Отзываем карту №\u00a0${number}</b>\n${name}\n\n` +
      "Напишите причину, до 120 знаков. Её увидит каждый, кто проверит карту.",
    ask_withdrawal: ({ number, name, reason }) =>
      `<b>Отозвать карту №\u00a0${number}?</b>\n${name}\n\n` +
      `Причина: ${isolateDirection(reason ?? "не названа")}` +
      "\n\nКаждая проверка будет говорить, что карта отозвана. Вернуть её можно в любой момент.",
    card_withdrawn: ({ number, name }) => `<b>Карта №\u00a0${number} отозвана</b>\n${name}`,
    withdrawal_left: () => "Отзыв прерван, карта по-прежнему действует.",
  },
  notes: {
    card_restored: "Карта снова действует",
    card_not_withdrawn: "Карта и так действует",
  },
  labels: {
    withdraw: "Отозвать",
    confirm_withdrawal: "Да, отозвать",
    restore: "Вернуть",
  },
  hints: {
    reason: "Сейчас жду причину отзыва: напишите её, до 120 знаков. Передумали? /cancel",
    confirmation: "Нажмите «Да, отозвать» или «Отмена».",
  },
  refusals: {
    outdated: "Эта кнопка больше не работает.",
    "reason:too_long": "Причина длиннее 120 знаков, сократите, пожалуйста.",
  },
} satisfies AtLeastWordsOf<typeof withdrawCardFlow>;
