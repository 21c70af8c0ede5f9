/** What a fork tries: lines of JSON, each an input of the person or a fact. */
import { z } from "zod";
import { Input } from "../../../machines/flow/input.ts";
import { withoutMark } from "../log/read_log_file.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";

/** A fact as it is written in a fork's file; what may be missing is filled in when it is tried. */
export type AttemptedFact = { readonly type: string; readonly [field: string]: unknown };

/** One thing to try. `at` in ms: a second after the fact before unless told. */
export type Attempt =
  & { at?: number | undefined }
  & (
    | { input: Input; admin: boolean; owner: boolean }
    | { fact: AttemptedFact }
  );

/** An input as it is written in a fork's file: what tells nothing may be left out. */
const Written = z.preprocess(complete, Input);

/** With what was left out: a command's argument, an album, a file's other names. */
function complete(written: unknown): unknown {
  if (typeof written !== "object" || written === null) return written;
  const { kind, file } = { kind: undefined, file: undefined, ...written };
  if (kind === "command") return { argument: "", ...written };
  if (kind !== "photo" && kind !== "image_file") return written;
  const known = { unique_id: "fork", size: null };
  return { album: null, ...written, file: Object.assign(known, file) };
}

const at = z.int().nonnegative().optional();
const rights = { admin: z.boolean().default(false), owner: z.boolean().default(false) };
const Line = z.union([
  z.strictObject({ input: Written, ...rights, at }),
  z.strictObject({ fact: z.looseObject({ type: z.string() }), at }),
]);

/** Reads the text of a fork's file; empty lines and lines that begin with # are passed over. */
export function readAttempts(text: string, name: string): Attempt[] {
  return withoutMark(text).split("\n").flatMap((line, index): Attempt[] => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    return [readLine(line, `${name} line ${index + 1}`)];
  });
}

function readLine(line: string, where: string): Attempt {
  const read = Line.safeParse(parse(line, where));
  if (read.success) return read.data;
  throw new CannotReplay(
    `Cannot read ${where}: it is neither {"input": {"kind": "text", "text": "…"}, "admin": true} ` +
      `nor {"fact": {"type": "NameProvided", "name": "…"}}`,
    exitCodes.unreadable,
  );
}

function parse(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new CannotReplay(`Cannot read ${where}: it is no JSON`, exitCodes.unreadable);
  }
}
