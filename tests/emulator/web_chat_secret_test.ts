/** The web chat in a true browser: the secret beyond this machine, and a page that cannot keep up. */
import { assert, assertEquals } from "@std/assert";
import { apiOf } from "./given_emulator.ts";
import { button, lines, startRoomEmulator, testBrowser, withPage } from "./web_chat_room.ts";

testBrowser(
  "page beyond this machine opens by its address and keeps the secret hidden",
  async () => {
    const emulator = await startRoomEmulator({ hostname: "0.0.0.0" });
    try {
      await withPage(emulator, async ({ page, anna }) => {
        assertEquals(new URL(page.url()).search, "");
        await button(anna, "Начать").click();
        await lines(anna).getByText("/start").waitFor();
        await page.reload();
        await lines(anna).getByText("/start").waitFor();
        assertEquals(await page.evaluate(() => document.cookie), "");
      });
    } finally {
      await emulator.close();
    }
  },
);

testBrowser("page that was dropped, as it did not read, catches up by itself", async () => {
  const dropped: string[] = [];
  const emulator = await startRoomEmulator({ warn: (sentence) => void dropped.push(sentence) });
  try {
    await withPage(emulator, async ({ page, anna }) => {
      await button(anna, "Начать").click();
      await lines(anna).getByText("/start").waitFor();
      const api = apiOf(emulator);
      const [person] = emulator.people();
      const chat = person?.id ?? 0;
      const { message_id } = await api.sendMessage(chat, "первое");
      await lines(anna).getByText("первое").waitFor();
      // Paused, the page reads nothing, for as long as it takes to be dropped.
      const debugging = await page.context().newCDPSession(page);
      await debugging.send("Debugger.enable");
      await debugging.send("Debugger.pause");
      const busy = page.evaluate(() => undefined);
      for (let i = 0; dropped.length === 0 && i < 5_000; i++) {
        await api.editMessageText(chat, message_id, `${i} ${"я".repeat(4_000)}`);
      }
      assert(dropped.length > 0);
      await api.editMessageText(chat, message_id, "последнее");
      await debugging.send("Debugger.disable");
      await busy;
      await lines(anna).getByText("последнее").waitFor();
    }, { expected: /422|INCOMPLETE_CHUNKED|ERR_/ });
  } finally {
    await emulator.close();
  }
});
