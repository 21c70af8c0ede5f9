import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    edit_late: () =>
      "I see the change, but this step is over, and it changed nothing. An issued card can be " +
      "corrected: “My cards”, the card, “Correct”.",
    edit_command: () => "I do not follow commands in changed messages. Send it as a new message.",
    edit_old: () =>
      "I see the change, but that message is too long ago. Send the code as a new message, and I " +
      "will check it.",
  },
};
