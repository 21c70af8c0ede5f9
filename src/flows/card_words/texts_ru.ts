import type { cardWordsFlow } from "../../../machines/flows/card_words.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  hints: {
    name: "Сейчас жду название: просто напишите его, до 80 знаков. Передумали? /cancel",
    description: "Сейчас жду описание: просто напишите его, до 700 знаков. Передумали? /cancel",
  },
  refusals: {
    "name:too_long": "Название длиннее 80 знаков, сократите, пожалуйста.",
    "description:too_long": "Описание длиннее 700 знаков, сократите, пожалуйста.",
  },
} satisfies AtLeastWordsOf<typeof cardWordsFlow>;
