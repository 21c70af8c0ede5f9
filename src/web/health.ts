/** Whether the bot is well, for whatever watches it. */
import { STATUS_CODE } from "@std/http";

export interface Health {
  /** Resolves when the database answers. */
  database(): Promise<void>;
  /** When Telegram last answered a poll, in ms, or null before the first time. */
  polled_at(): number | null;
  /** Whether another program polls with the same token. */
  is_contested(): boolean;
  now(): number;
}

export interface HealthOptions {
  /** Null while the bot is starting. */
  health(): Health | null;
  /** How long the database may take to answer, in ms; 5,000 unless given. */
  patience_ms?: number;
}

/** A long poll lasts 10 s: with one that was answered still, silence is told within 30 s. */
const SILENCE_MAX_MS = 18_000;
const PATIENCE_MS = 5_000;

/** `GET /health`: 200 and `{"status":"ok"}`, or 503 and what is wrong. */
export function healthHandler(options: HealthOptions): (request: Request) => Promise<Response> {
  const { patience_ms = PATIENCE_MS } = options;
  return async (request) => {
    if (new URL(request.url).pathname !== "/health") {
      return Response.json({ error: "There is only /health" }, { status: STATUS_CODE.NotFound });
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return Response.json(
        { error: "Only GET" },
        { status: STATUS_CODE.MethodNotAllowed, headers: { allow: "GET, HEAD" } },
      );
    }
    const health = options.health();
    if (health === null) return answer(false, { status: "starting" });
    const database = await answersWithin(patience_ms, health) ? "ok" : "does not answer";
    const polled_at = health.polled_at();
    const silent = polled_at === null || health.now() - polled_at > SILENCE_MAX_MS;
    const telegram = health.is_contested()
      ? "another program polls with this token"
      : silent
      ? "does not answer"
      : "ok";
    const well = database === "ok" && telegram === "ok";
    return answer(well, { status: well ? "ok" : "failing", database, telegram });
  };
}

const answer = (well: boolean, body: Readonly<Record<string, string>>): Response =>
  Response.json(body, { status: well ? STATUS_CODE.OK : STATUS_CODE.ServiceUnavailable });

/** Whoever watches does not wait for as long as a database that is away is waited for. */
async function answersWithin(patience_ms: number, { database }: Health): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patience_ms);
  try {
    return await Promise.race([database().then(() => true, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
