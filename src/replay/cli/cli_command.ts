/** What a command of `deno task replay` is, and what it works with. */
import type postgres from "postgres";
import type { Charts } from "../../../machines/flow/chart.ts";
import { readCount } from "../../base/read_arguments.ts";
import type { Projection } from "../../projections/projection.ts";
import type { Migration } from "../../store/migrate.ts";
import type { People } from "../../store/people.ts";
import type { ChatWorld } from "../walk/chat.ts";
import type { CheckInThread } from "../check/check_parts.ts";
import type { CardLookup } from "../log/find_subject.ts";
import type { ExitCode } from "../log/exit_codes.ts";
import type { AskAgain } from "../walk/fork_stream.ts";
import type { Paint } from "./paint.ts";
import type { Retried } from "../move/retry.ts";

/** A key press that `run --step` understands. */
export type Key = "left" | "right" | "home" | "end" | "quit";

/** What every command works with. */
export interface Desk {
  charts: Charts;
  projections: readonly Projection[];
  migrations: readonly Migration[];
  /** Prints a line of the answer; what would steer a terminal in it is spelled out. */
  print: (line: string) => void;
  /** Says something beside the answer. */
  note: (line: string) => void;
  paint: Paint;
  /** Width of the terminal, in columns. */
  width: number;
  /** Height of the terminal now, in lines. */
  height: () => number;
  /** The keys that are pressed from now on; null where nobody sits at a terminal. */
  keys: (() => AsyncIterable<Key>) | null;
  /** Puts these lines in the place of all that the terminal shows. */
  draw: (lines: readonly string[]) => void;
  /** Shows how far it is, where somebody watches. */
  onProgress: (done: number, total: number) => void;
  /** The text of a file; throws `CannotReplay` where there is none. */
  readText: (path: string) => Promise<string>;
  /** The lines of a file, or of standard input for "-"; throws `CannotReplay` where there is none. */
  readLines: (path: string) => Promise<AsyncIterable<string>>;
  /** Does something with the database at an address or in a folder, which may be a new one. */
  inPlace: <Result>(place: string, work: (sql: postgres.Sql) => Promise<Result>) => Promise<Result>;
  now: () => Date;
}

/** What a command works with that reads the log of DATABASE_URL or DATA_DIR. */
export interface ReplayWorld extends Desk, ChatWorld {
  sql: postgres.Sql;
  /** Cards, as they stand today. */
  cards: CardLookup;
  /** Those behind uuids; null where there is no key that opens what is sealed. */
  people: () => Promise<People | null>;
  /** Keeps a line about who looked at names. */
  onUnseal: (stream: string) => Promise<void>;
  /** Other threads that can check a part of this log; none where it can be open only once. */
  aside: readonly CheckInThread[];
  ask: AskAgain;
  /** Handles a failed update again; opens what that needs only when it is called. */
  retry: (reference: string) => Promise<Retried>;
}

/** A command line that was understood, and how it must be able to reach the log. */
export type Plan =
  | { opens: "nothing"; run: (desk: Desk) => Promise<ExitCode> }
  | { opens: "reading" | "writing"; run: (world: ReplayWorld) => Promise<ExitCode> };

/** Options that were given, by name. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Thrown for a command line that cannot be carried out: says which argument is wrong, and why. */
export class WrongUsage extends Error {
  override name = "WrongUsage";
}

/** One command. */
export interface Command {
  usage: string;
  summary: string;
  /** As `parseArgs` takes them. */
  options: Readonly<Record<string, { type: "string" | "boolean" }>>;
  /** What these arguments ask for; throws `WrongUsage` for one that is not as `usage` says. */
  plan(args: readonly string[], flags: Flags): Plan;
}

/** The value of an option that takes a text. */
export function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
}

/** The value of an option that takes a whole number of at least `min`. */
export function numberOf(flags: Flags, name: string, min = 1): number | undefined {
  const text = textOf(flags, name);
  if (text === undefined) return undefined;
  const value = readCount(text, min);
  if (value !== null) return value;
  throw new WrongUsage(`--${name} takes a whole number from ${min} on, not "${text}"`);
}

/** What must be given; `name` is what the usage calls it. */
export function required<Value>(value: Value | undefined, name: string): Value {
  if (value !== undefined) return value;
  throw new WrongUsage(`${name} is missing`);
}

/** Refuses what stands behind the last argument that a command takes. */
export function refuseMore([extra]: readonly string[]): void {
  if (extra !== undefined) throw new WrongUsage(`"${extra}" is one argument too many`);
}

/** Prints a text of several lines. */
export function printLines({ print }: Pick<Desk, "print">, text: string): void {
  for (const line of text.trimEnd().split("\n")) print(line);
}
