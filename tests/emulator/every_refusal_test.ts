import { assertEquals } from "@std/assert";
import { emulatorTest, type Given } from "./given_emulator.ts";
import { eventually } from "./given_webhook.ts";
import { badRequests, type Row } from "./refusal_table.ts";
import { type Client, clients, makeScene, type Params, type Scene } from "./scene.ts";

/** Refusals that are complete, with their codes. */
const others: [code: number, description: string, row: Row, parameters?: (s: Scene) => Params][] = [
  [403, "Forbidden: bot can't initiate conversation with a user", [
    "sendMessage",
    (scene) => ({ chat_id: scene.boris.id, text: "hi" }),
  ]],
  [403, "Forbidden: bot was blocked by the user", [
    "sendMessage",
    (scene) => ({ chat_id: scene.blocker.id, text: "hi" }),
  ]],
  [403, "Forbidden: user is deactivated", [
    "sendMessage",
    (scene) => ({ chat_id: scene.gone.id, text: "hi" }),
  ]],
  [403, "Forbidden: bot was kicked from the supergroup chat", [
    "sendMessage",
    (scene) => ({ chat_id: scene.lost, text: "hi" }),
  ]],
  [
    400,
    "Bad Request: group chat was upgraded to a supergroup chat",
    ["sendMessage", ({ migrated }) => ({ chat_id: migrated.from, text: "hi" })],
    ({ migrated }) => ({ migrate_to_chat_id: migrated.to }),
  ],
  [404, "Not Found", ["getYou", () => ({})]],
];

async function refuse({ name, call }: Client, given: Given): Promise<void> {
  const scene = await makeScene(given);
  const before = scene.anna.messages().length;
  for (const [reason, rows] of Object.entries(badRequests)) {
    for (const [method, params] of rows) {
      const { error_code, description } = await call(given.emulator, method, await params(scene));
      assertEquals([method, error_code, description], [method, 400, `Bad Request: ${reason}`]);
    }
  }
  for (const [code, words, [method, params], parameters] of others) {
    if (method === "getYou" && name === "grammY") continue;
    const answer = await call(given.emulator, method, await params(scene));
    assertEquals(answer, {
      ok: false,
      error_code: code,
      description: words,
      ...parameters && { parameters: parameters(scene) },
    });
  }
  assertEquals(scene.anna.messages().length, before, "what was refused changed nothing");
}

for (const client of clients) {
  emulatorTest(
    `every refusal has the real server's words, through ${client.name}`,
    (given) => refuse(client, given),
    "ffi",
  );
}

for (const { name, call } of clients) {
  emulatorTest(`pollers in each other's way are refused, through ${name}`, async (given) => {
    const { emulator } = given;
    const first = call(emulator, "getUpdates", { timeout: 30 });
    await eventually("the first one waits", () => emulator.isPolled());
    assertEquals((await call(emulator, "getUpdates", { limit: 1 })).ok, true);
    const terminated = "Conflict: terminated by other getUpdates request; " +
      "make sure that only one bot instance is running";
    assertEquals(await first, { ok: false, error_code: 409, description: terminated });
    await call(emulator, "setWebhook", { url: "http://127.0.0.1:9/hook" });
    assertEquals(await call(emulator, "getUpdates", { limit: 1 }), {
      ok: false,
      error_code: 409,
      description: "Conflict: can't use getUpdates method while webhook is active; " +
        "use deleteWebhook to delete the webhook first",
    });
  });

  emulatorTest(`who sends too fast is told to wait, through ${name}`, async (given) => {
    given.emulator.limitRates(true);
    const params = { chat_id: given.anna.id, text: "hi" };
    const burst = Array.from({ length: 5 }, () => call(given.emulator, "sendMessage", params));
    const refused = (await Promise.all(burst)).find(({ ok }) => !ok);
    assertEquals(refused, {
      ok: false,
      error_code: 429,
      description: "Too Many Requests: retry after 1",
      parameters: { retry_after: 1 },
    });
  });
}

emulatorTest("a stranger's token is refused whatever it calls", async ({ emulator }) => {
  const response = await fetch(`${emulator.root}/bot1:AAbb/sendMessage`, { method: "POST" });
  assertEquals([response.status, await response.json()], [401, {
    ok: false,
    error_code: 401,
    description: "Unauthorized",
  }]);
});
