import { InputFile, InputMediaBuilder } from "grammy";
import { assertEquals } from "@std/assert";
import { assertRefused, emulatorTest } from "./given_emulator.ts";
import { plainPicture } from "./picture_of.ts";

const bytes = (size: number) => new InputFile(new Uint8Array(size).fill(7), "file.bin");

emulatorTest("emulator refuses an empty text with the real server's words", async (given) => {
  const { api, anna } = given;
  const description = "Bad Request: message text is empty";
  await assertRefused(api.sendMessage(anna.id, ""), description);
  await assertRefused(api.sendMessage(anna.id, " \n "), description);
  await assertRefused(api.sendMessage(anna.id, "<b></b>", { parse_mode: "HTML" }), description);
});

emulatorTest("emulator counts a text after its markup is gone", async ({ api, anna }) => {
  const longest = "я".repeat(4096);
  const marked = await api.sendMessage(anna.id, `<b>${longest}</b>`, { parse_mode: "HTML" });
  assertEquals(marked.text.length, 4096);
  await assertRefused(
    api.sendMessage(anna.id, `${longest}я`),
    "Bad Request: message is too long",
  );
});

emulatorTest("emulator refuses a caption over 1024 characters", async ({ api, anna }) => {
  const caption = "я".repeat(1025);
  await assertRefused(
    api.sendDocument(anna.id, bytes(10), { caption }),
    "Bad Request: message caption is too long",
  );
});

emulatorTest("emulator refuses a chat that it does not know", async ({ api, boris }) => {
  await assertRefused(api.sendMessage(12345, "hi"), "Bad Request: chat not found");
  await assertRefused(api.sendMessage("@nobody", "hi"), "Bad Request: chat not found");
  await assertRefused(api.sendMessage("", "hi"), "Bad Request: chat_id is empty");
  await assertRefused(
    api.sendMessage(boris.id, "hi"),
    "Forbidden: bot can't initiate conversation with a user",
    403,
  );
});

emulatorTest("emulator refuses what goes to somebody who blocked the bot", async (given) => {
  const { api, anna } = given;
  const { message_id } = await api.sendMessage(anna.id, "hi");
  anna.block();
  const description = "Forbidden: bot was blocked by the user";
  await assertRefused(api.sendMessage(anna.id, "hi"), description, 403);
  await assertRefused(api.editMessageText(anna.id, message_id, "ho"), description, 403);
  await assertRefused(api.sendChatAction(anna.id, "typing"), description, 403);
  anna.unblock();
  await api.sendMessage(anna.id, "hi");
});

emulatorTest("emulator refuses inline buttons that Telegram would refuse", async (given) => {
  const { api, anna } = given;
  const send = (button: Record<string, unknown>) =>
    api.raw.sendMessage({
      chat_id: anna.id,
      text: "hi",
      reply_markup: { inline_keyboard: [[{ text: "Go", ...button } as never]] },
    });
  // Cyrillic takes two bytes a letter.
  await send({ callback_data: "я".repeat(32) });
  await assertRefused(send({ callback_data: "я".repeat(33) }), "Bad Request: BUTTON_DATA_INVALID");
  await assertRefused(send({ callback_data: "" }), "Bad Request: BUTTON_DATA_INVALID");
  await assertRefused(
    send({}),
    "Bad Request: Text buttons are unallowed in the inline keyboard",
  );
  await assertRefused(
    send({ url: "no link" }),
    "Bad Request: inline keyboard button URL 'no link' is invalid: Wrong HTTP URL",
  );
  await assertRefused(
    api.sendMessage(anna.id, "hi", { reply_markup: "{" as never }),
    "Bad Request: can't parse reply keyboard markup JSON object",
  );
});

emulatorTest("emulator refuses albums of one and of eleven", async ({ api, anna }) => {
  const album = (size: number) =>
    Array.from({ length: size }, () => InputMediaBuilder.document(bytes(10)));
  await assertRefused(
    api.sendMediaGroup(anna.id, album(1)),
    "Bad Request: there are too few messages to send as an album",
  );
  await assertRefused(
    api.sendMediaGroup(anna.id, album(11)),
    "Bad Request: too many messages to send as an album",
  );
  await assertRefused(
    api.sendMediaGroup(anna.id, []),
    "Bad Request: there are no messages to send",
  );
  assertEquals((await api.sendMediaGroup(anna.id, album(10))).length, 10);
});

