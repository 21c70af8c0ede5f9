import type { makersFlow } from "../../../machines/flows/makers.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { cards } from "../../locales/ru_counts.ts";

export const ru = {
  texts: {
    owner_refused: () => "Это может только владелец бота.",
    maker_dismissed: () =>
      "Готово: этот человек больше не мастер. Выпущенные карты остались в силе.",
    dismissal_learned: () =>
      "Владелец бота убрал вас из мастеров. Выпущенные карты остались в силе, новые выпускать " +
      "нельзя.",
  },
  labels: {
    makers: "Мастера",
    invite: "Пригласить мастера",
    dismiss: "Убрать из мастеров",
  },
  notes: { owners_only: "Это раздел для владельца бота" },
  captions: {
    /** To an owner: the link to hand on. */
    invitation: ({ url, until }: { url: string; until: string }) =>
      `<b>Приглашение для мастера</b>\n${url}\n\nПерешлите ссылку одному человеку: она сработает ` +
      `один раз, до ${until}.`,

    /** To an owner; `lines` are of `makers_line`. */
    makers: ({ lines, total, page, pages }: {
      lines: readonly string[];
      total: number;
      page: number;
      pages: number;
    }) =>
      "<b>Мастера</b>" + (pages > 1 ? `, всего ${total}, страница ${page} из ${pages}` : "") +
      "\n\n" +
      (lines.length === 0 ? "Пока никого: пригласите первого." : lines.join("\n")),

    makers_line: ({ name, cards: count }: { name: string; cards: number }) =>
      `${isolateDirection(name)} — ${cards(count)}`,

    maker: (known: { name: string; cards: number; joined_at: string }) =>
      `<b>${isolateDirection(known.name)}</b>\nМастер с ${known.joined_at}\n` +
      `Выпущено: ${cards(known.cards)}`,

    maker_gone: () => "Этого человека уже нет среди мастеров.",
  },
  /** What came of following an invitation; Telegram HTML. */
  welcomes: {
    joined: "Теперь вы мастер: можно выпускать карты. Меню мастера: /admin",
    used: "Это приглашение уже использовано. Попросите новое у того, кто его прислал.",
    expired: "Срок этого приглашения вышел. Попросите новое у того, кто его прислал.",
    unknown: "Такого приглашения нет. Проверьте, целиком ли скопирована ссылка.",
  },
  /** Whoever's name is not kept any more. */
  nameless: "Без имени",
} satisfies AtLeastWordsOf<typeof makersFlow>;
