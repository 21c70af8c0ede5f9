/**
 * The Telegram on this machine alone: `deno task emulator [--port N] [--host H] …`.
 * Prints where it listens, the token and the people; ends on SIGINT and SIGTERM.
 */
import { parseArgs } from "node:util";
import { defaultPeople } from "./default_people.ts";
import { type Emulator, startEmulator } from "./emulator.ts";

const usage = "Usage: emulator [--port N] [--host ADDRESS] [--folder DIR] [--local]";

interface Arguments {
  help: boolean;
  port?: number;
  /** The hostname to listen on. */
  host?: string;
  folder?: string;
  local?: boolean;
}

if (import.meta.main) Deno.exitCode = await run(Deno.args);

async function run(args: string[]): Promise<number> {
  const read = readArguments(args);
  if (typeof read === "string") {
    await print(Deno.stderr, `${read}\n${usage}`);
    return 2;
  }
  const { help, ...options } = read;
  if (help) {
    await print(Deno.stdout, usage);
    return 0;
  }
  const emulator = await start(options);
  if (emulator === undefined) return 1;
  const people = emulator.people().map((person) => {
    const { id, first_name, last_name = "", username = "" } = person;
    return `  ${id}  ${first_name} ${last_name} @${username}`;
  });
  const lines = [`Address  ${emulator.address}`, `Token    ${emulator.token}`, "People", ...people];
  const stop = Promise.withResolvers<void>();
  const stopping = () => stop.resolve();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stopping);
  await print(Deno.stdout, lines.join("\n"));
  if (emulator.address !== emulator.root) await print(Deno.stderr, warningOf(options.host ?? ""));
  await stop.promise;
  await emulator.close();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stopping);
  return 0;
}

/** undefined when the port or the folder will not do, which has been said then. */
async function start(options: Omit<Arguments, "help">): Promise<Emulator | undefined> {
  try {
    const { host, ...others } = options;
    const at = host === undefined ? {} : { hostname: host };
    const warn = (sentence: string) => void print(Deno.stderr, sentence);
    return await startEmulator({ ...others, ...at, warn, people: defaultPeople });
  } catch (error) {
    await print(Deno.stderr, refusalOf(error, options));
    return undefined;
  }
}

/** What it means that the address has a secret. */
function warningOf(host: string): string {
  return `Other machines can reach ${host}: whoever has the address with its secret is everybody here`;
}

/** A sentence for what the machine refuses; throws what else went wrong. */
function refusalOf(error: unknown, options: Omit<Arguments, "help">): string {
  const { port, host, folder } = options;
  const is_nets = error instanceof Deno.errors.NotCapable && error.message.includes(" net access");
  if (host !== undefined && (is_nets || error instanceof Deno.errors.AddrNotAvailable)) {
    return `Cannot listen on ${host}: expected 127.0.0.1, localhost or, for other machines, 0.0.0.0`;
  }
  if (error instanceof Deno.errors.AddrInUse) {
    return `Cannot listen on port ${port}: it is taken; name another with --port`;
  }
  const is_disks = error instanceof Deno.errors.NotCapable ||
    error instanceof Error && error.message.includes("(os error ");
  if (folder === undefined || !is_disks) throw error;
  return `Cannot keep chats in ${folder}: ${error.message}; name another folder with --folder`;
}

/** A sentence when they cannot be read. */
function readArguments(args: string[]): Arguments | string {
  const options = {
    help: { type: "boolean", default: false },
    port: { type: "string" },
    host: { type: "string" },
    folder: { type: "string" },
    local: { type: "boolean", default: false },
  } as const;
  try {
    const { port, ...others } = parseArgs({ args, options }).values;
    if (port === undefined) return others;
    return /^\d{1,5}$/.test(port)
      ? { ...others, port: Number(port) }
      : `Cannot read --port ${port}`;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Where an argument may be missing, two lines of advice follow.
    return error.message.split(/\.\s/)[0] ?? error.message;
  }
}

async function print(to: typeof Deno.stdout | typeof Deno.stderr, text: string): Promise<void> {
  await to.write(new TextEncoder().encode(`${text}\n`));
}
