import { PersonError } from "@amanita/emulator";
import { InputFile } from "grammy";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { assertRefused, emulatorTest } from "./given_emulator.ts";
import { plainPicture } from "./picture_of.ts";

const bytes = (size: number) => new Uint8Array(size).fill(7);

emulatorTest("a reply carries the message that it answers, and its quote", async (given) => {
  const { anna, api } = given;
  const asked = await api.sendMessage(anna.id, "Which mushroom is red?");
  await anna.say("that one", { reply_to: asked.message_id, quote: "red" });
  const [update] = await api.getUpdates();
  assertEquals(update?.message?.reply_to_message?.message_id, asked.message_id);
  assertEquals(update?.message?.quote, { text: "red", position: 18, is_manual: true });
  const message_id = update?.message?.message_id ?? 0;
  const reply = await api.sendMessage(anna.id, "Right", {
    reply_parameters: { message_id, quote: "<b>that</b>", quote_parse_mode: "HTML" },
  });
  assertEquals([reply.reply_to_message?.text, reply.quote?.text], ["that one", "that"]);
  assertEquals(reply.reply_to_message?.reply_to_message, undefined, "one level is enough");
  await assertRefused(
    api.sendMessage(anna.id, "Right", { reply_parameters: { message_id, quote: "this" } }),
    "Bad Request: QUOTE_TEXT_INVALID",
  );
  await assertRejects(
    () => anna.say("no", { reply_to: asked.message_id, quote: "green" }),
    PersonError,
    "does not say it",
  );
});

emulatorTest("a bot may answer a message of another chat", async ({ anna, api }) => {
  const group = await anna.create({ kind: "group", title: "Г", bot: "administrator" });
  const { message_id } = await anna.in(group).say("in the group");
  const reply = await api.sendMessage(anna.id, "here", {
    reply_parameters: { message_id, chat_id: group },
  });
  assertEquals(reply.reply_to_message, undefined);
  assertEquals([reply.external_reply?.chat?.id, reply.external_reply?.origin.type], [
    group,
    "user",
  ]);
});

emulatorTest("a param of older clients is still read", async ({ anna, api }) => {
  const { message_id } = await anna.say("one");
  const old = { chat_id: anna.id, text: "two", reply_to_message_id: message_id };
  const reply = await api.raw.sendMessage(old);
  assertEquals(reply.reply_to_message?.text, "one");
});

emulatorTest("a forward says whose words it brings, a copy does not", async (given) => {
  const { anna, boris, api } = given;
  await boris.start();
  const { message_id, date } = await anna.say("Белый гриб");
  const forwarded = await api.forwardMessage(boris.id, anna.id, message_id);
  const origin = forwarded.forward_origin;
  assert(origin?.type === "user");
  assertEquals([origin.sender_user.id, origin.date], [anna.id, date]);
  const copied = await api.copyMessage(boris.id, anna.id, message_id);
  const seen = boris.messages().find((message) => message.message_id === copied.message_id);
  assertEquals([seen?.text, seen?.forward_origin], ["Белый гриб", undefined]);
  await assertRefused(
    api.editMessageText(boris.id, forwarded.message_id, "mine now"),
    "Bad Request: message can't be edited",
  );
});

emulatorTest("a copy keeps the caption unless it is given another", async ({ anna, api }) => {
  const file = new InputFile(bytes(9), "a.bin");
  const { message_id } = await api.sendDocument(anna.id, file, {
    caption: "<b>one</b>",
    parse_mode: "HTML",
  });
  await api.copyMessage(anna.id, anna.id, message_id);
  await api.copyMessage(anna.id, anna.id, message_id, { caption: "two" });
  await api.copyMessage(anna.id, anna.id, message_id, { caption: "" });
  const captions = anna.messages().slice(-3).map(({ caption }) => caption);
  assertEquals(captions, ["one", "two", undefined]);
});

