/** The bot as a process of its own, as `deno task start` runs it. */
import { until } from "./until.ts";

const ROOT = new URL("../../", import.meta.url);

export interface BotProcess extends AsyncDisposable {
  readonly pid: number;
  /** Resolves when it polls; rejects with what it said where it ended instead. */
  working(): Promise<void>;
  kill(signal: "SIGKILL" | "SIGTERM"): void;
  /** Resolves when it has ended; rejects where it goes on for too long. */
  end(): Promise<Ending>;
}

export interface Ending {
  code: number;
  /** All that it wrote, to standard output and standard error. */
  said: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Those of the task in deno.json. */
const V8_FLAGS = "--v8-flags=--max-semi-space-size=16";
const unset = [
  ...["BOT_TOKEN", "DATABASE_URL", "ADMIN_IDS", "ADOPT_BOT", "PII_KEY", "TIME_ZONE"],
  ...["DELETE_WEBHOOK", "IMAGE_PUBLIC_BASE_URL", "REDIS_URL"],
];

/** Starts `src/main.ts`; whatever `.env` lies about is outvoted. */
export function startBot(environment: Environment): BotProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", V8_FLAGS, "-P=start", "src/main.ts"],
    cwd: ROOT,
    env: {
      ...Object.fromEntries(unset.map((name) => [name, ""])),
      HTTP_PORT: "0",
      LOG_LEVEL: "info",
      ...environment,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said: string[] = [];
  const announced = Promise.withResolvers<void>();
  const listen = async (stream: ReadableStream<Uint8Array>) => {
    for await (const line of linesOf(stream)) {
      said.push(line);
      if (line.includes("is working (pid")) announced.resolve();
    }
  };
  const heard = Promise.all([listen(child.stdout), listen(child.stderr)]);
  let ending: Ending | undefined;
  const ended = Promise.all([child.status, heard]).then(([{ code }]) => {
    ending = { code, said: said.join("\n") };
    announced.reject(new Error(`The bot ended with ${code}:\n${ending.said}`));
  });
  announced.promise.catch(() => undefined);
  return {
    pid: child.pid,
    working: () => announced.promise,
    kill: (signal) => child.kill(signal),
    async end() {
      await until("the process has ended", () => ending !== undefined).catch((error) => {
        throw new Error(`${error.message}, which said:\n${said.join("\n")}`);
      });
      return ending ?? { code: NaN, said: "" };
    },
    async [Symbol.asyncDispose]() {
      if (ending === undefined) child.kill("SIGKILL");
      await ended;
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
