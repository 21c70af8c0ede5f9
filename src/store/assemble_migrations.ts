import type { Migration } from "./migrate.ts";

const NAME = /^(\d{4})_[a-z0-9_]+$/;

/** One list of all, in the order of their numbers. Throws where two have one number. */
export function assembleMigrations(...lists: readonly (readonly Migration[])[]): Migration[] {
  const all = lists.flat().toSorted((a, b) => a.name < b.name ? -1 : 1);
  const numbered = new Map<string, string>();
  for (const { name } of all) {
    const number = NAME.exec(name)?.[1];
    if (number === undefined) {
      throw new Error(`Cannot order migrations: ${name} is not named like 0001_first`);
    }
    const other = numbered.get(number);
    if (other !== undefined) {
      throw new Error(`Cannot order migrations: ${other} and ${name} have one number`);
    }
    numbered.set(number, name);
  }
  return all;
}
