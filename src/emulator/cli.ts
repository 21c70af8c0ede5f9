/**
 * The Telegram on this machine alone: `deno task emulator [--port N] [--folder DIR] [--local]`.
 * Prints where it listens, the token and the people; ends on SIGINT and SIGTERM.
 */
import { defaultPeople } from "./default_people.ts";
import { type Emulator, startEmulator } from "./emulator.ts";

const usage = "Usage: emulator [--port N] [--folder DIR] [--local]";

interface Arguments {
  port?: number;
  folder?: string;
  local?: boolean;
}

if (import.meta.main) Deno.exitCode = await run(Deno.args);

async function run(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    await print(Deno.stdout, usage);
    return 0;
  }
  const options = readArguments(args);
  if (typeof options === "string") {
    await print(Deno.stderr, `${options}\n${usage}`);
    return 2;
  }
  const emulator = await start(options);
  if (emulator === undefined) return 1;
  const people = emulator.people().map((person) => {
    const { id, first_name, last_name = "", username = "" } = person;
    return `  ${id}  ${first_name} ${last_name} @${username}`;
  });
  const lines = [`Address  ${emulator.root}`, `Token    ${emulator.token}`, "People", ...people];
  const stop = Promise.withResolvers<void>();
  const stopping = () => stop.resolve();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stopping);
  await print(Deno.stdout, lines.join("\n"));
  await stop.promise;
  await emulator.close();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stopping);
  return 0;
}

/** undefined when the port is somebody else's, which has been said then. */
async function start(options: Arguments): Promise<Emulator | undefined> {
  try {
    return await startEmulator({ ...options, people: defaultPeople });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    const taken = `Cannot listen on port ${options.port}: it is taken; name another with --port`;
    await print(Deno.stderr, taken);
    return undefined;
  }
}

/** A sentence when they cannot be read. */
function readArguments(args: readonly string[]): Arguments | string {
  const options: Arguments = {};
  if (args.includes("--local")) options.local = true;
  const pairs = args.filter((arg) => arg !== "--local");
  for (let i = 0; i < pairs.length; i += 2) {
    const [name, value] = [pairs[i], pairs[i + 1]];
    if (value === undefined) return `Cannot read ${name}: a value must follow`;
    if (name === "--folder") options.folder = value;
    else if (name === "--port" && /^\d{1,5}$/.test(value)) options.port = Number(value);
    else return `Cannot read ${name} ${value}`;
  }
  return options;
}

async function print(to: typeof Deno.stdout | typeof Deno.stderr, text: string): Promise<void> {
  await to.write(new TextEncoder().encode(`${text}\n`));
}
