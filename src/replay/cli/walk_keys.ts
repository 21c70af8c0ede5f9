import { on } from "node:events";
import { emitKeypressEvents, type Key as Keypress } from "node:readline";
import type { Readable } from "node:stream";
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

/** By what a terminal calls the key. */
const NAMED: ReadonlyMap<string | undefined, Key> = new Map([
  ["left", "left"],
  ["right", "right"],
  ["home", "home"],
  ["end", "end"],
]);

/** By what is typed: for those whose terminal keeps the arrows, and ways to quit. */
const TYPED: ReadonlyMap<string | undefined, Key> = new Map([
  ["h", "left"],
  ["l", "right"],
  [" ", "right"],
  ["g", "home"],
  ["G", "end"],
  ["q", "quit"],
  ["\x03", "quit"],
  ["\x04", "quit"],
]);

/** The keys in what a terminal in raw mode sends; everything else is passed over. */
export async function* readKeys(terminal: Readable): AsyncGenerator<Key, void> {
  emitKeypressEvents(terminal);
  for await (const [, pressed] of on(terminal, "keypress", { close: ["end", "close"] })) {
    const { name, sequence }: Keypress = pressed;
    const key = TYPED.get(sequence) ?? NAMED.get(name);
    if (key) yield key;
  }
}
