/** Whether the bot is well, for whatever watches it. */
import { STATUS_CODE } from "@std/http";

export interface Health {
  /** Resolves when the database answers. */
  database(): Promise<void>;
  /** When Telegram last answered a poll, in ms, or null before the first time. */
  polled_at(): number | null;
  now(): number;
}

/** A poll that is silent for longer than this is stuck: a long poll lasts 25 s. */
const SILENCE_MAX_MS = 90_000;

/** `GET /health`: 200 and `{"status":"ok"}`, or 503 and what is wrong. */
export function healthHandler(health: Health): (request: Request) => Promise<Response> {
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
    const database = await health.database().then(() => "ok", () => "does not answer");
    const polled_at = health.polled_at();
    const silent = polled_at === null || health.now() - polled_at > SILENCE_MAX_MS;
    const telegram = silent ? "does not answer" : "ok";
    const well = database === "ok" && telegram === "ok";
    return Response.json(
      { status: well ? "ok" : "failing", database, telegram },
      { status: well ? STATUS_CODE.OK : STATUS_CODE.ServiceUnavailable },
    );
  };
}
