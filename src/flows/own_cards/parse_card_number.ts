const NUMBER = /^\s*(?:№|#|no\.?)?\s*([0-9]{1,9})\s*$/iu;

/** The number that is searched for, as in "12", "№ 12", "#12" or "No. 12"; null where words are. */
export function parseCardNumber(search: string): number | null {
  const [, digits] = NUMBER.exec(search) ?? [];
  return digits === undefined ? null : Number(digits);
}
