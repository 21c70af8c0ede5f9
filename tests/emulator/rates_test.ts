import { assertEquals } from "@std/assert";
import { messagesOf, Rates } from "../../src/emulator/world/rates.ts";
import { assertRefused, emulatorTest } from "./given_emulator.ts";

const anna = { id: 1, kind: "private" } as const;
const club = { id: -1, kind: "group" } as const;

Deno.test("a chat takes one message a second", () => {
  const rates = new Rates();
  rates.on = true;
  assertEquals(rates.admit(anna, 1, 0), undefined);
  assertEquals(rates.admit(anna, 1, 999), 1);
  assertEquals(rates.admit({ id: 2, kind: "private" }, 1, 999), undefined);
  assertEquals(rates.admit(anna, 1, 1000), undefined);
});

Deno.test("a group takes twenty messages a minute", () => {
  const rates = new Rates();
  rates.on = true;
  for (let i = 0; i < 20; i++) assertEquals(rates.admit(club, 1, i * 1000), undefined);
  assertEquals(rates.admit(club, 1, 20_000), 40);
  assertEquals(rates.admit(anna, 1, 20_000), undefined);
  assertEquals(rates.admit(club, 1, 60_000), undefined);
});

Deno.test("all chats together take thirty messages a second", () => {
  const rates = new Rates();
  rates.on = true;
  for (let i = 1; i <= 30; i++) {
    assertEquals(rates.admit({ id: i, kind: "private" }, 1, 0), undefined);
  }
  assertEquals(rates.admit({ id: 31, kind: "private" }, 1, 500), 1);
  assertEquals(rates.admit({ id: 31, kind: "private" }, 1, 1000), undefined);
});

Deno.test("an album counts as what it holds, an edit as nothing", () => {
  assertEquals(messagesOf("sendMediaGroup", { media: [{}, {}, {}] }), 3);
  assertEquals(messagesOf("copyMessages", { message_ids: [1, 2] }), 2);
  assertEquals(messagesOf("sendMessage", {}), 1);
  assertEquals(messagesOf("sendChatAction", {}), 0);
  assertEquals(messagesOf("editMessageText", {}), 0);
});

emulatorTest("a bot that is too fast is told how long to wait", async (given) => {
  const { api, anna, emulator } = given;
  for (let i = 0; i < 5; i++) await api.sendMessage(anna.id, `${i}`);
  emulator.limitRates(true);
  await api.sendMessage(anna.id, "in time");
  // Under load a second may pass between the two: then there is nothing to refuse.
  const error = await assertTooFast(() => api.sendMessage(anna.id, "too soon"));
  assertEquals(error.parameters.retry_after, 1);
  emulator.advance(1000);
  await api.sendMessage(anna.id, "in time");
  emulator.limitRates(false);
  await api.sendMessage(anna.id, "as one likes");
});

async function assertTooFast(send: () => Promise<unknown>) {
  let sent = send();
  for (let i = 0; i < 20; i++) {
    const answer = await sent.then(() => "sent", () => "refused");
    if (answer === "refused") break;
    sent = send();
  }
  return await assertRefused(sent, "Too Many Requests: retry after 1", 429);
}
