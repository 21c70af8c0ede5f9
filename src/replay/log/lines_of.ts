/** The lines of a file, in constant memory, whatever the file is. */
import { CannotReplay, exitCodes } from "./exit_codes.ts";

/** Longer than any fact's: five hundred cards of a batch take sixty thousand letters. */
export const LINE_MAX = 4_000_000;

/** The lines of a file's bytes; `name` is what errors call it. Throws `CannotReplay` for no text. */
export async function* linesOf(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
  name: string,
): AsyncGenerator<string, void> {
  let rest = "";
  let line = 1;
  for await (const text of textsOf(bytes, name)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const one of lines) yield withinMax(one, line++, name);
    withinMax(rest, line, name);
  }
  if (rest !== "") yield rest;
}

function withinMax(line: string, number: number, name: string): string {
  if (line.length <= LINE_MAX) return line;
  throw new CannotReplay(
    `Cannot read ${name}: line ${number} is longer than any line of a log`,
    exitCodes.unreadable,
  );
}

/** UTF-8, or what Windows PowerShell makes of all that is written to a file by `>`. */
async function* textsOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>, name: string) {
  let decoder: TextDecoder | null = null;
  try {
    for await (const chunk of bytes) {
      const isWide = chunk[0] === 0xff && chunk[1] === 0xfe;
      decoder ??= new TextDecoder(isWide ? "utf-16le" : "utf-8");
      yield decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new CannotReplay(`Cannot read ${name}: ${words}`, exitCodes.unreadable);
  }
  if (decoder) yield decoder.decode();
}
