import { PersonError } from "@amanita/emulator";
import type { InlineQueryResult } from "grammy/types";
import { InputFile } from "grammy";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { assertRefused, type EmulatorFixture, emulatorTest } from "./given_emulator.ts";
import { plainPicture } from "./picture_of.ts";

const keyboard = { inline_keyboard: [[{ text: "Ещё", callback_data: "more" }]] };
const tooOld = "Bad Request: query is too old and response timeout expired or query ID is invalid";

const article = (id: string, message_text: string, keyed = false): InlineQueryResult => ({
  type: "article",
  id,
  title: message_text,
  input_message_content: { message_text, parse_mode: "HTML" },
  ...keyed && { reply_markup: keyboard },
});

/** Types the query where she is, lets the bot offer this, and sends one of it. */
async function share(
  { api, anna }: EmulatorFixture,
  chat_id: number,
  results: InlineQueryResult[],
  id = results[0]?.id ?? "",
) {
  const query = await anna.in(chat_id).ask("гриб");
  await api.answerInlineQuery(query, results);
  return await anna.in(chat_id).choose(query, id);
}

emulatorTest("an inline query names who asks, where, and what", async ({ anna, boris, api }) => {
  const group = await anna.create({ kind: "group", title: "Г" });
  const direct = await anna.direct(boris.id);
  await anna.ask("one");
  await anna.in(group).ask("two", "page2");
  await anna.in(direct).ask("");
  const asked = (await api.getUpdates()).flatMap(({ inline_query: it }) => it ?? []);
  assertEquals(asked.map(({ query, offset, chat_type }) => [query, offset, chat_type]), [
    ["one", "", "sender"],
    ["two", "page2", "group"],
    ["", "", "private"],
  ]);
  assert(asked.every(({ from }) => from.id === anna.id));
});

emulatorTest("a chosen result appears via the bot, also where the bot is not", async (given) => {
  const { anna, boris, api, emulator } = given;
  const direct = await anna.direct(boris.id);
  const sent = await share(given, direct, [article("7", "<b>Мухомор</b>")]);
  assertEquals([sent.text, sent.via_bot?.id, sent.from?.id], [
    "Мухомор",
    emulator.bot.id,
    anna.id,
  ]);
  assertEquals(boris.in(direct).messages().map(({ text }) => text), ["Мухомор"]);
  const updates = await api.getUpdates();
  const chosen = updates.at(-1)?.chosen_inline_result;
  assertEquals([chosen?.result_id, chosen?.from.id, chosen?.query, chosen?.inline_message_id], [
    "7",
    anna.id,
    "гриб",
    undefined,
  ]);
});

emulatorTest("a bot in privacy mode hears what was sent via it", async (given) => {
  const group = await given.anna.create({ kind: "group", title: "Г", bot: "member" });
  const { message_id } = await share(given, group, [article("7", "Мухомор")]);
  const updates = await given.api.getUpdates();
  assert(updates.some(({ message }) => message?.message_id === message_id));
});

emulatorTest("a message via the bot is tapped and edited by its inline id", async (given) => {
  const { anna, boris, api } = given;
  const direct = await anna.direct(boris.id);
  await share(given, direct, [article("7", "Мухомор", true)]);
  const tap = await boris.in(direct).tapButton("Ещё");
  const updates = await api.getUpdates();
  const chosen = updates.find(({ chosen_inline_result }) => chosen_inline_result);
  const id = chosen?.chosen_inline_result?.inline_message_id ?? "";
  const query = updates.at(-1)?.callback_query;
  assertEquals([query?.inline_message_id, query?.message, query?.data], [id, undefined, "more"]);
  await api.answerCallbackQuery(tap);
  assertEquals(
    await api.editMessageTextInline(id, "Ещё мухомор", { reply_markup: keyboard }),
    true,
  );
  assertEquals(anna.in(direct).messages().at(-1)?.text, "Ещё мухомор");
  await assertRefused(
    api.editMessageTextInline(id, "Ещё мухомор", { reply_markup: keyboard }),
    "Bad Request: message is not modified: specified new message content and reply markup are " +
      "exactly the same as a current content and reply markup of the message",
  );
  assertEquals(await api.editMessageReplyMarkupInline(id), true);
  assertEquals(anna.in(direct).messages().at(-1)?.reply_markup, undefined);
  await assertRefused(
    api.editMessageTextInline("AQAAA", "hi"),
    "Bad Request: MESSAGE_ID_INVALID",
  );
});

