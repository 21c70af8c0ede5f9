import { PersonError } from "@amanita/emulator";
import { InputFile } from "grammy";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { assertRefused, emulatorTest } from "./given_emulator.ts";
import { plainPicture, qrPicture } from "./picture_of.ts";

const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
const tooOld = "Bad Request: query is too old and response timeout expired or query ID is invalid";

emulatorTest("a bot sees who wrote and where", async ({ api, anna }) => {
  await anna.say("привет");
  const [update] = await api.getUpdates();
  const { from, chat } = update?.message ?? {};
  assertEquals(from, {
    id: anna.id,
    is_bot: false,
    first_name: "Анна",
    last_name: "Смирнова",
    username: "anna",
    language_code: "ru",
  });
  assertEquals(chat?.type, "private");
  assertEquals(chat?.id, anna.id);
});

emulatorTest("a tap reaches the bot and is answered once", async ({ api, anna }) => {
  const message = await api.sendMessage(anna.id, "Да?", { reply_markup: keyboard });
  const id = await anna.tapButton("Да");
  const [update] = await api.getUpdates();
  assertEquals(update?.callback_query?.id, id);
  assertEquals(update?.callback_query?.data, "yes");
  assertEquals(update?.callback_query?.message, message);
  assertEquals(anna.answered(id), false);
  await api.answerCallbackQuery(id, { text: "Хорошо", show_alert: true });
  assertEquals(anna.answered(id), true);
  assertEquals(anna.toasts(), [{ callback_query_id: id, text: "Хорошо", alert: true }]);
  await assertRefused(api.answerCallbackQuery(id), tooOld);
});

emulatorTest("a tap that waited too long cannot be answered", async (given) => {
  const { api, anna, emulator } = given;
  await api.sendMessage(anna.id, "Да?", { reply_markup: keyboard });
  const id = await anna.tapButton("Да");
  emulator.advance(15 * 60 * 1000 + 1);
  await assertRefused(api.answerCallbackQuery(id), tooOld);
  await assertRefused(api.answerCallbackQuery("12345"), tooOld);
});

emulatorTest("an answer to a tap holds at most 200 characters", async ({ api, anna }) => {
  await api.sendMessage(anna.id, "Да?", { reply_markup: keyboard });
  const id = await anna.tapButton("Да");
  await assertRefused(
    api.answerCallbackQuery(id, { text: "я".repeat(201) }),
    "Bad Request: MESSAGE_TOO_LONG",
  );
});

emulatorTest("people tap only what they see", async ({ api, anna }) => {
  const { message_id } = await api.sendMessage(anna.id, "Да?", { reply_markup: keyboard });
  await assertRejects(() => anna.tap(message_id, "no"), PersonError, 'Cannot tap "no"');
  await assertRejects(() => anna.tapButton("Нет"), PersonError, "Cannot find the button «Нет»");
  await api.editMessageReplyMarkup(anna.id, message_id);
  await assertRejects(() => anna.tapButton("Да"), PersonError, "Cannot find the button «Да»");
});

emulatorTest("a button of the reply keyboard is said", async ({ api, anna }) => {
  const reply_markup = { keyboard: [[{ text: "Мои карты" }]], resize_keyboard: true };
  await api.sendMessage(anna.id, "Меню", { reply_markup });
  assertEquals(await anna.tapButton("Мои карты"), "");
  assertEquals(anna.messages().at(-1)?.text, "Мои карты");
  await api.sendMessage(anna.id, "Всё", { reply_markup: { remove_keyboard: true } });
  await assertRejects(() => anna.tapButton("Мои карты"), PersonError, "Cannot find the button");
});

emulatorTest("waiting for a message sees it now, later, and when it is edited", async (given) => {
  const { api, anna } = given;
  await anna.say("one");
  const { message_id } = await api.sendMessage(anna.id, "one");
  assertEquals((await anna.until(({ text }) => text === "one")).message_id, message_id);
  const later = anna.until(({ text }) => text === "two", { after: message_id });
  await api.editMessageText(anna.id, message_id, "two");
  const { message_id: newer } = await api.sendMessage(anna.id, "two");
  assertEquals((await later).message_id, newer);
  const edited = anna.until(({ text }) => text === "three");
  await api.editMessageText(anna.id, newer, "three");
  assertEquals((await edited).message_id, newer);
});

