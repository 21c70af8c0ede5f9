import { assertEquals } from "@std/assert";
import { type EmulatorFixture, emulatorTest } from "./given_emulator.ts";
import { eventually } from "./given_webhook.ts";
import { badRequests, type Row } from "./refusal_table.ts";
import { type Client, clients, type Params } from "./bot_clients.ts";
import { type ChatFixture, makeChatFixture } from "./chat_fixture.ts";

/** Refusals that are complete, with their codes. */
const others: [
  code: number,
  description: string,
  row: Row,
  parameters?: (s: ChatFixture) => Params,
][] = [
  [403, "Forbidden: bot can't initiate conversation with a user", [
    "sendMessage",
    (fixture) => ({ chat_id: fixture.boris.id, text: "hi" }),
  ]],
  [403, "Forbidden: bot was blocked by the user", [
    "sendMessage",
    (fixture) => ({ chat_id: fixture.blocker.id, text: "hi" }),
  ]],
  [403, "Forbidden: user is deactivated", [
    "sendMessage",
    (fixture) => ({ chat_id: fixture.gone.id, text: "hi" }),
  ]],
  [403, "Forbidden: bot was kicked from the supergroup chat", [
    "sendMessage",
    (fixture) => ({ chat_id: fixture.lost, text: "hi" }),
  ]],
  [
    400,
    "Bad Request: group chat was upgraded to a supergroup chat",
    ["sendMessage", ({ migrated }) => ({ chat_id: migrated.from, text: "hi" })],
    ({ migrated }) => ({ migrate_to_chat_id: migrated.to }),
  ],
  [404, "Not Found", ["getYou", () => ({})]],
];

async function refuse({ name, call }: Client, given: EmulatorFixture): Promise<void> {
  const fixture = await makeChatFixture(given);
  const before = fixture.anna.messages().length;
  for (const [reason, rows] of Object.entries(badRequests)) {
    for (const [method, params] of rows) {
      const { error_code, description } = await call(given.emulator, method, await params(fixture));
      assertEquals([method, error_code, description], [method, 400, `Bad Request: ${reason}`]);
    }
  }
  for (const [code, words, [method, params], parameters] of others) {
    if (method === "getYou" && name === "grammY") continue;
    const answer = await call(given.emulator, method, await params(fixture));
    assertEquals(answer, {
      ok: false,
      error_code: code,
      description: words,
      ...parameters && { parameters: parameters(fixture) },
    });
  }
  assertEquals(fixture.anna.messages().length, before, "what was refused changed nothing");
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
