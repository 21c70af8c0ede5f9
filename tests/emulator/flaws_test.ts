import { startEmulator } from "@amanita/emulator";
import { assertEquals, assertRejects } from "@std/assert";
import { World } from "../../src/emulator/world/world.ts";
import { guardedTest } from "./given_emulator.ts";

guardedTest("an emulator that said what the Bot API cannot say does not end quietly", async () => {
  const emulator = await startEmulator();
  emulator.setBot({ first_name: 5 as never });
  await (await fetch(`${emulator.root}/bot${emulator.token}/getMe`)).body?.cancel();
  const sentence = "getMe: result.first_name is 5, not String";
  assertEquals(emulator.flaws(), [sentence]);
  await assertRejects(() => emulator.close(), Error, sentence);
});

Deno.test("every update is held against the field table", () => {
  const world = new World({});
  world.update("inline_query", { id: "1", query: "", offset: "" } as never);
  assertEquals(world.flaws, ["Update.inline_query.from is missing"]);
});

guardedTest("what a bot misspells in a button is dropped, and never said again", async () => {
  const emulator = await startEmulator({ people: [{ first_name: "Анна" }] });
  const [{ id = 0 } = {}] = emulator.people();
  await emulator.person(id).start();
  const send = async (button: Record<string, unknown>) => {
    const reply_markup = { inline_keyboard: [[{ text: "Go", ...button }]] };
    const response = await fetch(`${emulator.root}/bot${emulator.token}/sendMessage`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ chat_id: id, text: "hi", reply_markup }),
    });
    return await response.json();
  };
  const { result } = await send({ callback_data: "go", colour: "red", url: null });
  assertEquals(result.reply_markup.inline_keyboard, [[{ text: "Go", callback_data: "go" }]]);
  const refused = await send({ switch_inline_query: 5 });
  assertEquals(
    refused.description,
    "Bad Request: can't parse inline keyboard button: " +
      "InlineKeyboardButton.switch_inline_query is 5, not String",
  );
  await emulator.close();
});
