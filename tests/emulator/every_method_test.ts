import { assert, assertEquals } from "@std/assert";
import { methods } from "../../src/emulator/schema/field_table.ts";
import { implementations } from "../../src/emulator/bot_api/methods.ts";
import { emulatorTest } from "./given_emulator.ts";
import { clients, type Params } from "./bot_clients.ts";
import { type ChatFixture, makeChatFixture } from "./chat_fixture.ts";

type Row = (fixture: ChatFixture) => Params | Promise<Params>;

const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
const to = (chat: keyof ChatFixture, params: Params = {}): Row => (fixture) => ({
  chat_id: fixture[chat],
  ...params,
});
const anna = (params: (fixture: ChatFixture) => Params = () => ({})): Row => (fixture) => ({
  chat_id: fixture.anna.id,
  ...params(fixture),
});
/** A message of the bot's own, new for each call: an edit must change something. */
const edit = (params: (fixture: ChatFixture) => Params): Row => async (fixture) => {
  const { message_id } = await fixture.api.sendMessage(fixture.anna.id, "before", {
    reply_markup: keyboard,
  });
  return { chat_id: fixture.anna.id, message_id, ...params(fixture) };
};
const editPhoto = (params: (fixture: ChatFixture) => Params): Row => async (fixture) => {
  const { message_id } = await fixture.api.sendPhoto(
    fixture.anna.id,
    fixture.photo.photo[0]!.file_id,
  );
  return { chat_id: fixture.anna.id, message_id, ...params(fixture) };
};
const media = (name: string): Row => anna(({ picture }) => ({ [name]: picture, caption: "c" }));

