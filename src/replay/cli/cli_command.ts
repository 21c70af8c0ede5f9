/** What a command of `deno task replay` is, and what it works with. */
import type postgres from "postgres";
import type { Charts } from "../../../machines/flow/chart.ts";
import { readCount } from "../../base/read_arguments.ts";
import type { Projection } from "../../projections/projection.ts";
import type { People } from "../../store/people.ts";
import type { ChatWorld } from "../walk/chat.ts";
import type { CheckAside } from "../check/check_parts.ts";
import type { ExitCode } from "../log/exit_codes.ts";
import type { AskAgain } from "../walk/fork_stream.ts";
import type { Paint } from "./paint.ts";
import type { Retried } from "../move/retry.ts";

/** A key that was pressed. */
export type Key = "left" | "right" | "home" | "end" | "quit";

/** What every command works with. */
export interface Desk {
  charts: Charts;
  projections: readonly Projection[];
  /** Prints a line of the answer. */
  print: (line: string) => void;
  /** Says something beside the answer. */
  note: (line: string) => void;
  paint: Paint;
  /** Columns that fit. */
  width: number;
  /** Lines that fit now. */
  height: () => number;
  /** The keys that are pressed from now on; null where nobody sits at a terminal. */
  keys: (() => AsyncIterable<Key>) | null;
  /** Puts this in the place of all that the terminal shows. */
  draw: (frame: string) => void;
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
  /** Those behind uuids; null where there is no key that opens what is sealed. */
  people: () => Promise<People | null>;
  /** Keeps a line about who looked at names. */
  onUnseal: (stream: string) => Promise<void>;
  /** Other threads that can check a part of this log; none where it can be open only once. */
  aside: readonly CheckAside[];
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

/** One command. */
export interface Command {
  usage: string;
  summary: string;
  /** As `parseArgs` takes them. */
  options: Readonly<Record<string, { type: "string" | "boolean" }>>;
  /** What these arguments ask for; null where they are not as `usage` says. */
  plan(args: readonly string[], flags: Flags): Plan | null;
}

/** The value of an option that takes a text. */
export function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
}

/** The value of an option that takes a whole number of at least `min`; null for anything else. */
export function numberOf(flags: Flags, name: string, min = 1): number | undefined | null {
  const text = textOf(flags, name);
  return text === undefined ? undefined : readCount(text, min);
}
