import { startEmulator } from "@amanita/emulator";
import { assertEquals } from "@std/assert";
import { ask } from "./ask_control.ts";
import { apiOf, emulatorTest } from "./given_emulator.ts";

emulatorTest("a dump is taken up by another emulator, files and updates too", async (given) => {
  const { anna, boris, api } = given;
  const { document } = await anna.document(new Uint8Array([1, 2, 3]), {
    file_name: "a.bin",
    mime_type: "a/b",
  });
  const chat = { kind: "supergroup", title: "Клуб", creator: anna.id, bot: "member" };
  const { id } = (await ask(given, "chats", chat)).body;
  await api.sendMessage(id, "hello");
  for (let i = 0; i < 50; i++) await anna.say(`${i}`);
  const pending = await api.getUpdates();
  await ask(given, "rates", { on: true });
  await ask(given, "faults", { method: "sendDice", times: 3, kind: "status", status: 502 });
  const { body: dump } = await ask(given, "dump");
  const other = await startEmulator({ people: [{ first_name: "Nobody" }] });
  try {
    assertEquals(await ask({ emulator: other }, "load", dump), { status: 200, body: {} });
    assertEquals((await ask({ emulator: other }, "dump")).body, dump);
    assertEquals(other.token, given.emulator.token);
    assertEquals(other.people().map(({ id }) => id), [anna.id, boris.id]);
    assertEquals(other.person(anna.id).messages(), anna.messages());
    assertEquals(other.person(anna.id).file(document?.file_id ?? ""), new Uint8Array([1, 2, 3]));
    const otherApi = apiOf(other);
    assertEquals(await otherApi.getUpdates(), pending);
    const said = await other.person(anna.id).say("new");
    assertEquals(anna.messages().some(({ message_id }) => message_id === said.message_id), false);
    const [update] = (await otherApi.getUpdates()).slice(-1);
    assertEquals(pending.some(({ update_id }) => update_id === update?.update_id), false);
  } finally {
    await other.close();
  }
});

emulatorTest("what is no dump changes nothing", async (given) => {
  const { anna } = given;
  const before = anna.messages();
  for (const dump of [{}, { world: {}, files: {}, ids: {} }]) {
    assertEquals((await ask(given, "load", dump)).status, 400);
  }
  assertEquals(anna.messages(), before);
});
