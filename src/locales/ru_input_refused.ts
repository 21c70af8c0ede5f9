/** What to answer to an input that does not fit: what was wrong, then what would fit. */

/** As `InputRefused` has them: what came, what is waited for, what was wrong with it. */
interface RefusedInput {
  kind: string;
  expected: string;
  reason: string | null;
}

export function inputRefused({ kind, expected, reason }: RefusedInput): string {
  const wrong = reason === null
    ? wrongKind(kind, expected)
    : wrongInItself.get(`${expected}:${reason}`) ?? wrongInItself.get(reason);
  return [wrong, hintless.has(reason ?? "") ? undefined : hints.get(expected) ?? codeHint]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
}

const codeHint = "Чтобы проверить карту, пришлите фото QR-кода или наберите код под ним: 20 букв " +
  "и цифр. Подсказка: /help";

/** What would fit, by what the dialogue waits for. */
const hints: ReadonlyMap<string, string> = new Map([
  ["code", codeHint],
  ["photo", "Пришлите фото вещи: JPEG, PNG или WebP, до 20 МБ. Передумали? /cancel"],
  ["patience", "Ещё секунду: я проверяю фото."],
  ["name", "Сейчас жду название: просто напишите его, до 80 знаков. Передумали? /cancel"],
  ["description", "Сейчас жду описание: просто напишите его, до 700 знаков. Передумали? /cancel"],
  ["packaged", "Сейчас жду фото в упаковке. Нет такого? Нажмите «Пропустить»."],
  ["copies", "Сейчас жду, сколько карт в тираже: число от 2 до 500. Передумали? /cancel"],
  ["part", "Выберите, что исправить, или нажмите «Отмена»."],
  ["new_packaged", "Пришлите фото в упаковке: JPEG, PNG или WebP, до 20 МБ. Передумали? /cancel"],
  ["query", "Сейчас жду, что искать: номер карты или слова. Передумали? /cancel"],
  ["reason", "Сейчас жду причину отзыва: напишите её, до 120 знаков. Передумали? /cancel"],
  ["confirmation", "Нажмите «Да, отозвать» или «Отмена»."],
]);

/** Of the right kind but wrong, by "expected:reason" or by the reason alone. */
const wrongInItself: ReadonlyMap<string, string> = new Map([
  ["too_long", "Это слишком длинно, сократите, пожалуйста."],
  ["name:too_long", "Название длиннее 80 знаков, сократите, пожалуйста."],
  ["description:too_long", "Описание длиннее 700 знаков, сократите, пожалуйста."],
  ["reason:too_long", "Причина длиннее 120 знаков, сократите, пожалуйста."],
  ["empty", "Тут ни одного видимого знака."],
  ["not_now", "Это фото пока не нужно."],
  ["third_photo", "Двух фотографий достаточно, эту я не беру."],
  ["no_number", "Это не целое число."],
  ["out_of_range", "Столько карт в тираже быть не может."],
  ["outdated", "Эта кнопка больше не работает."],
  ["batch_awaited", "Тираж ещё выпускается: подождите немного."],
  ["paused", "Проверки ненадолго остановлены: подождите минуту, я напишу, когда можно."],
]);

/** Reasons that say all there is to say. */
const hintless: ReadonlySet<string> = new Set(["paused", "batch_awaited"]);

/** Nouns for what came, where it never fits anything. */
const nouns: ReadonlyMap<string, string> = new Map([
  ["sticker", "Стикер"],
  ["voice", "Голосовое"],
  ["video", "Видео"],
  ["video_note", "Кружок"],
  ["audio", "Музыка"],
  ["animation", "Гифка"],
  ["document", "Файл такого вида"],
  ["location", "Геопозиция"],
  ["contact", "Контакт"],
  ["poll", "Опрос"],
  ["dice", "Кубик"],
  ["story", "История"],
]);

function wrongKind(kind: string, expected: string): string | undefined {
  switch (kind) {
    case "command":
      return "Такой команды нет.";
    case "text":
      if (expected === "code") return "Это не похоже на код карты.";
      return expected === "patience" ? undefined : "Текст тут не подойдёт.";
    case "photo":
    case "image_file":
      return expected === "patience" ? "Одно фото уже есть." : "Фото тут не подойдёт.";
    default: {
      const noun = nouns.get(kind);
      return noun === undefined ? "Такое сообщение мне не прочесть." : `${noun} тут не поможет.`;
    }
  }
}
