/** The languages that the bot speaks, and which of them a person gets. */

export const locales = ["ru", "en"] as const;
export type Locale = typeof locales[number];

/** Whose dates are written: British English has the day before the month, and 24 hours. */
const calendars: Readonly<Record<Locale, string>> = { ru: "ru", en: "en-GB" };

/** How Moscow's clocks are called where they are read. */
const MOSCOW: Readonly<Record<Locale, string>> = { ru: "МСК", en: "MSK" };

/**
 * Writes a time in ms, as the clocks of `time_zone` show it, and says whose they are: its reader may
 * live in another. Throws a RangeError at no zone.
 */
export function clockOf(locale: Locale, time_zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat(calendars[locale], {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: time_zone,
  });
  return (at) => `${format.format(at)}\u00a0${zoneName(locale, time_zone, at)}`;
}

/** The zone's short name at that time, as "UTC", "МСК" or "UTC+05:30". */
export function zoneName(locale: Locale, time_zone: string, at: number): string {
  const { offset } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(time_zone);
  if (time_zone === "Europe/Moscow" && offset === "+03:00") return MOSCOW[locale];
  const hours = offset.replace(
    /^([+-])0?(\d+):(\d\d)$/,
    (_, sign, hours, minutes) =>
      `${sign === "-" ? "\u2212" : sign}${hours}${minutes === "00" ? "" : `:${minutes}`}`,
  );
  return hours === "+0" ? "UTC" : `UTC${hours}`;
}

/** The language that an IETF tag such as "en-GB" names; null for one that the bot does not speak. */
export function localeOf(tag: string | null): Locale | null {
  const [language] = (tag ?? "").toLowerCase().split(/[-_]/);
  return locales.find((locale) => locale === language) ?? null;
}
