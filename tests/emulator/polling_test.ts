import { assertEquals } from "@std/assert";
import { checkObject } from "../../src/emulator/schema/validate.ts";
import { apiOf, assertRefused, emulatorTest } from "./given_emulator.ts";
import { eventually } from "./given_webhook.ts";

const conflict = "Conflict: terminated by other getUpdates request; " +
  "make sure that only one bot instance is running";

emulatorTest("updates come in order and stay until they are confirmed", async (given) => {
  const { api, anna, boris, emulator } = given;
  await anna.say("one");
  await boris.start("v_1");
  await anna.say("three");
  const texts = async (offset?: number, limit?: number) => {
    const other = { ...offset !== undefined && { offset }, ...limit !== undefined && { limit } };
    return (await api.getUpdates(other)).map(({ message }) => message?.text);
  };
  assertEquals(await texts(), ["one", "/start v_1", "three"]);
  assertEquals(await texts(undefined, 2), ["one", "/start v_1"]);
  assertEquals(emulator.pendingUpdates(), 3);
  const [first, second] = await api.getUpdates();
  assertEquals(second?.update_id, (first?.update_id ?? 0) + 1);
  assertEquals(await texts(second?.update_id), ["/start v_1", "three"]);
  assertEquals(emulator.pendingUpdates(), 2);
});

emulatorTest("a negative offset keeps the newest updates and forgets the rest", async (given) => {
  const { api, anna, emulator } = given;
  for (const text of ["one", "two", "three"]) await anna.say(text);
  const updates = await api.getUpdates({ offset: -2 });
  assertEquals(updates.map(({ message }) => message?.text), ["two", "three"]);
  assertEquals(emulator.pendingUpdates(), 2);
});

emulatorTest("a long poll is woken at once", async ({ api, anna }) => {
  const started_ms = performance.now();
  const polling = api.getUpdates({ timeout: 30 });
  await anna.say("one");
  assertEquals((await polling).length, 1);
  // Far from the time for which it would have waited.
  assertEquals(performance.now() - started_ms < 25_000, true);
});

emulatorTest("a long poll ends with nothing when its time is over", async ({ api }) => {
  assertEquals(await api.getUpdates({ timeout: 1 }), []);
});

emulatorTest("a second poller ends the first one with 409", async ({ api, anna, emulator }) => {
  const first = api.getUpdates({ timeout: 30 });
  const refused = assertRefused(first, conflict, 409);
  await eventually("the first one waits", () => emulator.isPolled());
  const second = apiOf(emulator).getUpdates({ timeout: 30 });
  await refused;
  await anna.say("one");
  assertEquals((await second).length, 1);
});

emulatorTest("a poller that hung up is in nobody's way", async ({ api, anna, emulator }) => {
  const hangUp = new AbortController();
  const { root, token } = emulator;
  const first = fetch(`${root}/bot${token}/getUpdates?timeout=50`, { signal: hangUp.signal })
    .catch(() => "hung up");
  await eventually("it waits", () => emulator.isPolled());
  hangUp.abort();
  assertEquals(await first, "hung up");
  await eventually("it is let go", () => !emulator.isPolled());
  await anna.say("one");
  assertEquals((await api.getUpdates({ timeout: 30 })).length, 1);
  assertEquals(emulator.calls().filter(({ ok }) => !ok), []);
});

emulatorTest("allowed_updates sticks until it is given anew", async ({ api, anna, emulator }) => {
  await api.getUpdates({ allowed_updates: ["callback_query"] });
  await anna.say("unheard");
  await api.getUpdates();
  await anna.say("unheard too");
  assertEquals(emulator.pendingUpdates(), 0);
  assertEquals((await api.getWebhookInfo()).allowed_updates, ["callback_query"]);
  await api.getUpdates({ allowed_updates: [] });
  await anna.say("heard");
  assertEquals(emulator.pendingUpdates(), 1);
});

