import type { Catalogue } from "../locales/ru.ts";
import { catalogues, type Locale } from "../locales/locales.ts";
import type { Sources } from "./sources.ts";

/** What every part of rendering works with, in the language of whoever reads it. */
export interface Stage {
  sources: Sources;
  catalogue: Catalogue;
  /** The bot's, for its links. */
  username: string;
  /** Whether it may be asked for cards from any chat. */
  inline: boolean;
  /** Writes a time in ms for people. */
  clock: (at: number) => string;
}

/** A stage for every language. */
export interface Stages {
  readonly sources: Sources;
  /** The language for whoever is not known. */
  readonly fallback: Locale;
  of(locale: Locale): Stage;
}

/** `time_zone` is an IANA name. */
export function openStages(
  { sources, username, inline, time_zone, fallback }: {
    sources: Sources;
    username: string;
    inline: boolean;
    time_zone: string;
    fallback: Locale;
  },
): Stages {
  const stageOf = (locale: Locale): Stage => {
    const catalogue = catalogues[locale];
    return { sources, catalogue, username, inline, clock: catalogue.clock(time_zone) };
  };
  const stages: Readonly<Record<Locale, Stage>> = { ru: stageOf("ru"), en: stageOf("en") };
  return { sources, fallback, of: (locale) => stages[locale] };
}
