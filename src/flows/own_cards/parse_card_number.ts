const NUMBER = /^\s*(?:№|#|no\.?)?\s*([0-9]{1,9})\s*$/iu;
/** What a phone adds to a text and nobody sees. */
const UNSEEN = /\p{Cf}/gu;

/** The number that is searched for, as in "12", "№ 12", "#12" or "No. 12"; null where words are. */
export function parseCardNumber(search: string): number | null {
  const [, digits] = NUMBER.exec(search.replace(UNSEEN, "").normalize("NFKC")) ?? [];
  return digits === undefined ? null : Number(digits);
}
