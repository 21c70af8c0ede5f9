/** Russian grammar that the page's words need. */

/** `1 участник`, `2 участника`, `5 участников`: the form that fits the count, after it. */
export function countedInRussian(count: number, one: string, few: string, many: string): string {
  const [tens, ones] = [count % 100, count % 10];
  if (ones === 1 && tens !== 11) return `${count} ${one}`;
  const isFew = ones >= 2 && ones <= 4 && (tens < 12 || tens > 14);
  return `${count} ${isFew ? few : many}`;
}

/** `Бориса`, `Анны`: whose something is. Names that are not plain Russian ones stay as they are. */
export function possessiveInRussian(name: string): string {
  if (!/^[А-ЯЁ][а-яё]+$/.test(name)) return name;
  if (/[гкхжчшщ]а$/.test(name)) return name.replace(/а$/, "и");
  if (name.endsWith("а")) return name.replace(/а$/, "ы");
  if (name.endsWith("я")) return name.replace(/я$/, "и");
  if (name.endsWith("й")) return name.replace(/й$/, "я");
  return /[бвгджзклмнпрстфхцчшщ]$/.test(name) ? `${name}а` : name;
}
