import type { cancelFlow } from "../../../machines/flows/cancel.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    cancelled: () => "Отменено.",
    nothing_to_cancel: () => "Отменять нечего: ничего не начато.",
  },
  labels: {
    cancel: "Отмена",
  },
  commands: {
    cancel: "Отменить начатое",
  },
} satisfies AtLeastWordsOf<typeof cancelFlow>;
