import { parseArgs, type ParseArgsConfig } from "node:util";

/** What is on a command line by Node's `parseArgs`, or a sentence that names what is wrong there. */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> | string {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError && "code" in error)) throw error;
    if (!String(error.code).startsWith("ERR_PARSE_ARGS_")) throw error;
    // Advice about dashes follows, on lines of its own at times.
    return `${error.message.split(/\.\s/)[0]}.`;
  }
}

/** A whole number of at least `min`; null for anything else. */
export function readCount(text: string, min = 1): number | null {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  return value >= min ? value : null;
}
