/** A real Redis on a free port, for one test: it can be slow, full, emptied and killed. */
import { Buffer } from "node:buffer";
import { createClient } from "@redis/client";
import { freePort } from "../bot/ask_health.ts";
import { until } from "../bot/until.ts";
import { needs } from "../permissions.ts";

const PASSWORD = "open-sesame";

export interface RedisServer extends AsyncDisposable {
  /** With its password. */
  url: string;
  /** Asks it as redis-cli would. */
  ask(...words: (string | Buffer)[]): Promise<unknown>;
  /** From now on it takes connections and says nothing. */
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  /** Again, empty, at the same address. */
  start(): Promise<void>;
}

/** Why there can be no Redis here; "" when there can. */
export function whyNoRedis(): string {
  const missing = needs({ name: "run" }, { name: "net", host: "127.0.0.1" }, { name: "write" });
  if (missing !== "") return missing;
  try {
    const { success } = new Deno.Command("redis-server", { args: ["--version"] }).outputSync();
    return success ? "" : "needs redis-server";
  } catch {
    return "needs redis-server";
  }
}

/** Starts it; it is gone at the end of the block. */
export async function startRedis(): Promise<RedisServer> {
  const port = freePort();
  const url = `redis://:${PASSWORD}@127.0.0.1:${port}/0`;
  const folder = await Deno.makeTempDir();
  let child: Deno.ChildProcess | null = null;

  async function ask(...words: (string | Buffer)[]): Promise<unknown> {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on("error", () => {});
    await client.connect();
    try {
      return await client.sendCommand(words);
    } finally {
      client.destroy();
    }
  }

  async function start(): Promise<void> {
    const settings = ["--port", `${port}`, "--bind", "127.0.0.1", "--requirepass", PASSWORD];
    child = new Deno.Command("redis-server", {
      args: [...settings, "--save", "", "--appendonly", "no", "--dir", folder],
      stdout: "null",
      stderr: "null",
    }).spawn();
    await until("Redis answers", () => ask("PING").then(() => true, () => false));
  }

  async function kill(): Promise<void> {
    if (child === null) return;
    child.kill("SIGKILL");
    await child.status;
    child = null;
  }

  await start();
  return {
    url,
    ask,
    freeze: () => child?.kill("SIGSTOP"),
    thaw: () => child?.kill("SIGCONT"),
    kill,
    start,
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
