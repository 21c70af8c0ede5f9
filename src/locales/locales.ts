/** The languages that the bot speaks, and which of them a person gets. */
import { en } from "./en.ts";
import { type Catalogue, ru } from "./ru.ts";

export const locales = ["ru", "en"] as const;
export type Locale = typeof locales[number];

/** Every language's catalogue. */
export const catalogues: Readonly<Record<Locale, Catalogue>> = { ru, en };

/** The language that an IETF tag such as "en-GB" names; null for one that the bot does not speak. */
export function localeOf(tag: string | null): Locale | null {
  const [language] = (tag ?? "").toLowerCase().split(/[-_]/);
  return locales.find((locale) => locale === language) ?? null;
}
