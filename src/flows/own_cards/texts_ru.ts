import type { ownCardsFlow } from "../../../machines/flows/own_cards.ts";
import type {
  CaptionFields,
  CheckCounts,
  Edition,
  NumberedCard,
  OwnChecks,
} from "../issue_card/caption_fields.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { corrected, ofBatch, ofMaker } from "../issue_card/phrases_ru.ts";
import {
  byPeople,
  checks as writeChecks,
  formatNumber,
  people,
  times,
} from "../../locales/ru_counts.ts";

/** Which photo of which card Telegram refuses. */
interface RefusedPhoto {
  number: number;
  which: "original" | "packaged";
}

const photo = ({ number, which }: RefusedPhoto): string =>
  `${which === "original" ? "фото вещи" : "фото в упаковке"} с карты №\u00a0${number}`;

const REPLACE_IT = "Заменить его можно так: «Мои карты», эта карта, «Исправить».";

/** Numbers of several cards: with a gap where others were issued, or withdrawn, in between. */
interface NumberRange {
  number: number;
  last: number;
  copies: number;
}

const numbers = ({ number, last, copies }: NumberRange): string =>
  `№\u00a0${number}${last - number + 1 === copies ? "–" : "…"}${last}`;

export const ru = {
  notes: {
    own_card_missing: "Такой карты среди ваших нет",
  },
  labels: {
    list: "Мои карты",
    previous: "◀",
    next: "▶",
    active: "Действующие",
    withdrawn: "Отозванные",
  },
  captions: {
    /** Under a QR code; `code` comes in groups of four. */
    qr: ({ code }: { code: string }) =>
      `<code>${code}</code>\n\nНапечатайте QR-код с этим кодом на упаковке. Пересылать их не ` +
      "стоит: кто знает код, может его скопировать.",

    /** To a maker, about their own card. */
    own: (
      card:
        & CaptionFields
        & CheckCounts
        & OwnChecks
        & { active: boolean; reason: string | null; published: boolean },
    ) =>
      `Карта №\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n` +
      `${card.description}\n\n` +
      corrected(card) +
      (card.active ? "" : `⛔️ Отозвана: ${isolateDirection(card.reason ?? "без причины")}\n`) +
      (card.checks === 0
        ? "Ещё не проверяли."
        : `Проверена ${times(card.checks)} ${byPeople(card.people)}${ofMaker(card)}.`) +
      (card.published || !card.active ? "" : "\nПо номеру её пока видите только вы: остальные " +
        "увидят, когда её проверит покупатель или вы ею поделитесь."),

    /** A page of a maker's cards; pages count from 1. `lines` are of `list_line`, `query` what they
     * were searched for, or "". */
    list: (shown: {
      active: boolean;
      total: number;
      page: number;
      pages: number;
      lines: readonly string[];
      query: string;
    }) => {
      const { active, total, page, pages, lines, query } = shown;
      const title = `<b>${active ? "Мои карты" : "Отозванные карты"}</b>` +
        (query === "" ? "" : `, поиск «${isolateDirection(query)}»`);
      if (lines.length === 0 && query !== "") return `${title}\n\nНичего не нашлось.`;
      if (lines.length === 0) {
        return `${title}\n\n${active ? "Действующих" : "Отозванных"} карт нет.`;
      }
      const place = pages > 1 ? `, страница ${page} из ${pages}` : "";
      return `${title}: ${formatNumber(total)}${place}\n\n${lines.join("\n")}`;
    },

    list_line: (
      { number, name, edition, checks, people: checkers, by_maker }:
        & NumberedCard
        & Pick<CaptionFields, "edition">
        & CheckCounts
        & OwnChecks,
    ) =>
      `№\u00a0${number} ${isolateDirection(name)}` +
      (edition === null ? "" : `, ${edition.edition} из ${edition.editions}`) + " — " +
      (checks === 0
        ? "ещё не проверяли"
        : `${writeChecks(checks)}, ${people(checkers)}${ofMaker({ by_maker })}`),

    /** Several cards of one batch: `copies` of its `editions` are listed, their numbers are these. */
    batch_line: (batch: NumberRange & { name: string; editions: number; checks: number }) =>
      `${numbers(batch)} ${isolateDirection(batch.name)} · тираж\u00a0${
        formatNumber(batch.editions)
      }` +
      (batch.copies < batch.editions ? `, из них здесь ${formatNumber(batch.copies)}` : "") +
      ` — ${batch.checks === 0 ? "ещё не проверяли" : writeChecks(batch.checks)}`,

    /** A page of the copies of a batch; pages count from 1, `lines` are of `copy_line`. */
    copies: ({ name, editions, page, pages, lines }: {
      name: string;
      editions: number;
      page: number;
      pages: number;
      lines: readonly string[];
    }) =>
      `<b>${isolateDirection(name)} · тираж\u00a0${formatNumber(editions)}</b>` +
      `${pages > 1 ? `, страница ${page} из ${pages}` : ""}\n\n${lines.join("\n")}`,

    copy_line: (
      copy: Edition & CheckCounts & OwnChecks & { number: number; active: boolean },
    ) =>
      `${copy.edition} из ${copy.editions} · №\u00a0${copy.number} — ` +
      (copy.active ? "" : "⛔️ отозвана, ") +
      (copy.checks === 0
        ? "ещё не проверяли"
        : `${writeChecks(copy.checks)}, ${people(copy.people)}${ofMaker(copy)}`),

    /** To a maker, about a photo of their card that Telegram refuses. */
    photo_as_file: (refused: RefusedPhoto) =>
      `⚠️ Telegram не показывает ${
        photo(refused)
      } и пропускает его только файлом. Так его увидят ` +
      `и те, кто проверит карту. ${REPLACE_IT}`,

    photo_left_out: (refused: RefusedPhoto) =>
      `⚠️ Telegram не принимает ${photo(refused)}: показываю карту без него. Не увидят его и те, ` +
      `кто проверит карту. ${REPLACE_IT}`,

    /** The same about the picture of its QR code. */
    qr_as_file: ({ number }: { number: number }) =>
      `⚠️ Telegram не показал картинку с QR-кодом карты №\u00a0${number}: она пришла файлом.`,

    qr_left_out: ({ number }: { number: number }) =>
      `⚠️ Telegram не принял картинку с QR-кодом карты №\u00a0${number}. Код карты выше, а QR-код ` +
      "есть и на этикетке: кнопка «Этикетка».",

    /** Where the chat takes no pictures. */
    pictures_forbidden: ({ number }: { number: number }) =>
      `В этом чате нельзя отправлять фото: карта №\u00a0${number} показана без картинок.`,
  },
  /** Plain: how files are called. */
  files: { qr: (number: number): string => `qr-код-${number}.png` },
  /** Plain: on a card's button in a list. */
  card_label: (number: number): string => `№\u00a0${number}`,
  /** The same for several of a batch. */
  batch_label: (range: NumberRange): string => numbers(range),
} satisfies AtLeastWordsOf<typeof ownCardsFlow>;