emulatorTest("protected content is neither forwarded nor copied", async ({ anna, api }) => {
  const { message_id } = await api.sendMessage(anna.id, "secret", { protect_content: true });
  await assertRefused(
    api.forwardMessage(anna.id, anna.id, message_id),
    "Bad Request: message can't be forwarded",
  );
  await assertRefused(
    api.copyMessage(anna.id, anna.id, message_id),
    "Bad Request: message can't be copied",
  );
  await assertRejects(() => anna.forward(anna.id, message_id), PersonError, "Cannot forward");
});

emulatorTest("what a person edits comes as an edited message", async ({ anna, api }) => {
  const said = await anna.say("one");
  const edited = await anna.edit(said.message_id, "/two");
  const update = (await api.getUpdates()).at(-1);
  assertEquals(update?.edited_message?.text, "/two");
  assertEquals(update?.edited_message?.entities, [{ type: "bot_command", offset: 0, length: 4 }]);
  assert(typeof edited.edit_date === "number");
  const its = await api.sendMessage(anna.id, "its");
  await assertRejects(() => anna.edit(its.message_id, "hers"), PersonError, "is not theirs");
  await assertRejects(() => anna.edit(said.message_id, " "), PersonError, "Cannot say nothing");
  const file = await anna.document(bytes(9), { file_name: "a", mime_type: "", caption: "one" });
  await anna.edit(file.message_id, "two");
  assertEquals((await api.getUpdates()).at(-1)?.edited_message?.caption, "two");
});

emulatorTest("people send voices, places, cards and dice", async ({ anna, api }) => {
  await anna.voice(bytes(500), { duration: 4 });
  await anna.location(59.9386, 30.3141);
  await anna.contact({ phone_number: "+7999", first_name: "Борис" });
  await anna.dice("🎯");
  const [voice, place, card, dice] = (await api.getUpdates()).map(({ message }) => message);
  assertEquals([voice?.voice?.duration, voice?.voice?.mime_type], [4, "audio/ogg"]);
  assertEquals((await api.getFile(voice?.voice?.file_id ?? "")).file_size, 500);
  assertEquals(place?.location, { latitude: 59.9386, longitude: 30.3141 });
  assertEquals(card?.contact, { phone_number: "+7999", first_name: "Борис" });
  const { emoji, value = 0 } = dice?.dice ?? {};
  assert(emoji === "🎯" && value >= 1 && value <= 6);
  await assertRejects(() => anna.location(91, 0), PersonError, "there is no such place");
  await assertRejects(() => anna.dice("🍄"), PersonError, "it is no dice");
});

emulatorTest("a keyboard's button shares the person's own card", async ({ anna, api }) => {
  const reply_markup = { keyboard: [[{ text: "Мой номер", request_contact: true }]] };
  await api.sendMessage(anna.id, "Кто вы?", { reply_markup });
  await anna.tapButton("Мой номер");
  assertEquals((await api.getUpdates()).at(-1)?.message?.contact?.user_id, anna.id);
});

emulatorTest("a document's type is what its name says, where nobody said it", async (given) => {
  const { anna, api } = given;
  const names = ["Карты.CSV", "a.b.pdf", "pdf", "x.no_such", "letter.docx"];
  const types: (string | undefined)[] = [];
  for (const name of names) {
    const { document } = await api.sendDocument(anna.id, new InputFile(bytes(30), name));
    types.push(document.mime_type);
  }
  assertEquals(types, [
    ...["text/csv", "application/pdf", "application/octet-stream", "application/octet-stream"],
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ]);
});