emulatorTest("results may be pictures, by id and by address", async (given) => {
  const { anna, api, emulator } = given;
  const upload = new InputFile(await plainPicture(60, 40), "p.png");
  const { photo } = await api.sendPhoto(anna.id, upload);
  const photo_file_id = photo[0]?.file_id ?? "";
  const { file_path } = await api.getFile(photo_file_id);
  const photo_url = `${emulator.root}/control/file/${photo_file_id}`;
  assert(file_path !== undefined);
  const known = await share(given, anna.id, [
    { type: "photo", id: "1", photo_file_id, caption: "*here*", parse_mode: "MarkdownV2" },
  ]);
  assertEquals([known.photo, known.caption], [photo, "here"]);
  const fetched = await share(given, anna.id, [
    { type: "photo", id: "2", photo_url, thumbnail_url: photo_url },
  ]);
  assertEquals(fetched.photo?.map(({ width, height }) => [width, height]), [[60, 40]]);
  const gone = { type: "photo", id: "3", photo_file_id: "AgACAgIAAxkBAAIB" } as const;
  await assertRefused(
    api.answerInlineQuery(await anna.ask("x"), [gone]),
    "Bad Request: wrong file identifier/HTTP URL specified",
  );
}, "ffi");

emulatorTest("results may be places and people", async (given) => {
  const { anna } = given;
  const venue = { latitude: 59.9, longitude: 30.3, title: "Лес", address: "Опушка" };
  const place = await share(given, anna.id, [{ type: "venue", id: "1", ...venue }]);
  assertEquals(place.venue?.title, "Лес");
  const contact = { phone_number: "+7999", first_name: "Анна" };
  const card = await share(given, anna.id, [{ type: "contact", id: "1", ...contact }]);
  assertEquals(card.contact, contact);
});

emulatorTest("an inline query is answered once, and soon", async ({ anna, api, emulator }) => {
  const first = await anna.ask("one");
  await api.answerInlineQuery(first, [article("1", "a")], { next_offset: "2" });
  const { results, next_offset } = await anna.offered(first);
  assertEquals([results.length, next_offset], [1, "2"]);
  await assertRefused(api.answerInlineQuery(first, []), tooOld);
  const second = await anna.ask("two");
  emulator.advance(31_000);
  await assertRefused(api.answerInlineQuery(second, []), tooOld);
  const many = Array.from({ length: 51 }, (_, i) => article(String(i), "a"));
  await assertRefused(
    api.answerInlineQuery(await anna.ask("three"), many),
    "Bad Request: RESULTS_TOO_MUCH",
  );
  const empty = article("1", "<b></b>");
  await assertRefused(
    api.answerInlineQuery(await anna.ask("four"), [empty]),
    "Bad Request: message text is empty",
  );
});

emulatorTest("people choose only what was offered to them", async (given) => {
  const { anna, boris, api, emulator } = given;
  const query = await anna.ask("one");
  await assertRejects(() => anna.choose(query, "1"), PersonError, 'Cannot find the result "1"');
  await api.answerInlineQuery(query, [article("1", "a")]);
  await assertRejects(() => boris.choose(query, "1"), PersonError, "Cannot find the inline query");
  emulator.setBot({ supports_inline_queries: false });
  await assertRejects(() => anna.ask("two"), PersonError, "it has no inline mode");
  assertEquals((await api.getMe()).supports_inline_queries, false);
});