/** Every method that this server does, with calls that it must answer. */
const table: Record<string, Row[]> = {
  getMe: [() => ({})],
  setMyCommands: [() => ({ commands: [{ command: "start", description: "Начать" }] })],
  getMyCommands: [() => ({ language_code: "ru" })],
  deleteMyCommands: [() => ({ scope: { type: "all_group_chats" } })],
  setMyName: [() => ({ name: "Мухомор" })],
  getMyName: [() => ({}), () => ({ language_code: "en" })],
  getMyDescription: [() => ({})],
  getMyShortDescription: [() => ({})],
  setMyDescription: [() => ({ description: "Карточки" })],
  setMyShortDescription: [() => ({ short_description: "Карточки" })],
  getChat: [anna(), to("group"), to("supergroup"), to("channel")],
  getChatMember: [
    (fixture) => ({ chat_id: fixture.group, user_id: fixture.boris.id }),
    (fixture) => ({ chat_id: fixture.group, user_id: fixture.anna.id }),
    (fixture) => ({ chat_id: fixture.supergroup, user_id: fixture.emulator.bot.id }),
    (fixture) => ({ chat_id: fixture.channel, user_id: fixture.boris.id }),
  ],
  getChatMemberCount: [anna(), to("group"), to("channel")],
  getChatAdministrators: [to("group"), to("supergroup"), to("channel")],
  sendMessage: [
    anna(({ said }) => ({ text: "hi", reply_parameters: { message_id: said.message_id } })),
    to("group", { text: "<b>hi</b>", parse_mode: "HTML", reply_markup: keyboard }),
    to("channel", { text: "*hi*", parse_mode: "MarkdownV2" }),
    () => ({ chat_id: "@mushroom_talk", text: "hi" }),
  ],
  sendPhoto: [media("photo"), (fixture) => ({ chat_id: fixture.channel, photo: fixture.picture })],
  sendDocument: [media("document")],
  sendVoice: [media("voice")],
  sendAudio: [media("audio")],
  sendVideo: [media("video")],
  sendAnimation: [media("animation")],
  sendMediaGroup: [
    anna(({ picture, photo }) => ({
      media: [
        { type: "photo", media: picture, caption: "c" },
        { type: "photo", media: photo.photo[0]!.file_id },
        { type: "video", media: picture },
      ],
    })),
    anna(({ picture }) => ({
      media: [{ type: "document", media: picture }, { type: "document", media: picture }],
    })),
  ],
  sendLocation: [anna(() => ({ latitude: 59.9, longitude: 30.3, horizontal_accuracy: 12.5 }))],
  sendContact: [anna(() => ({ phone_number: "+79990000000", first_name: "Анна" }))],
  sendDice: [anna(), to("group", { emoji: "🎰" })],
  sendChatAction: [anna(() => ({ action: "typing" })), to("group", { action: "upload_photo" })],
  forwardMessage: [
    anna(({ said, anna }) => ({ from_chat_id: anna.id, message_id: said.message_id })),
    (fixture) => ({
      chat_id: fixture.channel,
      from_chat_id: fixture.anna.id,
      message_id: fixture.photo.message_id,
    }),
  ],
  copyMessage: [
    anna(({ photo, anna }) => ({
      from_chat_id: anna.id,
      message_id: photo.message_id,
      caption: "new",
      reply_markup: keyboard,
    })),
  ],
  editMessageText: [edit(() => ({ text: "after" }))],
  editMessageCaption: [editPhoto(() => ({ caption: "after" }))],
  editMessageMedia: [
    editPhoto(({ picture }) => ({ media: { type: "photo", media: picture, caption: "after" } })),
    editPhoto(({ picture }) => ({ media: { type: "document", media: picture } })),
  ],
  editMessageReplyMarkup: [edit(() => ({}))],
  deleteMessage: [edit(() => ({}))],
  deleteMessages: [anna(() => ({ message_ids: [1, 2] }))],
  answerCallbackQuery: [
    async (fixture) => ({ callback_query_id: await fixture.tap(), text: "Да!", show_alert: true }),
  ],
  answerInlineQuery: [
    async (fixture) => ({
      inline_query_id: await fixture.ask(),
      results: [{
        type: "article",
        id: "1",
        title: "Мухомор",
        input_message_content: { message_text: "<b>Мухомор</b>", parse_mode: "HTML" },
        reply_markup: keyboard,
      }, { type: "photo", id: "2", photo_file_id: fixture.photo.photo[0]!.file_id }],
      cache_time: 0,
    }),
  ],
  pinChatMessage: [edit(() => ({ disable_notification: true }))],
  unpinChatMessage: [anna()],
  setMessageReaction: [
    edit(() => ({ reaction: [{ type: "emoji", emoji: "🔥" }] })),
    edit(() => ({})),
  ],
  getFile: [(fixture) => ({ file_id: fixture.document.document.file_id })],
  getUpdates: [() => ({ limit: 5, allowed_updates: ["message", "chat_member"] })],
  setWebhook: [() => ({ url: "http://127.0.0.1:9/hook", secret_token: "s" })],
  getWebhookInfo: [() => ({})],
  deleteWebhook: [() => ({ drop_pending_updates: true })],
  close: [() => ({})],
  logOut: [() => ({})],
};

for (const { name, call } of clients) {
  emulatorTest(`every method answers as the field table says, through ${name}`, async (given) => {
    const fixture = await makeChatFixture(given);
    const { emulator } = fixture;
    for (const [method, rows] of Object.entries(table)) {
      for (const row of rows) {
        const answer = await call(emulator, method, await row(fixture));
        assert(answer.ok, `${method}: ${answer.description}`);
      }
    }
    assertEquals(emulator.violations(), []);
    assertEquals(emulator.flaws(), []);
  }, "ffi");
}

Deno.test("every method that this server does is called above", () => {
  assertEquals([...implementations.keys()].filter((name) => !(name in table)), []);
});

emulatorTest("every other method of the table is known, and not emulated", async (given) => {
  const others = [...methods.values()].filter(({ name }) => !implementations.has(name));
  assert(others.length > 100);
  for (const { name } of others) {
    for (const { call } of clients.slice(0, 2)) {
      const { error_code, description } = await call(given.emulator, name, {});
      assertEquals([error_code, description], [
        501,
        `Not Implemented: the method ${name} is known, not emulated`,
      ]);
    }
  }
  const said = given.emulator.violations();
  assert(said.includes("sendPoll: question is missing"), "their params are checked all the same");
});
