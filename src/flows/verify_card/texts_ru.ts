import type { verifyCardFlow } from "../../../machines/flows/verify_card.ts";
import type { CaptionFields, MadeBy, OwnChecks } from "../issue_card/caption_fields.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { corrected, madeBy, ofBatch, ofMaker } from "../issue_card/phrases_ru.ts";
import {
  byPeople,
  codes,
  seconds as writeSeconds,
  signs,
  signsTooMany,
  times,
} from "../../locales/ru_counts.ts";

/**
 * The ordinal number of a check, by how many people so far, and when the first was that was not the
 * maker's, as people write it. `own` is a check by the maker.
 */
export interface Check extends OwnChecks {
  check: number;
  people: number;
  first_at: string;
  own: boolean;
}

export const ru = {
  texts: {
    code_mistyped: () =>
      "Код не сходится: какой-то знак в нём не тот, или группы стоят не в том порядке. В коде пять " +
      "групп по четыре знака. Сверьте его с упаковкой и пришлите ещё раз, а лучше пришлите фото " +
      "QR-кода.",
    code_missing: ({ count }) =>
      `В коде не хватает ${signs(count)}: их ${20 - count}, а должно быть 20. Сверьте его с ` +
      "упаковкой, допишите и пришлите ещё раз. Можно исправить само сообщение.",
    code_extra: ({ count }) =>
      `В коде ${signsTooMany(count)}: всего их ${20 + count}, а должно быть 20. Сверьте его с ` +
      "упаковкой и пришлите ещё раз. Можно исправить само сообщение.",
    code_foreign_letters: ({ count, letters }) =>
      (count === 1
        ? `Знака «${letters}» в кодах не бывает`
        : `Знаков «${letters}» в кодах не бывает`) +
      ": наверное, на упаковке другой. Сверьте код и пришлите ещё раз, а лучше пришлите фото QR-кода.",
    several_codes: ({ found, read, ends }) =>
      (read < found
        ? `Здесь ${
          codes(found)
        }. За раз проверяю не больше ${read}, каждый один раз. Они кончаются на: `
        : `Здесь ${codes(found)}, проверяю каждый один раз. Они кончаются на: `) +
      `${ends}.` + (read < found ? " Остальные пришлите отдельно." : ""),
    one_unknown: ({ end }) =>
      `Код, который кончается на ${end}, <b>не найден</b>: карты с ним нет. Сверьте его с упаковкой.`,
    code_unknown: () =>
      "Код <b>не найден</b>: карты с таким кодом нет. Сверьте его с упаковкой. Если он переписан " +
      "верно, спросите продавца, откуда этот код.",
    code_no_code: () =>
      "Не вижу QR-кода на этой картинке. Снимите его ближе, ровно и без бликов или наберите код " +
      "под ним.",
    code_foreign: () =>
      "QR-код вижу, но это не код карты, и о нём я ничего не знаю. Пришлите тот, что на упаковке.",
    code_not_an_image: () =>
      "Этот файл не открывается как картинка. Пришлите фото QR-кода: JPEG, PNG или WebP.",
    code_heic: () =>
      "Этот снимок в формате HEIC, я его не открываю. Отправьте его как фото, а не файлом, или " +
      "наберите код под QR-кодом.",
    code_too_big: () =>
      "Эта картинка слишком большая для проверки. Пришлите QR-код обычным фото, не файлом.",
    code_too_hard: () =>
      "Эту картинку мне не разобрать. Снимите QR-код ближе, чтобы кроме него в кадре почти ничего " +
      "не было, или наберите код под ним.",
    code_unavailable: () => "Не получилось взять картинку у Telegram. Пришлите её ещё раз.",
    code_out_of_reach: () =>
      "Картинку сейчас не взять: так устроен сервер бота. Наберите код, который стоит под QR-кодом.",
    too_many_pictures: ({ taken }) =>
      `Это много картинок сразу: смотрю не больше ${taken}. Остальные пришлите снова, когда отвечу ` +
      "на эти.",
    checking_paused: ({ seconds }) =>
      `Слишком много ненайденных кодов подряд. Подождите ${writeSeconds(seconds)}, и продолжим.`,
    checking_resumed: () => "Можно снова проверять карты: присылайте код.",
  },
  hints: {
    code: "Чтобы проверить карту, пришлите фото QR-кода или наберите код под ним: 20 букв " +
      "и цифр. Подсказка: /help",
  },
  refusals: {
    paused: { alone: "Проверки ненадолго остановлены: подождите минуту, я напишу, когда можно." },
    "code:text": "Это не похоже на код карты.",
  },
  captions: {
    /** A check of a card that its maker stands by. Says no more than is known. */
    genuine: (card: CaptionFields & Check & MadeBy) =>
      `✅ <b>Код подлинный</b>: карта №\u00a0${card.number}${ofBatch(card)}\n` +
      `<b>${card.name}</b>\n\n` +
      `${card.description}\n\n${corrected(card)}${madeBy(card)}\n${checked(card)}\n\n` +
      "Сравните вещь с фото: напечатанный QR-код можно скопировать.",

    /** A check of a card that its maker took back. */
    withdrawn: (
      card: Omit<CaptionFields, "description"> & Check & MadeBy & { reason: string | null },
    ) =>
      `⛔️ <b>КАРТА ОТОЗВАНА</b>: №\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n` +
      "Мастер больше не подтверждает эту карту.\n" +
      `<b>Причина:</b> ${isolateDirection(card.reason ?? "не названа")}\n` +
      `${corrected(card)}${madeBy(card)}\n${checked(card)}\n\n` +
      "Если вещь вам продают, спросите продавца об этом.",

    /** Beside an album, which can have no button of its own. */
    controls: () => "Картой можно поделиться: её увидят, но код останется у вас.",
  },
} satisfies AtLeastWordsOf<typeof verifyCardFlow>;

function checked({ check, people: checkers, first_at, own, by_maker }: Check): string {
  const others = check - by_maker;
  if (check === 1 && !own) return `Проверена 1 раз: это первая проверка, ${first_at}`;
  const counts = `Проверена ${times(check)} ${byPeople(checkers)}${ofMaker({ by_maker })}`;
  if (others === 0) return `${counts}, покупатели ещё не проверяли`;
  return others === 1 && !own
    ? `${counts}\nНе считая мастера, это первая проверка, ${first_at}`
    : `${counts}, впервые ${first_at}`;
}
