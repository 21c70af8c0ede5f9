/**
 * A name as a font can write it, on one line: a picture that it has not is left out, and a letter
 * that it has not becomes "…", as every letter of a script that it has not. May be empty.
 */
export function printableName(name: string, has: (letter: string) => boolean): string {
  return [...new Intl.Segmenter().segment(name.normalize("NFC"))]
    .map(({ segment }) => {
      const letters = segment.replace(UNSEEN, "");
      if ([...letters].every((letter) => /[\s\p{Join_Control}]/u.test(letter) || has(letter))) {
        return letters;
      }
      return PICTURE.test(segment) ? "" : "…";
    })
    .join("")
    .replace(/…(?:\s*…)+/gu, "…")
    .replace(/\s+/gu, " ")
    .trim();
}

/** Whether that is the whole name: nothing that can be seen of it is left out. */
export const isWhole = (name: string, printed: string): boolean =>
  name.normalize("NFC").replace(UNSEEN, "").replace(/\s+/gu, " ").trim() === printed;

/** Marks of direction and the like; what joins letters changes how they look. */
const UNSEEN = /(?!\p{Join_Control})\p{Default_Ignorable_Code_Point}/gu;
const PICTURE = /\p{RGI_Emoji}|\p{Extended_Pictographic}/v;
