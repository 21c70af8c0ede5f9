import type { menuFlow } from "../../../machines/flows/menu.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    admin_menu: () => "<b>Меню мастера</b>\nЧто сделаем?",
    admin_refused: () =>
      "Это раздел для мастеров. А проверить карту может каждый: пришлите код или фото QR-кода.",
  },
  notes: {
    makers_only: "Это раздел для мастеров",
  },
  commands: {
    admin: "Меню мастера",
  },
} satisfies AtLeastWordsOf<typeof menuFlow>;
