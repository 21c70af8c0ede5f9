/** The commands of `deno task replay`: how a command line is read, and what the help says. */
import { readArguments } from "../../base/read_arguments.ts";
import { bisect } from "./cli_bisect.ts";
import { check } from "./cli_check.ts";
import { type Command, type Plan, WrongUsage } from "./cli_command.ts";
import { graph } from "./cli_graph.ts";
import { list } from "./cli_list.ts";
import { exporting, importing } from "./cli_move.ts";
import { rebuild, retry } from "./cli_rebuild.ts";
import { run } from "./cli_run.ts";
import { show } from "./cli_show.ts";
import { verify } from "./cli_verify.ts";
import { type ExitCode, exitCodes } from "../log/exit_codes.ts";

const commands: Readonly<Record<string, Command>> = {
  list,
  show,
  run,
  check,
  bisect,
  verify,
  export: exporting,
  import: importing,
  rebuild,
  retry,
  graph,
};

/** What to print instead of running something, and the code to end with. */
export interface Answer {
  print: string;
  code: ExitCode;
}

/** Reads the command line: what to run, or what to say instead. */
export function parseCommand(args: readonly string[]): Plan | Answer {
  const [name = "", ...rest] = args;
  if (name === "--help" || name === "-h" || rest.includes("--help") || rest.includes("-h")) {
    return { print: help(), code: exitCodes.whole };
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const sentence = name === "" ? "Which command?" : `There is no command ${name}.`;
    return { print: `${sentence}\n\n${help()}`, code: exitCodes.usage };
  }
  const { options } = command;
  const read = readArguments({ args: rest, options, allowPositionals: true });
  if (typeof read === "string") return refuse(name, read.replace(/\.$/, ""), command);
  try {
    return command.plan(read.positionals, read.values);
  } catch (error) {
    if (error instanceof WrongUsage) return refuse(name, error.message, command);
    throw error;
  }
}

/** One line: what is wrong, and how the command is used. */
function refuse(name: string, words: string, { usage }: Command): Answer {
  const wrong = words.slice(0, 1).toLowerCase() + words.slice(1);
  const sentence = `Cannot ${name}: ${wrong}. It is used so: deno task replay ${usage}`;
  return { print: sentence, code: exitCodes.usage };
}

function help(): string {
  const lines = Object.values(commands).map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return `Usage: deno task replay <command>

${lines.join("\n")}

Works on DATABASE_URL, else on the embedded database in DATA_DIR (./data; of deno task dev:
DATA_DIR=./data/dev). A server may be in use meanwhile; an embedded database may not. Nothing is
written but by import, rebuild and retry; verify derives the read models beside the live ones.
A stream is named in full, without "dialogue:", by a beginning that only one has, or by a card's
number or code, @username, a Telegram id, or the reference of an apology.

Ends with 0 whole, 1 broken or diverging, 64 wrong usage, 65 a log or file that cannot be read,
66 no such stream, chart, version, file or reference, 69 database unavailable, 70 defect of this
program, 73 the database to import into is not empty, 74 nobody reads the output, 78 bad
configuration.`;
}