emulatorTest("waiting in vain says what came instead", async ({ api, anna }) => {
  await api.sendMessage(anna.id, "Да?", { reply_markup: keyboard });
  await assertRejects(
    () => anna.until(({ text }) => text === "Нет", { timeout_ms: 10 }),
    Error,
    'bot: "Да?" [Да]',
  );
});

emulatorTest("waiting passes on what its own condition throws", async ({ api, anna }) => {
  const waiting = anna.until(() => {
    throw new RangeError("mine");
  });
  const seen = assertRejects(() => waiting, RangeError, "mine");
  await api.sendMessage(anna.id, "hi");
  await seen;
});

emulatorTest("somebody who blocked the bot cannot write to it", async ({ api, anna }) => {
  anna.block();
  await assertRejects(() => anna.say("hi"), PersonError, "Анна has blocked the bot");
  const [update] = await api.getUpdates();
  assertEquals(update?.my_chat_member?.new_chat_member.status, "kicked");
});

emulatorTest("people say neither nothing nor too much", async ({ anna }) => {
  await assertRejects(() => anna.say("  "), PersonError, "Cannot say nothing");
  await assertRejects(() => anna.say("я".repeat(4097)), PersonError, "4096");
  await assertRejects(() => anna.start("a b"), PersonError, "Cannot start with");
  await assertRejects(() => anna.start("a".repeat(65)), PersonError, "Cannot start with");
  assertEquals((await anna.start("a".repeat(64))).text?.length, 71);
});

emulatorTest("a scan follows this bot's links only", async ({ api, anna, emulator }) => {
  const scan = async (picture: Uint8Array) => {
    const { photo } = await api.sendPhoto(anna.id, new InputFile(picture, "a.png"));
    return await anna.scan(photo.at(-1)?.file_id ?? "");
  };
  await assertRejects(
    async () => await scan(await plainPicture(99, 99)),
    PersonError,
    "There is no QR code on this picture",
  );
  const elsewhere = await assertRejects(
    async () => await scan(await qrPicture("https://t.me/other_bot?start=1")),
    PersonError,
    "does not lead to this bot",
  );
  assertEquals(elsewhere.text, "https://t.me/other_bot?start=1");
  await assertRejects(
    async () => await scan(await qrPicture(`https://t.me/${emulator.bot.username}?start=ж`)),
    PersonError,
    "no payload",
  );
}, "ffi");

emulatorTest("commands are kept by scope and language", async ({ api, boris }) => {
  const list = (command: string) => [{ command, description: command }];
  const chat = { scope: { type: "chat", chat_id: boris.id } } as const;
  await api.setMyCommands(list("default"));
  await api.setMyCommands(list("boris"), chat);
  assertEquals(await api.getMyCommands(), list("default"));
  assertEquals(await api.getMyCommands(chat), list("boris"));
  assertEquals(await api.getMyCommands({ language_code: "ru" }), []);
  await api.deleteMyCommands(chat);
  assertEquals(await api.getMyCommands(chat), []);
});

emulatorTest("commands that Telegram would refuse are refused", async ({ api }) => {
  await assertRefused(
    api.setMyCommands([{ command: "Start", description: "x" }]),
    "Bad Request: BOT_COMMAND_INVALID",
  );
  await assertRefused(
    api.setMyCommands([{ command: "start", description: "" }]),
    "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
  );
});

emulatorTest("a chat can be looked at once the person has written", async (given) => {
  const { api, anna, boris } = given;
  assertEquals((await api.getChat(anna.id)).first_name, "Анна");
  await assertRefused(api.getChat(boris.id), "Bad Request: chat not found");
});

emulatorTest("messages carry the emulator's clock", async ({ api, anna, emulator }) => {
  const { date } = await api.sendMessage(anna.id, "one");
  emulator.advance(3_600_000);
  const later = await api.sendMessage(anna.id, "two");
  assert(later.date - date >= 3600 && later.date - date < 3610);
});
