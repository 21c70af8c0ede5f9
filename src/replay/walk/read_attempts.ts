/** What a fork tries: lines of JSON, each an input of the person or a fact. */
import { z } from "zod";
import { Language } from "../../../events/language.ts";
import type { Input } from "../../../machines/input.ts";
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

const file = z.strictObject({
  file_id: z.string().min(1),
  unique_id: z.string().min(1).default("fork"),
  size: z.int().nullable().default(null),
});
const album = z.string().nullable().default(null);
const number = z.int().positive();
const Action = z.union([
  z.strictObject({ do: z.enum(["issue", "list", "stats", "skip", "cancel", "makers", "invite"]) }),
  z.strictObject({ do: z.enum(["look", "withdraw", "confirm", "restore"]), number }),
  z.strictObject({ do: z.enum(["maker", "dismiss"]), maker: z.uuid() }),
  z.strictObject({ do: z.literal("speak"), language: Language }),
]);
const Input = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("command"),
    name: z.string(),
    argument: z.string().default(""),
  }),
  z.strictObject({ kind: z.literal("text"), text: z.string() }),
  z.strictObject({ kind: z.literal("photo"), file, album }),
  z.strictObject({ kind: z.literal("image_file"), file, album }),
  z.strictObject({ kind: z.literal("tap"), action: Action.nullable() }),
  z.strictObject({ kind: z.literal("other"), what: z.string() }),
]);
const at = z.int().nonnegative().optional();
const rights = { admin: z.boolean().default(false), owner: z.boolean().default(false) };
const Line = z.union([
  z.strictObject({ input: Input, ...rights, at }),
  z.strictObject({ fact: z.looseObject({ type: z.string() }), at }),
]);

/** Reads the text of a fork's file; empty lines and lines that begin with # are passed over. */
export function readAttempts(text: string, name: string): Attempt[] {
  return text.split("\n").flatMap((line, index): Attempt[] => {
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
