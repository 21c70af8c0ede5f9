import type { ownCardsFlow } from "../../../machines/flows/own_cards.ts";
import type {
  CaptionFields,
  CheckCounts,
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
      card: CaptionFields & CheckCounts & OwnChecks & { active: boolean; reason: string | null },
    ) =>
      `Карта №\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n` +
      `${card.description}\n\n` +
      corrected(card) +
      (card.active ? "" : `⛔️ Отозвана: ${isolateDirection(card.reason ?? "без причины")}\n`) +
      (card.checks === 0
        ? "Ещё не проверяли."
        : `Проверена ${times(card.checks)} ${byPeople(card.people)}${ofMaker(card)}.`),

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
  },
  /** Plain: how files are called. */
  files: { qr: (number: number): string => `qr-код-${number}.png` },
  /** Plain: on a card's button in a list. */
  card_label: (number: number): string => `№\u00a0${number}`,
} satisfies AtLeastWordsOf<typeof ownCardsFlow>;
