/** The languages that the bot speaks, and which of them a person gets. */

export const locales = ["ru", "en"] as const;
export type Locale = typeof locales[number];

/** Whose dates are written: British English has the day before the month, and 24 hours. */
const calendars: Readonly<Record<Locale, string>> = { ru: "ru", en: "en-GB" };

/** Writes a time in ms, as the clocks of `time_zone` show it. Throws a RangeError at no zone. */
export function clockOf(locale: Locale, time_zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat(calendars[locale], {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: time_zone,
  });
  return (at) => format.format(at);
}

/** The language that an IETF tag such as "en-GB" names; null for one that the bot does not speak. */
export function localeOf(tag: string | null): Locale | null {
  const [language] = (tag ?? "").toLowerCase().split(/[-_]/);
  return locales.find((locale) => locale === language) ?? null;
}
