import { assertEquals } from "@std/assert";
import { serveHealth } from "../../src/app/serve_health.ts";
import { statusOf } from "../web/raw_http.ts";

const STARTING = 503;

Deno.test("/health on this machine answers to this machine's names", async () => {
  await using health = await serveHealth({ HTTP_HOST: "127.0.0.1", HTTP_PORT: 0 });
  const port = Number(new URL(health.address).port);
  const ask = (...lines: string[]) => statusOf(port, "GET /health HTTP/1.1", ...lines);
  assertEquals(await ask(`Host: localhost:${port}`), STARTING);
  assertEquals(await ask("Host: evil.example"), 403);
  assertEquals(await ask(), 400);
  assertEquals(await ask(`Host: localhost:${port}`, "Origin: http://evil.example"), 403);
  assertEquals(await statusOf(port, "POST /health HTTP/1.1", "Host: evil.example"), 403);
});

Deno.test("/health on every address answers whatever watches it, and no page", async () => {
  await using health = await serveHealth({ HTTP_HOST: "0.0.0.0", HTTP_PORT: 0 });
  const port = Number(new URL(health.address).port);
  const ask = (...lines: string[]) => statusOf(port, "GET /health HTTP/1.1", ...lines);
  assertEquals(await ask("Host: 10.1.2.3:8080"), STARTING);
  assertEquals(await ask("Host: bot.internal"), STARTING);
  assertEquals(await statusOf(port, "GET /health HTTP/1.0"), STARTING);
  assertEquals(await ask("Host: bot.internal", "Origin: http://evil.example"), 403);
  assertEquals(await ask("Host: bot.internal", "Sec-Fetch-Site: cross-site"), 403);
});
