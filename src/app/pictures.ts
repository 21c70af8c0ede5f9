/** Fetches pictures as the bot does, and looks after their cache. */
import { ExitError } from "../base/exit_error.ts";
import { readConfig } from "./config.ts";
import { startLogging, stopLogging } from "../base/log.ts";
import { plainText } from "../base/plain_text.ts";
import { askOwner } from "../pictures/folder_asks.ts";
import { picturesOptions } from "./pictures_options.ts";
import { exitCodes, parseCommand } from "../pictures/cli.ts";
import { openPictures } from "../pictures/open_pictures.ts";

const BAR_WIDTH = 30;
/** The process that has the cache looks every second. */
const ASK_MS = 10_000;

/** Runs one command; answers its exit code. Throws nothing. */
export async function pictures(args: string[]): Promise<number> {
  const parsed = parseCommand(args);
  if (typeof parsed !== "function") {
    write(
      parsed.code === exitCodes.done ? Deno.stdout : Deno.stderr,
      `${plainText(parsed.print)}\n`,
    );
    return parsed.code;
  }
  try {
    const config = await readConfig();
    await startLogging({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? "pretty" });
    const options = picturesOptions(config);
    return await parsed({
      ...options,
      open: () => openPictures(options),
      ask: (what) => askOwner(options.folder, what, ASK_MS),
      print: (line) => write(Deno.stdout, `${plainText(line)}\n`),
      onProgress: Deno.stderr.isTerminal() ? showProgress : () => {},
    });
  } catch (error) {
    write(Deno.stderr, `${plainText(error instanceof Error ? error.message : String(error))}\n`);
    return codeOf(error);
  } finally {
    await stopLogging();
  }
}

function codeOf(error: unknown): number {
  return error instanceof ExitError ? error.exit_code : exitCodes.defect;
}

/** On one line of the terminal, wiped away when all is done; not for a single picture. */
function showProgress(done: number, total: number): void {
  if (total === 1) return;
  const filled = Math.floor(BAR_WIDTH * done / total);
  const bar = "█".repeat(filled).padEnd(BAR_WIDTH, "░");
  write(Deno.stderr, done < total ? `\r${bar} ${done} of ${total}` : "\r\x1b[K");
}

/** Writes all of it; the reader may have gone, as `head` does, and that is fine. */
function write(to: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(to.writeSync(bytes));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
