/** What stands under photos and in lists. Telegram HTML; what people wrote comes escaped. */
import { isolated } from "./isolated.ts";
import { byPeople, cards, checks as writeChecks, people, times, written } from "./ru_counts.ts";

/** `edition` is null for a card of no batch, `corrected` for one that is as it was issued. */
interface Face {
  number: number;
  name: string;
  description: string;
  edition: Edition | null;
  corrected: string | null;
}

interface Edition {
  edition: number;
  editions: number;
}

interface Named {
  number: number;
  name: string;
}

/** The how-manieth check, by how many people so far, and when the first was, as people write it. */
interface Check {
  check: number;
  people: number;
  first_at: string;
}

interface Counts {
  checks: number;
  people: number;
}

/** `maker` is null for somebody whose name is not kept any more. */
interface Made {
  maker: string | null;
}

export const captions = {
  /** To the maker: the card is ready. */
  issued: ({ number, name, description }: Face) =>
    `Карта готова: №\u00a0${number}\n<b>${name}</b>\n\n${description}`,

  /** To the maker: the batch is ready; its cards have these numbers. */
  batch: ({ editions, numbers, name, description }: {
    editions: number;
    numbers: readonly { from: number; upto: number }[];
    name: string;
    description: string;
  }) =>
    `Тираж готов: ${cards(editions)}, ${numbers.map(numberRange).join(", ")}\n<b>${name}</b>\n\n` +
    description,
  /** Beside an album, which can have no button of its own. */
  batch_controls: () => "Этикетки с кодами можно напечатать сразу все.",
  /** How far a batch has come. */
  progress: ({ done, of }: { done: number; of: number }) =>
    done < of
      ? `Выпускаю тираж: ${written(done)} из ${written(of)}…`
      : `Тираж выпущен: ${written(done)} из ${written(of)}.`,

  /** Under a QR code; `code` comes in groups of four. */
  qr: ({ code }: { code: string }) =>
    `<code>${code}</code>\n\nНапечатайте QR-код с этим кодом на упаковке. Пересылать их не ` +
    "стоит: кто знает код, может его скопировать.",

  /** To a maker, about their own card. */
  own: (card: Face & Counts & { active: boolean; reason: string | null }) =>
    `Карта №\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n${card.description}\n\n` +
    corrected(card) +
    (card.active ? "" : `⛔️ Отозвана: ${isolated(card.reason ?? "без причины")}\n`) +
    (card.checks === 0
      ? "Ещё не проверяли."
      : `Проверена ${times(card.checks)} ${byPeople(card.people)}.`),

  /** A check of a card that its maker stands by. Says no more than is known. */
  genuine: (card: Face & Check & Made) =>
    `✅ <b>Код подлинный</b>: карта №\u00a0${card.number}${
      ofBatch(card)
    }\n<b>${card.name}</b>\n\n` +
    `${card.description}\n\n${corrected(card)}${madeBy(card)}\n${checked(card)}\n\n` +
    "Сравните вещь с фото: напечатанный QR-код можно скопировать.",

  /** A check of a card that its maker took back. */
  withdrawn: (card: Omit<Face, "description"> & Check & Made & { reason: string | null }) =>
    `⛔️ <b>КАРТА ОТОЗВАНА</b>: №\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n` +
    "Мастер больше не подтверждает эту карту.\n" +
    `<b>Причина:</b> ${isolated(card.reason ?? "не названа")}\n` +
    `${corrected(card)}${madeBy(card)}\n${
      checked(card)
    }\n\nЕсли вещь вам продают, спросите продавца об этом.`,

  /** Beside an album, which can have no button of its own. */
  controls: () => "Картой можно поделиться: её увидят, но код останется у вас.",

  /** A card looked at by its number. */
  shared: (card: Face & Made & { active: boolean }) =>
    `Карта №\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n${card.description}\n\n` +
    `${corrected(card)}${madeBy(card)}\n` +
    (card.active ? "" : "⛔️ <b>Карта отозвана мастером</b>\n") +
    "\nЭто только просмотр. Чтобы проверить вещь, отсканируйте код на её упаковке.",
  shared_missing: ({ number }: { number: number }) =>
    `Карты №\u00a0${number} нет. Чтобы проверить вещь, отсканируйте код на её упаковке.`,
  /** Plain: what goes along with a shared link. */
  share: ({ number, name }: { number: number; name: string }) => `Карта №\u00a0${number}: ${name}`,

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
      (query === "" ? "" : `, поиск «${isolated(query)}»`);
    if (lines.length === 0 && query !== "") return `${title}\n\nНичего не нашлось.`;
    if (lines.length === 0) return `${title}\n\n${active ? "Действующих" : "Отозванных"} карт нет.`;
    const place = pages > 1 ? `, страница ${page} из ${pages}` : "";
    return `${title}: ${written(total)}${place}\n\n${lines.join("\n")}`;
  },
  list_line: (
    { number, name, edition, checks, people: checkers }: Named & Pick<Face, "edition"> & Counts,
  ) =>
    `№\u00a0${number} ${isolated(name)}` +
    (edition === null ? "" : `, ${edition.edition} из ${edition.editions}`) + " — " +
    (checks === 0 ? "ещё не проверяли" : `${writeChecks(checks)}, ${people(checkers)}`),

  stats: (
    stats: Counts & {
      cards: number;
      active: number;
      today: number;
      last_7_days: number;
      /** Lines of `stats_line`. */
      top: readonly string[];
    },
  ) =>
    "<b>Статистика</b>\n\n" +
    `Всего ${cards(stats.cards)}, действующих: ${written(stats.active)}\n` +
    `Проверок: ${written(stats.checks)}\n` +
    `Проверяли: ${people(stats.people)}\n` +
    `Сегодня: ${writeChecks(stats.today)}\n` +
    `За 7 дней: ${writeChecks(stats.last_7_days)}` +
    (stats.top.length === 0 ? "" : `\n\n<b>Чаще всего проверяют</b>\n${stats.top.join("\n")}`),
  stats_line: ({ number, name, checks }: Named & { checks: number }) =>
    `№\u00a0${number} ${isolated(name)} — ${writeChecks(checks)}`,

  /** To an owner: the link to hand on. */
  invitation: ({ url, until }: { url: string; until: string }) =>
    `<b>Приглашение для мастера</b>\n${url}\n\nПерешлите ссылку одному человеку: она сработает ` +
    `один раз, до ${until}.`,
  /** To an owner; `lines` are of `makers_line`. */
  makers: ({ lines }: { lines: readonly string[] }) =>
    "<b>Мастера</b>\n\n" +
    (lines.length === 0 ? "Пока никого: пригласите первого." : lines.join("\n")),
  makers_line: ({ name, cards: count }: { name: string; cards: number }) =>
    `${isolated(name)} — ${cards(count)}`,
  maker: (known: { name: string; cards: number; joined_at: string }) =>
    `<b>${isolated(known.name)}</b>\nМастер с ${known.joined_at}\nВыпущено: ${cards(known.cards)}`,
  maker_gone: () => "Этого человека уже нет среди мастеров.",

  /** In any chat: a card that somebody shares. */
  offered: (card: { number: number; name: string; active: boolean } & Made) =>
    `<b>${card.name}</b>\nКарта №\u00a0${card.number}\n${madeBy(card)}` +
    (card.active ? "" : "\n⛔️ <b>Карта отозвана мастером</b>"),
  /** Plain: under the name, before it is shared. */
  offer: ({ number, maker }: { number: number } & Made) =>
    `№\u00a0${number}` + (maker === null ? "" : ` · ${isolated(maker)}`),
};

/** ", экземпляр 3 из 24". */
function ofBatch({ edition }: Pick<Face, "edition">): string {
  return edition === null ? "" : `, экземпляр ${edition.edition} из ${edition.editions}`;
}

function corrected({ corrected }: Pick<Face, "corrected">): string {
  return corrected === null ? "" : `Содержание карты изменено ${corrected}\n`;
}

function numberRange({ from, upto }: { from: number; upto: number }): string {
  return from === upto ? `№\u00a0${from}` : `№\u00a0${from}–${upto}`;
}

function madeBy({ maker }: Made): string {
  return `Мастер: ${maker === null ? "имя не хранится" : isolated(maker)}`;
}

function checked({ check, people: checkers, first_at }: Check): string {
  return check === 1
    ? `Проверена 1 раз: это первая проверка, ${first_at}`
    : `Проверена ${times(check)} ${byPeople(checkers)}, впервые ${first_at}`;
}
