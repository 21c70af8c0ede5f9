/** Numbers with their nouns: 1 card, 2 cards, 1.5 cards. */

const rules = new Intl.PluralRules("en");
const numbers = new Intl.NumberFormat("en");

/** "1,234": a number as people write it. */
export const formatNumber = (n: number): string => numbers.format(n);

/** 1 card, 2 cards. */
export const cards = (n: number): string => counted(n, "card", "cards");

/** 1 label, 2 labels. */
export const labels = (n: number): string => counted(n, "label", "labels");

/** 1 check, 2 checks. */
export const checks = (n: number): string => counted(n, "check", "checks");

/** 1 person, 2 people. */
export const people = (n: number): string => counted(n, "person", "people");

/** Once, twice, 5 times. */
export const times = (n: number): string =>
  n === 1 ? "once" : n === 2 ? "twice" : counted(n, "time", "times");

/** 1 day, 2 days. */
export const days = (n: number): string => counted(n, "day", "days");

/** 1 second, 2 seconds. */
export const seconds = (n: number): string => counted(n, "second", "seconds");

/** As in "checked by …": one person, 2 people. */
export const byPeople = (n: number): string => n === 1 ? "one person" : people(n);

function counted(n: number, one: string, other: string): string {
  return `${formatNumber(n)} ${rules.select(n) === "one" ? one : other}`;
}
