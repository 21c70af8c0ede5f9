/** As much of bidi-js as is used here; the types that it brings are of its CommonJS form. */
export interface Bidi {
  getEmbeddingLevels(
    text: string,
    base?: "ltr" | "rtl",
  ): { levels: Uint8Array; paragraphs: { start: number; end: number; level: number }[] };
  getMirroredCharacter(letter: string): string | null;
}
export default function bidiFactory(): Bidi;
