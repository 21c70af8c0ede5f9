import type { Key } from "./cli_command.ts";

/** Walks between two versions as the keys say, showing where it is; ends at "quit" or with them. */
export async function walkKeys(
  keys: AsyncIterable<Key>,
  { first, last, at }: { first: number; last: number; at: number },
  show: (version: number) => void,
): Promise<void> {
  let version = at;
  show(version);
  for await (const key of keys) {
    if (key === "quit") return;
    const steps = { left: version - 1, right: version + 1, home: first, end: last };
    const next = Math.min(last, Math.max(first, steps[key]));
    if (next === version) continue;
    version = next;
    show(version);
  }
}

/** What a terminal sends for each key; letters for those whose terminal keeps the arrows. */
const SEQUENCES: readonly (readonly [string, Key])[] = [
  ["\x1b[D", "left"],
  ["\x1bOD", "left"],
  ["h", "left"],
  ["\x1b[C", "right"],
  ["\x1bOC", "right"],
  ["l", "right"],
  [" ", "right"],
  ["\x1b[H", "home"],
  ["\x1bOH", "home"],
  ["\x1b[1~", "home"],
  ["g", "home"],
  ["\x1b[F", "end"],
  ["\x1bOF", "end"],
  ["\x1b[4~", "end"],
  ["G", "end"],
  ["q", "quit"],
  ["\x03", "quit"],
  ["\x04", "quit"],
];

/** The keys in what a terminal in raw mode sends; everything else is passed over. */
export async function* readKeys(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Key, void> {
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    let rest = text;
    while (rest !== "") {
      const found = SEQUENCES.find(([sequence]) => rest.startsWith(sequence));
      rest = rest.slice(found?.[0].length ?? 1);
      if (found) yield found[1];
    }
  }
}
