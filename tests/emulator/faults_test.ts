import { HttpError, InputFile } from "grammy";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { assertRefused, emulatorTest } from "./given_emulator.ts";
import { eventually } from "./given_webhook.ts";

emulatorTest("a fault hits its method and chat as often as told", async (given) => {
  const { api, anna, boris, emulator } = given;
  await boris.start();
  emulator.fault({ method: "sendMessage", chat_id: anna.id, times: 2, kind: "status" });
  await api.sendMessage(boris.id, "hi");
  await api.sendChatAction(anna.id, "typing");
  const description = "Internal Server Error";
  await assertRefused(api.sendMessage(anna.id, "hi"), description, 500);
  await assertRefused(api.sendMessage(anna.id, "hi"), description, 500);
  await api.sendMessage(anna.id, "hi");
});

emulatorTest("a flood is told how long to wait", async ({ api, anna, emulator }) => {
  emulator.fault({ method: "*", times: 1, kind: "status", status: 429, retry_after: 7 });
  const error = await assertRefused(
    api.sendMessage(anna.id, "hi"),
    "Too Many Requests: retry after 7",
    429,
  );
  assertEquals(error.parameters, { retry_after: 7 });
});

emulatorTest("a connection cut before the call took effect sends nothing", async (given) => {
  const { api, anna, emulator } = given;
  emulator.fault({ method: "sendMessage", times: 1, kind: "cut_before" });
  await assertRejects(() => api.sendMessage(anna.id, "hi"), HttpError);
  assertEquals(anna.messages().length, 1);
});

emulatorTest("a connection cut after the call took effect has sent it", async (given) => {
  const { api, anna, emulator } = given;
  emulator.fault({ method: "sendDocument", times: 1, kind: "cut_after" });
  const file = new InputFile(new Uint8Array(9), "a.bin");
  await assertRejects(() => api.sendDocument(anna.id, file), HttpError);
  assertEquals(anna.messages().length, 2);
});

emulatorTest("a delayed call is done late", async ({ api, anna, emulator }) => {
  emulator.fault({ method: "sendMessage", times: 1, kind: "delay", delay_ms: 120 });
  const started_ms = performance.now();
  await api.sendMessage(anna.id, "hi");
  assert(performance.now() - started_ms >= 119);
});

emulatorTest("a call that hangs is let go when the emulator closes", async (given) => {
  const { api, anna, emulator } = given;
  emulator.fault({ method: "sendMessage", times: 1, kind: "hang" });
  const hanging = assertRejects(() => api.sendMessage(anna.id, "hi"), HttpError);
  const polling = api.getUpdates({ timeout: 50 });
  await eventually("the bot polls", () => emulator.isPolled());
  await emulator.close();
  await hanging;
  assertEquals(await polling, []);
  assertEquals(anna.messages().length, 1);
});

emulatorTest("a caller may give up on a call that hangs", async ({ api, anna, emulator }) => {
  emulator.fault({ method: "sendMessage", times: 1, kind: "hang" });
  const call = `${emulator.root}/bot${emulator.token}/sendMessage?chat_id=${anna.id}&text=hi`;
  await assertRejects(() => fetch(call, { signal: AbortSignal.timeout(20) }), DOMException);
  await api.sendMessage(anna.id, "hi");
});

emulatorTest("faults can be taken back", async ({ api, anna, emulator }) => {
  emulator.fault({ method: "sendMessage", times: 5, kind: "status", status: 502 });
  await assertRefused(api.sendMessage(anna.id, "hi"), "Bad Gateway", 502);
  emulator.clearFaults();
  await api.sendMessage(anna.id, "hi");
});

emulatorTest("an update can come twice", async ({ api, anna, emulator }) => {
  emulator.fault({ method: "message", times: 1, kind: "duplicate" });
  await anna.say("one");
  await anna.say("two");
  const first = await api.getUpdates();
  assertEquals(first.map(({ message }) => message?.text), ["one", "two"]);
  const offset = (first.at(-1)?.update_id ?? 0) + 1;
  assertEquals(await api.getUpdates({ offset }), first.slice(0, 1));
  assertEquals(await api.getUpdates({ offset }), []);
});

emulatorTest("updates can come in reverse", async ({ api, anna, boris, emulator }) => {
  emulator.fault({ method: "*", chat_id: anna.id, times: 3, kind: "reorder" });
  for (const text of ["one", "two"]) await anna.say(text);
  await boris.say("mine");
  const texts = async () => (await api.getUpdates()).map(({ message }) => message?.text);
  assertEquals(await texts(), ["mine"]);
  await anna.say("three");
  await anna.say("four");
  assertEquals(await texts(), ["mine", "three", "two", "one", "four"]);
});

emulatorTest("clearing faults lets go of updates that are kept back", async (given) => {
  const { api, anna, emulator } = given;
  emulator.fault({ method: "*", times: 3, kind: "reorder" });
  await anna.say("one");
  assertEquals(await api.getUpdates(), []);
  assertEquals(emulator.pendingUpdates(), 1);
  emulator.clearFaults();
  assertEquals((await api.getUpdates()).length, 1);
});

emulatorTest("a cut connection is an error for clients that follow no redirects", async (given) => {
  const { anna, emulator } = given;
  emulator.fault({ method: "sendMessage", times: 1, kind: "cut_before" });
  const call = `${emulator.root}/bot${emulator.token}/sendMessage?chat_id=${anna.id}&text=hi`;
  await assertRejects(
    async () => await (await fetch(call, { redirect: "error" })).json(),
    TypeError,
  );
  assertEquals(anna.messages().length, 1);
});

emulatorTest("an answer may be anything, as behind a proxy", async ({ emulator }) => {
  const fault = { method: "getMe", times: 1, kind: "answer" } as const;
  emulator.fault({ ...fault, status: 502, body: "<html>Bad Gateway</html>" });
  const ask = async () => {
    const response = await fetch(`${emulator.root}/bot${emulator.token}/getMe`);
    return [response.status, await response.text()];
  };
  assertEquals(await ask(), [502, "<html>Bad Gateway</html>"]);
  emulator.fault(fault);
  assertEquals(await ask(), [200, ""]);
});
