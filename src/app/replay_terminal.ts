/** The terminal that `deno task replay` is called from, or the files and pipes in its place. */
import process from "node:process";
import type { Desk } from "../replay/cli/cli_command.ts";
import { CannotReplay, exitCodes, OutputClosed } from "../replay/log/exit_codes.ts";
import { openColours } from "../replay/cli/paint.ts";
import { openProgressBar } from "../replay/cli/progress_bar.ts";
import { linesOf } from "../replay/log/lines_of.ts";
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
/** Letters of a file that is read as a whole: inputs to try, or a head record. */
const TEXT_MAX = 16_000_000;
const CLEAR = "\x1b[2J\x1b[H";

export function openTerminal(): Terminal {
  const watched = Deno.stderr.isTerminal();
  const bar = openProgressBar((text) => write(Deno.stderr, text), () => performance.now());
  const { paint, show } = openColours(Deno.stdout.isTerminal() && !Deno.noColor);
  const print = (line: string) => {
    bar.wipe();
    if (!write(Deno.stdout, `${show(line)}\n`)) throw new OutputClosed();
  };
  const interactive = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  return {
    print,
    note(line) {
      bar.wipe();
      write(Deno.stderr, `${show(line)}\n`);
    },
    paint,
    width: Deno.stdout.isTerminal() ? Deno.consoleSize().columns : WIDTH,
    height: () => Deno.stdout.isTerminal() ? Deno.consoleSize().rows : Infinity,
    keys: interactive ? pressedKeys : null,
    draw: (lines) => void write(Deno.stdout, `${CLEAR}${lines.map(show).join("\n")}\n`),
    onProgress: watched ? bar.show : () => {},
    async readText(path) {
      const lines: string[] = [];
      let length = 0;
      for await (const line of await readLines(path)) {
        lines.push(line);
        length += line.length + 1;
        if (length > TEXT_MAX) {
          throw new CannotReplay(`Cannot read ${path}: it is too long`, exitCodes.unreadable);
        }
      }
      return lines.join("\n");
    },
    readLines,
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

/** The lines of a file, or of standard input; what might have no end is taken from there alone. */
async function readLines(path: string): Promise<AsyncIterable<string>> {
  if (path === "-") return linesOf(Deno.stdin.readable, "standard input");
  if (/^\w[\w+.-]+:\/\//.test(path)) {
    throw new CannotReplay(
      `Cannot read ${path}: it is an address. Download the file first`,
      exitCodes.unreadable,
    );
  }
  const { isFile, isDirectory } = await Deno.stat(path).catch((error) => refuse(path, error));
  if (!isFile) {
    const what = isDirectory ? "a folder" : "no file; what comes through a pipe is read as -";
    throw new CannotReplay(`Cannot read ${path}: it is ${what}`, exitCodes.unreadable);
  }
  const file = await Deno.open(path).catch((error) => refuse(path, error));
  return linesOf(file.readable, path);
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
