/** What messages are made of: the read models as rendering asks for them, and who hears which language. */
import { drawDays } from "../cards/draw_days.ts";
import { drawQr } from "../cards/qr.ts";
import { type Locale, localeOf } from "../locales/locales.ts";
import { describe, logOf } from "../base/log.ts";
import { openCardHistories } from "../flows/card_history/read_model.ts";
import type { Cards, Scan } from "../flows/issue_card/read_model.ts";
import type { Galleries } from "../flows/own_cards/read_model.ts";
import { openLanguages } from "../flows/language/read_model.ts";
import type { Makers, Welcome } from "../flows/makers/read_model.ts";
import { openStats } from "../flows/stats/read_model.ts";
import type { RightsOf } from "../runtime/engine.ts";
import { openTables } from "../flows/export_cards/tables.ts";
import type { Database } from "../store/open_database.ts";
import type { OutboxTable } from "../store/outbox.ts";
import type { People } from "../store/people.ts";
import type { Photos } from "../store/photos.ts";
import { readDialogueStream } from "../../events/stream.ts";
import { sleep } from "../base/pause.ts";
import type { Sources } from "../telegram/sources.ts";

/** In which language the bot speaks to whom. */
export interface Locales {
  of(known: { person: string; language: string | null }): Promise<Locale>;
  /** `tag` is what their phone speaks, where that is known. */
  ofTelegramId(telegram_id: number, tag?: string | null): Promise<Locale>;
  /** The same, by `tag` alone where the database does not say it soon. */
  soon(telegram_id: number, tag: string | null): Promise<Locale>;
}

const SOON_MS = 1_000;

/** The language that a person chose, else their phone's, else `fallback`. */
export function openLocales(sql: Database["sql"], people: People, fallback: Locale): Locales {
  const { chosenBy } = openLanguages({ sql });
  const of: Locales["of"] = async ({ person, language }) =>
    localeOf(await chosenBy(person)) ?? localeOf(language) ?? fallback;
  const ofTelegramId: Locales["ofTelegramId"] = async (telegram_id, tag = null) => {
    const person = await people.personOf(telegram_id);
    const known = person === null ? null : await people.find(person);
    if (known) return await of({ person: known.person, language: tag ?? known.language });
    return localeOf(tag) ?? fallback;
  };
  return {
    of,
    ofTelegramId,
    async soon(telegram_id, tag) {
      const enough = new AbortController();
      const known = await Promise.race([
        ofTelegramId(telegram_id, tag).catch((error) => {
          logOf("store").warn("Cannot look a language up: {error}", { error: describe(error) });
          return null;
        }),
        sleep(SOON_MS, enough.signal).then(() => null),
      ]);
      enough.abort();
      return known ?? localeOf(tag) ?? fallback;
    },
  };
}

/** What is known, and about whom. */
export interface MessageParts {
  sql: Database["sql"];
  bot: number;
  rights: RightsOf;
  time_zone: string;
  people: People;
  cards: Cards;
  makers: Makers;
  photos: Photos;
  galleries: Galleries;
  table: OutboxTable;
  locales: Locales;
  /** What a projection decided about a fact, where this process appended it lately. */
  assigned(fact: string): unknown;
}

/** "2026-11-20 14:05:00", as every spreadsheet reads it: so are times written in Sweden. */
const stampOf = (time_zone: string) =>
  new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: time_zone,
  });

/** The sources of messages. */
export function openSources(parts: MessageParts): Sources {
  const { sql, bot, time_zone, people, cards, makers, photos, galleries, locales } = parts;
  const stats = openStats({ sql });
  const histories = openCardHistories({ sql });
  const tables = openTables({ sql });
  const stamp = stampOf(time_zone);
  return {
    async viewer(stream) {
      const read = readDialogueStream(stream);
      const known = read && await people.find(read.person);
      if (!read || !known || known.telegram_id === null) return null;
      const { person, telegram_id } = known;
      return { person, stream, chat: read.group ?? telegram_id, locale: await locales.of(known) };
    },
    rights: (stream) => parts.rights({ stream }),
    card: cards.byId,
    cardByNumber: cards.byNumber,
    scan: async (fact) => (parts.assigned(fact) as Scan | undefined) ?? await cards.scan(fact),
    gallery: galleries.page,
    stats: (maker) => stats.read(Date.now(), time_zone, maker),
    makers: makers.list,
    maker: makers.find,
    welcome: async (fact) =>
      (parts.assigned(fact) as Welcome | undefined) ??
        await makers.welcome(fact),
    unseal: people.unseal,
    namesOf: people.namesOf,
    slot: parts.table.slot,
    photo: photos.read,
    fileId: (sha256) => photos.fileId(bot, sha256),
    keepFileId: (sha256, file_id) => photos.keepFileId(bot, sha256, file_id),
    dropFileId: (sha256) => photos.dropFileId(bot, sha256),
    ...{ drawQr, drawDays },
    // With its fonts it is large, and few ask for it.
    drawLabels: async (labels) =>
      await (await import("../cards/draw_labels.ts")).drawLabels(labels),
    ofBatch: cards.ofBatch,
    history: (card) => histories.read(card, Date.now(), time_zone),
    async *cardLines(maker) {
      for await (const rows of tables.cards(maker)) {
        yield rows.map(({ issued_at, corrected_at, first_at, ...row }) => ({
          ...row,
          issued: stamp.format(issued_at),
          corrected: corrected_at === null ? null : stamp.format(corrected_at),
          first: first_at === null ? null : stamp.format(first_at),
        }));
      }
    },
    async *scanLines(maker) {
      for await (const rows of tables.scans(maker)) {
        yield rows.map(({ at, ...row }) => ({ ...row, at: stamp.format(at) }));
      }
    },
  };
}
