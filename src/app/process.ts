/** How a program of ours begins and ends: signals, sentences for people, exit codes. */
import { ExitError } from "../base/exit_error.ts";
import { describe, logOf, stopLogging, TOKEN_PATTERN } from "../base/log.ts";
import { plainText } from "../base/plain_text.ts";
import { readArguments } from "../base/read_arguments.ts";

/** Why a signal of `untilSignal` is aborted: a program that breaks off for it has not failed. */
class AskedToEnd extends Error {
  override name = "AskedToEnd";
  constructor() {
    super("Asked to end");
  }
}

/** Aborts at the first SIGINT or SIGTERM; the second ends the process at once. */
export function untilSignal(): { signal: AbortSignal; forget: () => void } {
  const ending = new AbortController();
  const stop = () => {
    if (ending.signal.aborted) Deno.exit(130);
    ending.abort(new AskedToEnd());
  };
  Deno.addSignalListener("SIGINT", stop);
  Deno.addSignalListener("SIGTERM", stop);
  return {
    signal: ending.signal,
    forget() {
      Deno.removeSignalListener("SIGINT", stop);
      Deno.removeSignalListener("SIGTERM", stop);
    },
  };
}

/** Resolves when `signal` aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** A program that takes no arguments was given one. */
class WrongUsage extends ExitError {
  override name = "WrongUsage";
  readonly exit_code = 64;
}

/** Settings are variables of the environment alone: what would be ignored is refused. */
function refuseArguments(args: string[]): void {
  const read = readArguments({ args, options: {} });
  if (typeof read === "string") {
    throw new WrongUsage(`${read} Settings are environment variables: README.md lists them.`);
  }
}

/** Runs a program without arguments to its end; a known refusal becomes one sentence on standard error. */
export async function runProgram(program: () => Promise<void>): Promise<never> {
  // A defect that no room caught must leave a line, and must not end a bot that others rely on.
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    logOf("process").error("Unhandled: {error}", { error: describe(event.reason) });
  });
  let code = 0;
  try {
    refuseArguments(Deno.args);
    await program();
  } catch (error) {
    if (!(error instanceof AskedToEnd)) code = printError(error);
  }
  await stopLogging();
  Deno.exit(code);
}

/** Says on standard error why a program ends; answers the code for it. */
function printError(error: unknown): number {
  const known = codeOf(error);
  const words = error instanceof Error && known !== null ? error.message : describe(error);
  // An address of Telegram's has the token in it, and a stack may quote it.
  const line = `${plainText(words.replaceAll(TOKEN_PATTERN, "[token]"))}\n`;
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(line));
  } catch {
    // Nobody reads any more why the program ends; the code still says it.
  }
  return known ?? DEFECT;
}

/** The code of a known refusal; null for a defect. */
function codeOf(error: unknown): number | null {
  if (error instanceof ExitError) return error.exit_code;
  return error instanceof Deno.errors.AddrInUse ? UNAVAILABLE : null;
}

const UNAVAILABLE = 69;
const DEFECT = 70;

/** Prints one line for the person who started the program. */
export function announce(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${plainText(line)}\n`));
}
