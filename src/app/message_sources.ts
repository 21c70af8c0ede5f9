/** What messages are made of beside the flows: people, rights, photos; and who hears which language. */
import { deadline } from "@std/async";
import { readDialogueStream } from "../../events/stream.ts";
import { describe, logOf } from "../base/log.ts";
import { openLanguages } from "../flows/language/read_model.ts";
import type { ChosenLanguages } from "./chosen_languages.ts";
import { type Locale, localeOf } from "../locales/locales.ts";
import type { OpenPictures } from "../pictures/open_pictures.ts";
import type { RightsOf } from "../runtime/engine.ts";
import type { Database } from "../store/open_database.ts";
import type { OutboxTable } from "../store/outbox.ts";
import type { People } from "../store/people.ts";
import type { Photos } from "../store/photos.ts";
import type { PhotoFiles, Sources } from "../telegram/sources.ts";

/** Somebody the bot speaks to, and what their phone speaks. */
export interface Listener {
  person: string;
  language: string | null;
}

/** In which language the bot speaks to whom. */
export interface Locales {
  of(known: Listener): Promise<Locale>;
  /** The one after this fact where it was appended lately, by this process; else today's. */
  after(fact: string, known: Listener): Promise<Locale>;
  /** Of whose dialogue it is. */
  ofStream(stream: string): Promise<Locale>;
  /** `tag` is what their phone speaks, where that is known. */
  ofTelegramId(telegram_id: number, tag?: string | null): Promise<Locale>;
  /** The same, by `tag` alone where the database does not say it soon. */
  soon(telegram_id: number, tag: string | null): Promise<Locale>;
}

const SOON_MS = 1_000;

/** The language that a person chose, else their phone's, else `fallback`. */
export function openLocales(
  sql: Database["sql"],
  { people, chosenAfter, fallback }: {
    people: People;
    chosenAfter: ChosenLanguages["after"];
    fallback: Locale;
  },
): Locales {
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
    async after(fact, known) {
      const chosen = chosenAfter(fact);
      if (chosen === undefined) return await of(known);
      return localeOf(chosen) ?? localeOf(known.language) ?? fallback;
    },
    async ofStream(stream) {
      const read = readDialogueStream(stream);
      const known = read && await people.find(read.person);
      return known ? await of(known) : fallback;
    },
    ofTelegramId,
    async soon(telegram_id, tag) {
      const looking = ofTelegramId(telegram_id, tag).catch((error) => {
        logOf("store").warn("Cannot look a language up: {error}", { error: describe(error) });
        return null;
      });
      const known = await deadline(looking, SOON_MS).catch(() => null);
      return known ?? localeOf(tag) ?? fallback;
    },
  };
}

/** What is known, and about whom. */
export interface MessageParts {
  rights: RightsOf;
  people: People;
  table: OutboxTable;
  locales: Locales;
  /** The id that a group has now. */
  groupNow(group: number): Promise<number>;
}

/** The sources of messages. */
export function openSources(parts: MessageParts): Sources {
  const { rights, people, table, locales, groupNow } = parts;
  return {
    async viewer(stream, fact) {
      const read = readDialogueStream(stream);
      const known = read && await people.find(read.person);
      if (!read || !known || known.telegram_id === null) return null;
      const { person, telegram_id } = known;
      const chat = read.group === null ? telegram_id : await groupNow(read.group);
      return { person, stream, chat, locale: await locales.after(fact, known) };
    },
    rights: (stream) => rights({ stream }),
    unseal: people.unseal,
    namesOf: people.namesOf,
    slot: table.slot,
  };
}

/** Photos as this bot sends them: those that are kept for ever, and those from the web. */
export const photoFilesOf = (
  photos: Photos,
  pictures: Pick<OpenPictures, "open">,
  bot: number,
): PhotoFiles => ({
  photo: async (sha256) => await pictures.open(sha256) ?? await photos.read(sha256),
  fileId: (sha256) => photos.fileId(bot, sha256),
  keepFileId: (sha256, file_id) => photos.keepFileId(bot, sha256, file_id),
  dropFileId: (sha256) => photos.dropFileId(bot, sha256),
});