emulatorTest("a bot sends what plays, and sends it again by its id", async ({ anna, api }) => {
  const file = () => new InputFile(bytes(300), "file.ogg");
  const voice = await api.sendVoice(anna.id, file(), { duration: 3, caption: "listen" });
  const audio = await api.sendAudio(anna.id, file(), {
    duration: 60,
    performer: "Хор",
    title: "А",
  });
  const size = { width: 64, height: 48, duration: 2 };
  const video = await api.sendVideo(anna.id, file(), size);
  const animation = await api.sendAnimation(anna.id, file(), size);
  assertEquals([voice.voice.duration, voice.caption], [3, "listen"]);
  assertEquals([audio.audio.performer, audio.audio.title, audio.audio.duration], ["Хор", "А", 60]);
  assertEquals([video.video.width, video.video.height, video.video.duration], [64, 48, 2]);
  assertEquals(animation.document?.file_id, animation.animation.file_id);
  const again = await api.sendVideo(anna.id, video.video.file_id);
  assertEquals(again.video, video.video);
  await assertRefused(
    api.sendVoice(anna.id, audio.audio.file_id),
    "Bad Request: can't use file of type Audio as VoiceNote",
  );
});

emulatorTest("a file may be named by its address", async ({ anna, api, emulator }) => {
  const bytesOf = await plainPicture(60, 40);
  const sent = await anna.document(bytesOf, { file_name: "p.png", mime_type: "image/png" });
  const address = `${emulator.root}/control/file/${sent.document?.file_id}`;
  assertEquals((await api.sendPhoto(anna.id, address)).photo.at(-1)?.width, 60);
  assertEquals((await api.sendDocument(anna.id, address)).document.file_size, bytesOf.length);
}, "ffi");

emulatorTest("what is pinned is shown on top, and told of below", async ({ anna, api }) => {
  const one = await api.sendMessage(anna.id, "one");
  const two = await anna.say("two");
  await api.pinChatMessage(anna.id, one.message_id);
  await anna.pin(two.message_id);
  const pinned = async () => (await api.getChat(anna.id)).pinned_message?.message_id;
  assertEquals(await pinned(), two.message_id);
  const services = anna.messages().flatMap(({ pinned_message: it }) => it?.message_id ?? []);
  assertEquals(services, [one.message_id, two.message_id]);
  await api.unpinChatMessage(anna.id);
  assertEquals(await pinned(), one.message_id);
  await anna.unpin(one.message_id);
  assertEquals(await pinned(), undefined);
});

emulatorTest("reactions reach a bot that asks for them", async ({ anna, api }) => {
  const { message_id } = await api.sendMessage(anna.id, "one");
  await anna.react(message_id, "👍");
  assertEquals(await api.getUpdates({ allowed_updates: ["message_reaction"] }), []);
  await anna.react(message_id, "🔥");
  await anna.react(message_id);
  const changes = (await api.getUpdates()).flatMap(({ message_reaction: it }) => it ?? []);
  const emojis = (list: readonly { type: string }[]) => list.map((it) => "emoji" in it && it.emoji);
  assertEquals(
    changes.map(({ old_reaction, new_reaction }) => [emojis(old_reaction), emojis(new_reaction)]),
    [[["👍"], ["🔥"]], [["🔥"], []]],
  );
  await api.setMessageReaction(anna.id, message_id, [{ type: "emoji", emoji: "🎉" }]);
  await assertRefused(
    api.setMessageReaction(anna.id, message_id, [
      { type: "emoji", emoji: "🎉" },
      { type: "emoji", emoji: "🔥" },
    ]),
    "Bad Request: REACTIONS_TOO_MANY",
  );
});

emulatorTest("an album shows no keyboard, whatever an edit says", async ({ anna, api }) => {
  const file = () => ({ type: "document", media: new InputFile(bytes(9), "a.bin") }) as const;
  const [first] = await api.sendMediaGroup(anna.id, [file(), file()]);
  await assertRefused(
    api.editMessageReplyMarkup(anna.id, first?.message_id ?? 0, {
      reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] },
    }),
    "Bad Request: message is not modified: specified new message content and reply markup are " +
      "exactly the same as a current content and reply markup of the message",
  );
});
