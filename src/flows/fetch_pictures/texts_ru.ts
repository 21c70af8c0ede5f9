import type { fetchPicturesFlow } from "../../../machines/flows/fetch_pictures.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {},
  captions: {
    pictures_left_out: () => "⚠️ Изображения, которые не удалось отправить, не показаны.",
    pictures_forbidden: () => "⚠️ В этом чате изображения запрещены, поэтому они не показаны.",
  },
} satisfies AtLeastWordsOf<typeof fetchPicturesFlow>;
