/** A PostgreSQL server of our own, which can be stopped and started again. */

export interface OwnPostgres extends AsyncDisposable {
  /** `postgres://…` of its first database. */
  readonly url: string;
  /** Breaks every connection off; resolves when it has ended. */
  stop(): Promise<void>;
  /** Resolves when it takes connections, at the same address. */
  start(): Promise<void>;
}

/** The folder with PostgreSQL's programs; null where it is not installed. */
export function findPostgres(): string | null {
  try {
    const versions = [...Deno.readDirSync("/usr/lib/postgresql")].map(({ name }) => Number(name));
    const newest = Math.max(...versions.filter((version) => version > 0));
    const bin = `/usr/lib/postgresql/${newest}/bin`;
    return Deno.statSync(`${bin}/initdb`).isFile ? bin : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Makes a server in a temporary folder and starts it, with these settings beside its own
 * (`{ work_mem: "8MB" }`). Throws where PostgreSQL is not installed.
 */
export async function openPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnPostgres> {
  const bin = findPostgres();
  if (bin === null) {
    throw new Error("Cannot start PostgreSQL: it is not installed (apt-get install postgresql)");
  }
  const folder = await Deno.makeTempDir();
  const password = crypto.randomUUID();
  const port = freePort();
  const data = `${folder}/data`;
  const control = (...args: string[]) => run([`${bin}/pg_ctl`, "-D", data, "-w", ...args], folder);
  const more = Object.entries(settings).map(([name, value]) => ` -c ${name}=${value}`).join("");
  const options = `-p ${port} -k ${folder} -h 127.0.0.1${more}`;
  const start = () => control("-t", "120", "-l", `${folder}/log`, "-o", options, "start");
  const stop = () => control("-m", "fast", "stop");
  await Deno.writeTextFile(`${folder}/password`, password);
  if (isRoot()) await run(["chown", "-R", "postgres", folder], folder, false);
  await run([
    ...[`${bin}/initdb`, "-D", data, "-U", "postgres", "-A", "scram-sha-256"],
    ...["--pwfile", `${folder}/password`, "--no-instructions"],
  ], folder);
  await start();
  let runs = true;
  async function end(): Promise<void> {
    for (const signal of ENDING) Deno.removeSignalListener(signal, interrupted);
    if (runs) await stop();
    await Deno.remove(folder, { recursive: true });
  }
  // A server is a process of its own, and would stay.
  const interrupted = () => void end().finally(() => Deno.exit(130));
  for (const signal of ENDING) Deno.addSignalListener(signal, interrupted);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      runs = false;
      await stop();
    },
    async start() {
      await start();
      runs = true;
    },
    [Symbol.asyncDispose]: end,
  };
}

const ENDING = ["SIGINT", "SIGTERM"] as const;
const isRoot = () => Deno.uid() === 0;

/** A port that nobody listens on right now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** PostgreSQL refuses to run as root. */
async function run(command: readonly string[], folder: string, demoted = isRoot()): Promise<void> {
  const [program = "", ...args] = demoted
    ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", ...command]
    : command;
  // What it starts keeps the streams: a pipe would never end.
  const { code } = await new Deno.Command(program, {
    args,
    cwd: folder,
    env: { HOME: folder },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (code !== 0) throw new Error(`Cannot run ${command.join(" ")}: it ended with ${code}`);
}
