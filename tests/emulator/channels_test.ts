import { PersonError } from "@amanita/emulator";
import { InputFile } from "grammy";
import { assertEquals, assertRejects } from "@std/assert";
import { assertRefused, emulatorTest } from "./given_emulator.ts";

const told = [
  ...["message", "channel_post", "edited_channel_post", "message_reaction"],
  ...["message_reaction_count", "my_chat_member"],
] as const;

emulatorTest("a channel speaks for itself, and its bot hears it", async ({ anna, api }) => {
  const id = await anna.create({ kind: "channel", title: "Вести", bot: "administrator" });
  const post = await anna.in(id).say("Первая весть");
  await anna.in(id).edit(post.message_id, "Весть первая");
  const updates = await api.getUpdates({ allowed_updates: told });
  assertEquals(updates.map((update) => Object.keys(update)[1]), [
    "my_chat_member",
    "channel_post",
    "edited_channel_post",
  ]);
  const [, said, edited] = updates;
  assertEquals(said?.channel_post?.from, undefined);
  assertEquals(said?.channel_post?.sender_chat, { id, type: "channel", title: "Вести" });
  assertEquals(edited?.edited_channel_post?.text, "Весть первая");
});

emulatorTest("a bot posts in a channel, edits there, and may pin", async ({ anna, api }) => {
  const id = await anna.create({ kind: "channel", title: "Вести", bot: "administrator" });
  const post = await api.sendMessage(id, "one");
  assertEquals([post.from, post.sender_chat?.id], [undefined, id]);
  await api.editMessageText(id, post.message_id, "two");
  const hers = await anna.in(id).say("her");
  await api.editMessageText(id, hers.message_id, "her, edited by the bot");
  await api.pinChatMessage(id, post.message_id);
  assertEquals((await api.getChat(id)).pinned_message?.message_id, post.message_id);
  assertEquals(anna.in(id).messages().map(({ text }) => text), ["two", "her, edited by the bot"]);
  await anna.in(id).until(({ text }) => text === "two");
});

emulatorTest("only administrators post in a channel", async (given) => {
  const { anna, boris, api, emulator: { bot } } = given;
  const id = await anna.create({
    kind: "channel",
    title: "Вести",
    username: "mushroom_news",
    bot: "administrator",
  });
  await boris.join(id);
  await assertRejects(
    async () => await boris.in(id).say("hi"),
    PersonError,
    "not an administrator",
  );
  await anna.in(id).promote(bot.id, false);
  await assertRefused(
    api.sendMessage("@mushroom_news", "hi"),
    "Bad Request: need administrator rights in the channel chat",
  );
  await anna.in(id).expel(bot.id);
  await assertRefused(
    api.sendDocument(id, new InputFile(new Uint8Array(9), "a.bin")),
    "Forbidden: bot was kicked from the channel chat",
    403,
  );
});

emulatorTest("what is forwarded from a channel names the channel", async (given) => {
  const { anna, boris, api } = given;
  const id = await anna.create({ kind: "channel", title: "Вести", bot: "administrator" });
  const { message_id, date } = await anna.in(id).say("Весть");
  const chat = { id, type: "channel", title: "Вести" } as const;
  const forward_origin = { type: "channel", chat, message_id, date } as const;
  const hers = await anna.forward(id, message_id);
  assertEquals([hers.text, hers.forward_origin], ["Весть", forward_origin]);
  const its = await api.forwardMessage(anna.id, id, message_id);
  assertEquals(its.forward_origin, forward_origin);
  await boris.start();
  const again = await api.forwardMessage(boris.id, anna.id, its.message_id);
  assertEquals(again.forward_origin, forward_origin);
});

emulatorTest("a channel's readers are counted, not named", async ({ anna, boris, api }) => {
  const id = await anna.create({ kind: "channel", title: "Вести", bot: "administrator" });
  const { message_id } = await api.sendMessage(id, "Весть");
  await api.getUpdates({ allowed_updates: told });
  await boris.join(id);
  await boris.in(id).react(message_id, "🔥");
  await anna.in(id).react(message_id, "🔥");
  const counts = (await api.getUpdates()).flatMap(({ message_reaction_count: it }) => it ?? []);
  assertEquals(counts.map(({ reactions }) => reactions), [
    [{ type: { type: "emoji", emoji: "🔥" }, total_count: 1 }],
    [{ type: { type: "emoji", emoji: "🔥" }, total_count: 2 }],
  ]);
});
