import { assertEquals } from "@std/assert";
import { type Health, healthHandler } from "../../src/web/health.ts";

const well: Health = {
  database: () => Promise.resolve(),
  polled_at: () => 92_000,
  is_contested: () => false,
  now: () => 110_000,
};

/** Status and body of an answer. */
async function ask(health: Health | null, method = "GET", path = "/health") {
  const response = await healthHandler({ health: () => health, patience_ms: 20 })(
    new Request(`http://bot.example${path}`, { method }),
  );
  const { status, headers } = response;
  return { status, allow: headers.get("allow"), body: await response.json() };
}

const away = () => Promise.reject(new Error("password of ada is wrong"));

Deno.test("bot whose database and Telegram answer is well", async () => {
  const body = { status: "ok", database: "ok", telegram: "ok" };
  assertEquals(await ask(well), { status: 200, allow: null, body });
  assertEquals((await ask(well, "HEAD")).status, 200);
  assertEquals((await ask(well, "GET", "/health?verbose=1")).status, 200);
});

Deno.test("bot that is starting says so", async () =>
  assertEquals(await ask(null), { status: 503, allow: null, body: { status: "starting" } }));

Deno.test("database that says nothing is not waited for", async () => {
  const body = { status: "failing", database: "does not answer", telegram: "ok" };
  const silent = { ...well, database: () => new Promise<never>(() => {}) };
  assertEquals(await ask(silent), { status: 503, allow: null, body });
});

Deno.test("bot whose database is away is not well, and says no more than that", async () => {
  const body = { status: "failing", database: "does not answer", telegram: "ok" };
  assertEquals(await ask({ ...well, database: away }), { status: 503, allow: null, body });
});

Deno.test("bot that has not polled yet, or not for long, is not well", async () => {
  const body = { status: "failing", database: "ok", telegram: "does not answer" };
  for (const polled_at of [() => null, () => 91_999]) {
    assertEquals(await ask({ ...well, polled_at }), { status: 503, allow: null, body });
  }
  assertEquals((await ask({ ...well, polled_at: () => 92_000 })).status, 200);
});

Deno.test("bot whose token another program polls with is not well, answered or not", async () => {
  const telegram = "another program polls with this token";
  const body = { status: "failing", database: "ok", telegram };
  assertEquals(await ask({ ...well, is_contested: () => true }), {
    ...{ status: 503, allow: null, body },
  });
});

Deno.test("there is nothing but /health, and nothing to do but to get it", async () => {
  for (const path of ["/", "/health/", "/metrics"]) {
    assertEquals(await ask(well, "GET", path), {
      status: 404,
      allow: null,
      body: { error: "There is only /health" },
    });
  }
  assertEquals(await ask(well, "POST"), {
    status: 405,
    allow: "GET, HEAD",
    body: { error: "Only GET" },
  });
});
