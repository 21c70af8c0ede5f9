/** Numbers with their nouns: 1 раз, 2 раза, 5 раз, 11 раз, 21 раз, 1,5 раза. */

const rules = new Intl.PluralRules("ru");
const numbers = new Intl.NumberFormat("ru");

/** "1 234": a number as people write it. */
export const formatNumber = (n: number): string => numbers.format(n);

/** Nominative: 1 карта, 2 карты, 5 карт. */
export const cards = (n: number): string => counted(n, "карта", "карты", "карт");

/** Nominative: 1 этикетка, 2 этикетки, 5 этикеток. */
export const labels = (n: number): string => counted(n, "этикетка", "этикетки", "этикеток");

/** Nominative: 1 проверка, 2 проверки, 5 проверок. */
export const checks = (n: number): string => counted(n, "проверка", "проверки", "проверок");

/** Nominative: 1 человек, 2 человека, 5 человек. */
export const people = (n: number): string => counted(n, "человек", "человека", "человек");

/** Nominative: 1 код, 2 кода, 5 кодов. */
export const codes = (n: number): string => counted(n, "код", "кода", "кодов");

/** Genitive, as in "without …": одного знака, 2 знаков. */
export const signs = (n: number): string =>
  n === 1 ? "одного знака" : counted(n, "знака", "знаков", "знаков");

/** Nominative: один лишний знак, 2 лишних знака, 5 лишних знаков. */
export const signsTooMany = (n: number): string =>
  n === 1 ? "один лишний знак" : counted(n, "лишний знак", "лишних знака", "лишних знаков");

/** 1 раз, 2 раза, 5 раз. */
export const times = (n: number): string => counted(n, "раз", "раза", "раз");

/** Accusative, as in "in …": 1 день, 2 дня, 5 дней. */
export const days = (n: number): string => counted(n, "день", "дня", "дней");

/** Accusative, as in "wait …": 1 секунду, 2 секунды, 5 секунд. */
export const seconds = (n: number): string => counted(n, "секунду", "секунды", "секунд");

/** Instrumental, as in "checked by …": одним человеком, 2 людьми, 5 людьми, 21 человеком. */
export const byPeople = (n: number): string =>
  n === 1 ? "одним человеком" : counted(n, "человеком", "людьми", "людьми");

/** `few` is for fractions as well: 1,5 карты. */
function counted(n: number, one: string, few: string, many: string): string {
  const form = rules.select(n);
  return `${formatNumber(n)} ${form === "one" ? one : form === "many" ? many : few}`;
}
