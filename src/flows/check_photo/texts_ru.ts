import type { FactOf } from "../../../events/fact.ts";
import type { PhotoRefused } from "../../../events/photo.ts";
import type { checkPhotoFlow } from "../../../machines/flows/check_photo.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    photo_refused: ({ reason }) => sentences.get(reason) ?? photoRefusals.broken,
  },
  hints: {
    photo: "Пришлите фото вещи: JPEG, PNG или WebP, до 20 МБ. Передумали? /cancel",
    patience: "Ещё секунду: я проверяю фото.",
  },
  refusals: {
    not_now: "Это фото пока не нужно.",
    // Nothing is wrong with words: they only have to wait.
    "patience:text": "",
    "patience:photo": "Одно фото уже есть.",
    "patience:image_file": "Одно фото уже есть.",
  },
} satisfies AtLeastWordsOf<typeof checkPhotoFlow>;

const photoRefusals = {
  not_an_image: "Это не картинка, которую я понимаю. Подойдёт JPEG, PNG или WebP.",
  heic: "Этот снимок в формате HEIC, я его не открываю. Отправьте его как фото, а не файлом: " +
    "Telegram сам сделает из него JPEG.",
  too_big: "Файл слишком большой: подойдёт до 20 МБ.",
  too_many_pixels: "В этой картинке слишком много точек. Уменьшите её и пришлите снова.",
  too_narrow: "Картинка слишком узкая и длинная: Telegram такую не покажет.",
  broken: "Файл повреждён и не открывается.",
  out_of_reach:
    "Фото сейчас не взять: так устроен сервер бота, и новая попытка не поможет. Скажите об этом " +
    "тому, кто держит бота.",
  unavailable: "Не получилось взять фото у Telegram. Пришлите его ещё раз.",
} satisfies Record<FactOf<typeof PhotoRefused>["reason"], string>;

/** By the reason as facts have it. */
const sentences = new Map<string, string>(Object.entries(photoRefusals));
