import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    cancelled: () => "Cancelled.",
    nothing_to_cancel: () => "There is nothing to cancel.",
  },
  labels: {
    cancel: "Cancel",
  },
  commands: {
    cancel: "Cancel what you started",
  },
};
