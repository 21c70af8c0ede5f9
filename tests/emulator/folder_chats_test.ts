import { startEmulator } from "@amanita/emulator";
import { assertEquals, assertRejects } from "@std/assert";
import { apiOf, guardedTest } from "./given_emulator.ts";
import { inFolder } from "./in_folder.ts";

guardedTest(
  "groups, channels and inline messages outlive a restart",
  () =>
    inFolder(async (folder) => {
      const people = [{ first_name: "Анна" }, { first_name: "Борис" }];
      const first = await startEmulator({ folder, people });
      const api = apiOf(first);
      const [anna = 0, boris = 0] = first.people().map(({ id }) => id);
      const her = first.person(anna);
      const group = await her.create({
        kind: "supergroup",
        title: "Разговоры",
        members: [boris],
        bot: "administrator",
      });
      const channel = await her.create({ kind: "channel", title: "Вести", bot: "administrator" });
      const post = await api.sendMessage(channel, "one");
      const { message_id } = await her.in(group).say("hi");
      await api.setMessageReaction(group, message_id, [{ type: "emoji", emoji: "🔥" }]);
      await api.pinChatMessage(group, message_id);
      const direct = await her.direct(boris);
      const query = await her.in(direct).ask("one");
      const reply_markup = { inline_keyboard: [[{ text: "Ещё", callback_data: "more" }]] };
      const input_message_content = { message_text: "shared" };
      await api.answerInlineQuery(query, [
        { type: "article", id: "1", title: "t", input_message_content, reply_markup },
      ]);
      await her.in(direct).choose(query, "1");
      first.setBot({ can_read_all_group_messages: true });
      const chats = [group, channel, direct];
      const seen = chats.map((chat) => her.in(chat).messages());
      await first.close();

      const second = await startEmulator({ folder });
      try {
        const again = apiOf(second);
        const she = second.person(anna);
        assertEquals(chats.map((chat) => she.in(chat).messages()), seen);
        assertEquals((await again.getChat(group)).pinned_message?.message_id, message_id);
        assertEquals((await again.getChatMember(group, boris)).status, "member");
        assertEquals((await again.getMe()).can_read_all_group_messages, true);
        await again.editMessageText(channel, post.message_id, "two");
        await she.in(channel).until(({ text }) => text === "two");
        const updates = await again.getUpdates();
        const id = updates.flatMap((it) => it.chosen_inline_result?.inline_message_id ?? [])[0] ??
          "";
        await again.editMessageTextInline(id, "shared again");
        assertEquals(second.person(boris).in(direct).messages().at(-1)?.text, "shared again");
        await second.person(boris).in(group).say("still here");
      } finally {
        await second.close();
      }
    }),
  "write",
);

guardedTest(
  "a folder from before there were groups is taken up as it is",
  () =>
    inFolder(async (folder) => {
      const person = { id: 700000001, first_name: "Анна", language_code: "ru", blocked: false };
      const { blocked: _, ...user } = person;
      const message = {
        message_id: 7,
        from: { ...user, is_bot: false },
        chat: { id: person.id, type: "private", first_name: "Анна" },
        date: 1_700_000_000,
        text: "hi",
      };
      const keyboard = { keyboard: [[{ text: "Мои карты" }]] };
      const token = "7000000001:AAabcdefghijklmnopqrstuvwxyz1234567";
      const state = {
        token,
        bot: { id: 7_000_000_001, username: "old_bot", first_name: "Старый" },
        clock_offset_ms: 0,
        chats: [{ person, started: true, messages: [message], keyboard }],
        taps: [{ id: "5", person: person.id, message_id: 7, at: Date.now(), answered: false }],
        commands: [],
        profile: [],
        files: [],
        updates: [{ update_id: 3, message }],
        allowed_updates: [],
      };
      await Deno.writeTextFile(`${folder}/state.json`, JSON.stringify(state));
      const emulator = await startEmulator({ folder });
      try {
        const anna = emulator.person(person.id);
        assertEquals([emulator.token, emulator.bot.username], [token, "old_bot"]);
        assertEquals(anna.messages().map(({ text }) => text), ["hi"]);
        await anna.tapButton("Мои карты");
        const api = apiOf(emulator);
        assertEquals((await api.getUpdates()).map(({ message }) => message?.text), [
          "hi",
          "Мои карты",
        ]);
        assertEquals(await api.answerCallbackQuery("5"), true);
      } finally {
        await emulator.close();
      }
    }),
  "write",
);

guardedTest(
  "a folder of a version that is not known is refused, and left alone",
  () =>
    inFolder(async (folder) => {
      const state = JSON.stringify({ version: 99, people: [] });
      await Deno.writeTextFile(`${folder}/state.json`, state);
      await assertRejects(
        () => startEmulator({ folder }),
        Error,
        "it is of another version of the emulator; remove its folder",
      );
      assertEquals(await Deno.readTextFile(`${folder}/state.json`), state);
    }),
  "write",
);
