/** The terminal that `deno task replay` is called from, or the files and pipes in its place. */
import process from "node:process";
import type { Desk } from "../replay/cli/cli_command.ts";
import { CannotReplay, exitCodes, OutputClosed } from "../replay/log/exit_codes.ts";
import { openPaint } from "../replay/cli/paint.ts";
import { openProgressBar } from "../replay/cli/progress_bar.ts";
import { linesOf } from "../replay/log/read_log_file.ts";
import { readKeys } from "../replay/cli/walk_keys.ts";

type Terminal = Pick<
  Desk,
  | "print"
  | "note"
  | "paint"
  | "width"
  | "height"
  | "keys"
  | "draw"
  | "onProgress"
  | "readText"
  | "readLines"
>;

/** Columns where nobody says how many there are: what pagers show well. */
const WIDTH = 100;
const CLEAR = "\x1b[2J\x1b[H";

export function openTerminal(): Terminal {
  const watched = Deno.stderr.isTerminal();
  const bar = openProgressBar((text) => write(Deno.stderr, text), () => performance.now());
  const print = (line: string) => {
    bar.wipe();
    if (!write(Deno.stdout, `${line}\n`)) throw new OutputClosed();
  };
  const interactive = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  return {
    print,
    note(line) {
      bar.wipe();
      write(Deno.stderr, `${line}\n`);
    },
    paint: openPaint(Deno.stdout.isTerminal() && !Deno.noColor),
    width: Deno.stdout.isTerminal() ? Deno.consoleSize().columns : WIDTH,
    height: () => Deno.stdout.isTerminal() ? Deno.consoleSize().rows : Infinity,
    keys: interactive ? pressedKeys : null,
    draw: (frame) => void write(Deno.stdout, `${CLEAR}${frame}\n`),
    onProgress: watched ? bar.show : () => {},
    readText: async (path) =>
      path === "-"
        ? await new Response(Deno.stdin.readable).text()
        : await Deno.readTextFile(path).catch((error) => refuse(path, error)),
    async readLines(path) {
      if (path === "-") return linesOf(Deno.stdin.readable);
      const file = await Deno.open(path).catch((error) => refuse(path, error));
      return linesOf(file.readable);
    },
  };
}

async function* pressedKeys() {
  process.stdin.setRawMode(true);
  try {
    yield* readKeys(process.stdin);
  } finally {
    process.stdin.setRawMode(false);
    process.stdin.pause();
  }
}

function refuse(path: string, error: unknown): never {
  const words = error instanceof Deno.errors.NotFound ? "there is no such file" : String(error);
  throw new CannotReplay(`Cannot read ${path}: ${words}`, exitCodes.missing);
}

/** Writes all of it; false where the reader has gone. */
function write(to: { writeSync(bytes: Uint8Array): number }, text: string): boolean {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(to.writeSync(bytes));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return false;
    throw error;
  }
}