emulatorTest("an update can be delivered once more after it was confirmed", async (given) => {
  const { api, anna, emulator } = given;
  await anna.say("one");
  const [update] = await api.getUpdates();
  const offset = (update?.update_id ?? 0) + 1;
  assertEquals(await api.getUpdates({ offset }), []);
  emulator.redeliver(offset - 1);
  assertEquals(await api.getUpdates({ offset }), [update]);
  assertEquals(await api.getUpdates({ offset }), []);
});

emulatorTest("dropped updates are gone", async ({ api, anna, emulator }) => {
  await anna.say("one");
  await api.deleteWebhook({ drop_pending_updates: true });
  assertEquals(emulator.pendingUpdates(), 0);
});

emulatorTest("every kind of update is one that the Bot API knows", async (given) => {
  const { api, anna } = given;
  await anna.say("/help me at https://example.org", {});
  for (const kind of ["sticker", "voice", "location", "contact", "video"] as const) {
    await anna.other(kind);
  }
  await anna.document(new Uint8Array(9), { file_name: "a.bin", mime_type: "a/b", caption: "/c" });
  const reply_markup = { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] };
  await api.sendMessage(anna.id, "tap", { reply_markup });
  await anna.tapButton("Go");
  anna.block();
  anna.unblock();
  const updates = await api.getUpdates();
  assertEquals(updates.length, 10);
  for (const update of updates) assertEquals(checkObject("Update", update), []);
});

emulatorTest("a bot that logged out is unknown for ten minutes", async ({ api, emulator }) => {
  assertEquals(await api.logOut(), true);
  await assertRefused(api.getMe(), "Logged out");
  emulator.advance(600_000);
  assertEquals((await api.getMe()).id, emulator.bot.id);
});

emulatorTest("a bot closes once in ten minutes", async ({ api, emulator }) => {
  assertEquals(await api.close(), true);
  await api.getMe();
  const error = await assertRefused(api.close(), "Too Many Requests: retry after 600", 429);
  assertEquals(error.parameters.retry_after, 600);
  emulator.advance(600_000);
  assertEquals(await api.close(), true);
});

emulatorTest("a poll takes at most a hundred updates", async ({ api, anna }) => {
  for (let i = 0; i < 105; i++) await anna.say(`${i}`);
  assertEquals((await api.getUpdates({ limit: 1000 })).length, 100);
  assertEquals((await api.getUpdates({ limit: 0 })).length, 100);
});

emulatorTest("what is no update is handed out as it is, in its turn", async (given) => {
  const { api, anna, emulator } = given;
  await anna.say("one");
  for (const forged of [null, 7, { update_id: "x" }, { message: "no message" }]) {
    emulator.forge(forged);
  }
  await anna.say("two");
  // The fixture's own client refuses what the field table does not know.
  const answer = await fetch(`${emulator.root}/bot${emulator.token}/getUpdates`);
  const updates: unknown[] = (await answer.json()).result;
  assertEquals(updates.slice(1, 4), [null, 7, { update_id: "x" }]);
  assertEquals([updates.length, emulator.pendingUpdates()], [6, 6]);
  const [first, last] = [updates[0], updates.at(-1)] as { update_id: number }[];
  assertEquals(updates.at(4), { update_id: (first?.update_id ?? 0) + 4, message: "no message" });
  await api.getUpdates({ offset: (last?.update_id ?? 0) + 1 });
  assertEquals(emulator.pendingUpdates(), 0);
});

emulatorTest("ids begin anew where a forged one says, and go on from a higher", async (given) => {
  const { api, anna, emulator } = given;
  emulator.forge({ update_id: 5 });
  const ids = async () => (await api.getUpdates()).map(({ update_id }) => update_id);
  assertEquals(await ids(), [5]);
  await api.getUpdates({ offset: 6 });
  emulator.forge({ update_id: 2 ** 40 });
  await anna.say("one");
  assertEquals(await ids(), [2 ** 40, 2 ** 40 + 1]);
});