emulatorTest("emulator refuses an album that mixes kinds or holds no picture", async (given) => {
  const { api, anna } = given;
  const photo = InputMediaBuilder.photo(new InputFile(await plainPicture(10, 10), "p.png"));
  await assertRefused(
    api.sendMediaGroup(anna.id, [photo, InputMediaBuilder.document(bytes(10))] as never),
    "Bad Request: document can't be mixed with other media types",
  );
  const broken = InputMediaBuilder.photo(bytes(10));
  await assertRefused(
    api.sendMediaGroup(anna.id, [photo, broken]),
    'Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"',
  );
  assertEquals(anna.messages().length, 1);
}, "ffi");

emulatorTest("emulator refuses pictures that Telegram would not take", async (given) => {
  const { api, anna } = given;
  const send = async (width: number, height: number) =>
    await api.sendPhoto(anna.id, new InputFile(await plainPicture(width, height), "p.png"));
  await assertRefused(send(5001, 5000), "Bad Request: PHOTO_INVALID_DIMENSIONS");
  await assertRefused(send(210, 10), "Bad Request: PHOTO_INVALID_DIMENSIONS");
  await send(200, 10);
  await assertRefused(api.sendPhoto(anna.id, bytes(100)), "Bad Request: IMAGE_PROCESS_FAILED");
  await assertRefused(
    api.sendPhoto(anna.id, bytes(10_485_761)),
    "Bad Request: file of size 10485761 bytes is too big for a photo; " +
      "the maximum size is 10485760 bytes",
  );
  const svg = new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg" width="9"/>`);
  await assertRefused(
    api.sendPhoto(anna.id, new InputFile(svg, "a.svg")),
    "Bad Request: IMAGE_PROCESS_FAILED",
  );
}, "ffi");

emulatorTest("emulator refuses files that are not there", async ({ api, anna }) => {
  await assertRefused(
    api.raw.sendPhoto({ chat_id: anna.id, photo: "" }),
    "Bad Request: there is no photo in the request",
  );
  await assertRefused(
    api.raw.sendDocument({ chat_id: anna.id, document: "attach://nothing" }),
    "Bad Request: there is no document in the request",
  );
  await assertRefused(
    api.sendDocument(anna.id, bytes(0)),
    "Bad Request: file must be non-empty",
  );
  await assertRefused(
    api.sendDocument(anna.id, "AgACAgIAAxkBAAIB"),
    "Bad Request: wrong file identifier/HTTP URL specified",
  );
  await assertRefused(
    api.sendDocument(anna.id, "not an id!"),
    "Bad Request: wrong remote file identifier specified: Wrong padding in the string",
  );
  const sent = await api.sendDocument(anna.id, bytes(10));
  await assertRefused(
    api.sendPhoto(anna.id, sent.document.file_id),
    "Bad Request: can't use file of type Document as Photo",
  );
});

emulatorTest("emulator refuses a reply to a message that is gone", async ({ api, anna }) => {
  const reply_parameters = { message_id: 1 };
  await assertRefused(
    api.sendMessage(anna.id, "hi", { reply_parameters }),
    "Bad Request: message to be replied not found",
  );
  const lenient = { ...reply_parameters, allow_sending_without_reply: true };
  await api.sendMessage(anna.id, "hi", { reply_parameters: lenient });
});

emulatorTest("emulator says which methods it knows and does not do", async ({ api, anna }) => {
  await assertRefused(
    api.sendPoll(anna.id, "Which?", [{ text: "this" }, { text: "that" }]),
    "Not Implemented: the method sendPoll is known, not emulated",
    501,
  );
});

emulatorTest("emulator counts MarkdownV2 after its marks and escapes are gone", async (given) => {
  const { api, anna } = given;
  const marked = (length: number) => `*${"\\.".repeat(length)}*`;
  const parse_mode = "MarkdownV2";
  const { text, entities } = await api.sendMessage(anna.id, marked(4096), { parse_mode });
  assertEquals(text, ".".repeat(4096));
  assertEquals(entities, [{ type: "bold", offset: 0, length: 4096 }]);
  await assertRefused(
    api.sendMessage(anna.id, marked(4097), { parse_mode }),
    "Bad Request: message is too long",
  );
  await assertRefused(
    api.sendMessage(anna.id, "1.", { parse_mode }),
    "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the " +
      "preceding '\\'",
  );
});

emulatorTest("markup mentions people that are here by their ids", async ({ api, anna, boris }) => {
  const html = `<a href="tg://user?id=${boris.id}">B</a> <a href="tg://user?id=1">?</a>`;
  const { entities } = await api.sendMessage(anna.id, html, { parse_mode: "HTML" });
  const user = { id: boris.id, is_bot: false, first_name: "Борис", language_code: "en" };
  assertEquals(entities, [{ type: "text_mention", offset: 0, length: 1, user }]);
});
