import type { editsFlow } from "../../../machines/flows/edits.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    edit_late: () =>
      "Вижу правку, но этот шаг уже закончен, и она ничего не изменила. Выпущенную карту можно " +
      "исправить: «Мои карты», карта, «Исправить».",
    edit_command: () =>
      "Команду из исправленного сообщения не выполняю. Пришлите её новым сообщением.",
    edit_old: () =>
      "Вижу правку, но это сообщение слишком давнее. Пришлите код новым сообщением, и я проверю его.",
  },
} satisfies AtLeastWordsOf<typeof editsFlow>;
