/** A road to the emulated Telegram on which every call takes its time and some come to grief. */
import { delay } from "@std/async";
import { cutAnswer } from "@amanita/emulator";
import type { Chance } from "./chance.ts";

/** The fate of calls: as they were made, or the three ways in which they fail. */
export type Fate = "through" | "429" | "502" | "cut after taking effect";

export interface RoughRoad extends AsyncDisposable {
  /** The address that a bot takes for Telegram's. */
  readonly root: string;
  /** How many calls met which fate since the road became rough. */
  readonly fates: ReadonlyMap<Fate, number>;
  /** From now on this share of the calls fails; at first none does. */
  roughen(share: number): void;
}

const failures: readonly [Fate, Fate, Fate] = ["429", "502", "cut after taking effect"];

/** Opens a road to the server at `root`, on which each call waits for `latency_ms` first. */
export function openRoughRoad(root: string, latency_ms: number, chance: Chance): RoughRoad {
  const hostname = "127.0.0.1";
  const closing = new AbortController();
  const fates = new Map<Fate, number>();
  let share = 0;

  const travel = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const body = request.body === null ? null : await request.bytes();
    await delay(latency_ms, { signal: closing.signal });
    const fate = chance.between(0, 1) < share ? chance.pick(failures) : "through";
    if (share > 0) fates.set(fate, (fates.get(fate) ?? 0) + 1);
    if (fate === "429") return refusal(429, "Too Many Requests: retry after 1");
    if (fate === "502") return refusal(502, "Bad Gateway");
    const answer = await fetch(`${root}${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      body,
      signal: closing.signal,
    });
    if (fate === "through") return answer;
    await answer.body?.cancel();
    return cutAnswer();
  };
  const server = Deno.serve({
    hostname,
    port: 0,
    onListen: () => {},
    // The bot has hung up, or the road is closed.
    onError: () => refusal(502, "Bad Gateway"),
  }, (request) => travel(request));

  return {
    root: `http://${hostname}:${server.addr.port}`,
    fates,
    roughen: (wanted) => void (share = wanted),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await server.shutdown();
    },
  };
}

/** An answer as Telegram words it. */
function refusal(error_code: number, description: string): Response {
  const parameters = error_code === 429 ? { retry_after: 1 } : undefined;
  const answer = { ok: false, error_code, description, ...parameters && { parameters } };
  return Response.json(answer, { status: error_code });
}
