import { assert, assertEquals } from "@std/assert";
import { methods } from "../../src/emulator/schema/field_table.ts";
import { implementations } from "../../src/emulator/bot_api/methods.ts";
import { emulatorTest } from "./given_emulator.ts";
import { clients, makeScene, type Params, type Scene } from "./scene.ts";

type Row = (scene: Scene) => Params | Promise<Params>;

const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
const to = (chat: keyof Scene, params: Params = {}): Row => (scene) => ({
  chat_id: scene[chat],
  ...params,
});
const anna = (params: (scene: Scene) => Params = () => ({})): Row => (scene) => ({
  chat_id: scene.anna.id,
  ...params(scene),
});
/** A message of the bot's own, new for each call: an edit must change something. */
const edit = (params: (scene: Scene) => Params): Row => async (scene) => {
  const { message_id } = await scene.api.sendMessage(scene.anna.id, "before", {
    reply_markup: keyboard,
  });
  return { chat_id: scene.anna.id, message_id, ...params(scene) };
};
const editPhoto = (params: (scene: Scene) => Params): Row => async (scene) => {
  const { message_id } = await scene.api.sendPhoto(scene.anna.id, scene.photo.photo[0]!.file_id);
  return { chat_id: scene.anna.id, message_id, ...params(scene) };
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
    (scene) => ({ chat_id: scene.group, user_id: scene.boris.id }),
    (scene) => ({ chat_id: scene.group, user_id: scene.anna.id }),
    (scene) => ({ chat_id: scene.supergroup, user_id: scene.emulator.bot.id }),
    (scene) => ({ chat_id: scene.channel, user_id: scene.boris.id }),
  ],
  getChatMemberCount: [anna(), to("group"), to("channel")],
  getChatAdministrators: [to("group"), to("supergroup"), to("channel")],
  sendMessage: [
    anna(({ said }) => ({ text: "hi", reply_parameters: { message_id: said.message_id } })),
    to("group", { text: "<b>hi</b>", parse_mode: "HTML", reply_markup: keyboard }),
    to("channel", { text: "*hi*", parse_mode: "MarkdownV2" }),
    () => ({ chat_id: "@mushroom_talk", text: "hi" }),
  ],
  sendPhoto: [media("photo"), (scene) => ({ chat_id: scene.channel, photo: scene.picture })],
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
    (scene) => ({
      chat_id: scene.channel,
      from_chat_id: scene.anna.id,
      message_id: scene.photo.message_id,
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
    async (scene) => ({ callback_query_id: await scene.tap(), text: "Да!", show_alert: true }),
  ],
  answerInlineQuery: [
    async (scene) => ({
      inline_query_id: await scene.ask(),
      results: [{
        type: "article",
        id: "1",
        title: "Мухомор",
        input_message_content: { message_text: "<b>Мухомор</b>", parse_mode: "HTML" },
        reply_markup: keyboard,
      }, { type: "photo", id: "2", photo_file_id: scene.photo.photo[0]!.file_id }],
      cache_time: 0,
    }),
  ],
  pinChatMessage: [edit(() => ({ disable_notification: true }))],
  unpinChatMessage: [anna()],
  setMessageReaction: [
    edit(() => ({ reaction: [{ type: "emoji", emoji: "🔥" }] })),
    edit(() => ({})),
  ],
  getFile: [(scene) => ({ file_id: scene.document.document.file_id })],
  getUpdates: [() => ({ limit: 5, allowed_updates: ["message", "chat_member"] })],
  setWebhook: [() => ({ url: "http://127.0.0.1:9/hook", secret_token: "s" })],
  getWebhookInfo: [() => ({})],
  deleteWebhook: [() => ({ drop_pending_updates: true })],
  close: [() => ({})],
  logOut: [() => ({})],
};

for (const { name, call } of clients) {
  emulatorTest(`every method answers as the field table says, through ${name}`, async (given) => {
    const scene = await makeScene(given);
    const { emulator } = scene;
    for (const [method, rows] of Object.entries(table)) {
      for (const row of rows) {
        const answer = await call(emulator, method, await row(scene));
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
