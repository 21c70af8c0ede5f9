/** Russian grammar that the page's words need. */

/** `1 участник`, `2 участника`, `5 участников`: the form that fits the count, after it. */
export function countedInRussian(count: number, one: string, few: string, many: string): string {
  const [tens, ones] = [count % 100, count % 10];
  if (ones === 1 && tens !== 11) return `${count} ${one}`;
  const isFew = ones >= 2 && ones <= 4 && (tens < 12 || tens > 14);
  return `${count} ${isFew ? few : many}`;
}

/** `Бориса`, `Анны`, `Анны (Смирнова)`: whose something is, where the first name is a Russian one. */
export function possessiveInRussian(name: string): string {
  const [first = "", ...more] = name.split(" ");
  return more.length > 0 ? `${whose(first)} (${more.join(" ")})` : whose(name);
}

function whose(name: string): string {
  if (!/^[А-ЯЁ][а-яё]+$/.test(name)) return name;
  if (/[гкхжчшщ]а$/.test(name)) return name.replace(/а$/, "и");
  if (name.endsWith("а")) return name.replace(/а$/, "ы");
  if (name.endsWith("я")) return name.replace(/я$/, "и");
  if (name.endsWith("й")) return name.replace(/й$/, "я");
  return /[бвгджзклмнпрстфхцчшщ]$/.test(name) ? `${name}а` : name;
}
