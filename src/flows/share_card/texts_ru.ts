import type { shareCardFlow } from "../../../machines/flows/share_card.ts";
import type { CaptionFields, MadeBy, NumberedCard } from "../issue_card/caption_fields.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { corrected, madeBy, ofBatch } from "../issue_card/phrases_ru.ts";

type InBatch = Pick<CaptionFields, "edition">;

export const ru = {
  labels: {
    share: "Поделиться",
    share_link: "Поделиться ссылкой",
    open: "Открыть карту",
  },
  captions: {
    /** A card looked at by its number. */
    shared: (card: CaptionFields & MadeBy & { active: boolean }) =>
      `Карта №\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n` +
      `${card.description}\n\n` +
      `${corrected(card)}${madeBy(card)}\n` +
      (card.active ? "" : "⛔️ <b>Карта отозвана мастером</b>\n") +
      "\nЭто только просмотр. Чтобы проверить вещь, отсканируйте код на её упаковке.",

    shared_missing: ({ number }: { number: number }) =>
      `Карту №\u00a0${number} показать не могу: такой нет, или мастер ещё не открыл её для всех. ` +
      "Чтобы проверить вещь, отсканируйте код на её упаковке.",

    /** Plain: what goes along with a shared link. */
    share: ({ number, name }: { number: number; name: string }) =>
      `Карта №\u00a0${number}: ${name}`,

    /** In any chat: a card that somebody shares. */
    offered: (card: NumberedCard & InBatch & { active: boolean } & MadeBy) =>
      `<b>${card.name}</b>\nКарта №\u00a0${card.number}${ofBatch(card)}\n${madeBy(card)}` +
      (card.active ? "" : "\n⛔️ <b>Карта отозвана мастером</b>"),

    /** Plain: under the name, before it is shared. */
    offer: ({ number, maker, edition }: { number: number } & InBatch & MadeBy) =>
      `№\u00a0${number}${ofBatch({ edition })}` +
      (maker === null ? "" : ` · ${isolateDirection(maker)}`),
  },
} satisfies AtLeastWordsOf<typeof shareCardFlow>;
