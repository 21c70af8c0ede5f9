import { InputFile, InputMediaBuilder } from "grammy";
import { assert, assertEquals } from "@std/assert";
import { assertRefused, emulatorTest } from "./given_emulator.ts";
import { plainPicture } from "./picture_of.ts";

const hour_ms = 60 * 60 * 1000;
const keyboard = { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] };
const unchanged =
  "Bad Request: message is not modified: specified new message content and reply markup are " +
  "exactly the same as a current content and reply markup of the message";

emulatorTest("emulator edits a text and takes its keyboard away", async ({ api, anna }) => {
  const { message_id } = await api.sendMessage(anna.id, "one", { reply_markup: keyboard });
  const edited = await api.editMessageText(anna.id, message_id, "<b>two</b>", {
    parse_mode: "HTML",
  });
  assert(edited !== true);
  const [seen] = anna.messages().slice(-1);
  assertEquals([seen?.text, seen?.entities, seen?.reply_markup], [
    "two",
    [{ type: "bold", offset: 0, length: 3 }],
    undefined,
  ]);
  assert(typeof seen?.edit_date === "number");
});

emulatorTest("emulator refuses an edit that changes nothing", async ({ api, anna }) => {
  const { message_id } = await api.sendMessage(anna.id, "one", { reply_markup: keyboard });
  const same = { reply_markup: keyboard };
  await assertRefused(api.editMessageText(anna.id, message_id, "one", same), unchanged);
  await assertRefused(api.editMessageReplyMarkup(anna.id, message_id, same), unchanged);
  // The same text in bold is another content, and so is no keyboard.
  await api.editMessageText(anna.id, message_id, "<b>one</b>", { ...same, parse_mode: "HTML" });
  await api.editMessageReplyMarkup(anna.id, message_id);
  await assertRefused(api.editMessageReplyMarkup(anna.id, message_id), unchanged);
});

emulatorTest("emulator refuses edits of what is not the bot's text", async ({ api, anna }) => {
  const hers = await anna.say("mine");
  const file = await api.sendDocument(anna.id, new InputFile(new Uint8Array(9), "a.bin"));
  const text = await api.sendMessage(anna.id, "one");
  await assertRefused(
    api.editMessageText(anna.id, 1, "two"),
    "Bad Request: message to edit not found",
  );
  await assertRefused(
    api.editMessageText(anna.id, hers.message_id, "two"),
    "Bad Request: message can't be edited",
  );
  await assertRefused(
    api.editMessageText(anna.id, file.message_id, "two"),
    "Bad Request: there is no text in the message to edit",
  );
  await assertRefused(
    api.editMessageCaption(anna.id, text.message_id, { caption: "two" }),
    "Bad Request: there is no caption in the message to edit",
  );
});

emulatorTest("emulator edits captions and keeps the file", async ({ api, anna }) => {
  const sent = await api.sendDocument(anna.id, new InputFile(new Uint8Array(9), "a.bin"), {
    caption: "one",
  });
  await api.editMessageCaption(anna.id, sent.message_id, { caption: "two" });
  const [seen] = anna.messages().slice(-1);
  assertEquals([seen?.caption, seen?.document], ["two", sent.document]);
  await assertRefused(
    api.editMessageCaption(anna.id, sent.message_id, { caption: "two" }),
    unchanged,
  );
});

emulatorTest("emulator replaces a photo by another one and by its file_id", async (given) => {
  const { api, anna } = given;
  const one = await api.sendPhoto(anna.id, new InputFile(await plainPicture(40, 30), "p.png"));
  const two = await api.sendPhoto(anna.id, new InputFile(await plainPicture(30, 40), "p.png"));
  const file_id = one.photo.at(-1)?.file_id ?? "";
  await api.editMessageMedia(
    anna.id,
    two.message_id,
    InputMediaBuilder.photo(file_id, { caption: "new" }),
  );
  const [seen] = anna.messages().slice(-1);
  assertEquals([seen?.photo, seen?.caption], [one.photo, "new"]);
  await assertRefused(
    api.editMessageMedia(
      anna.id,
      two.message_id,
      InputMediaBuilder.photo(file_id, { caption: "new" }),
    ),
    unchanged,
  );
}, "ffi");

emulatorTest("emulator deletes messages of both sides within 48 hours", async (given) => {
  const { api, anna, emulator } = given;
  const hers = await anna.say("mine");
  const its = await api.sendMessage(anna.id, "one");
  emulator.advance(47 * hour_ms);
  const young = await api.sendMessage(anna.id, "two");
  await api.deleteMessage(anna.id, hers.message_id);
  await assertRefused(
    api.deleteMessage(anna.id, hers.message_id),
    "Bad Request: message to delete not found",
  );
  emulator.advance(2 * hour_ms);
  const tooOld = "Bad Request: message can't be deleted";
  await assertRefused(api.deleteMessage(anna.id, its.message_id), tooOld);
  await assertRefused(api.deleteMessages(anna.id, [its.message_id, young.message_id]), tooOld);
  await api.deleteMessages(anna.id, [1, young.message_id]);
  assertEquals(anna.messages().at(-1)?.message_id, its.message_id);
});

emulatorTest("emulator deletes at most a hundred messages at once", async ({ api, anna }) => {
  await assertRefused(
    api.deleteMessages(anna.id, Array.from({ length: 101 }, (_, i) => i + 1)),
    "Bad Request: Too many message identifiers specified",
  );
  await assertRefused(
    api.deleteMessages(anna.id, []),
    "Bad Request: message identifiers are not specified",
  );
});
