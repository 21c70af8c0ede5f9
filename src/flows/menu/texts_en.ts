import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    admin_menu: () => "<b>Maker’s menu</b>\nWhat would you like to do?",
    admin_refused: () =>
      "This part is for makers. But anyone can check a card: send the code, or a photo of the " +
      "QR code.",
  },
  notes: {
    makers_only: "This part is for makers",
  },
  commands: {
    admin: "Maker’s menu",
  },
};
