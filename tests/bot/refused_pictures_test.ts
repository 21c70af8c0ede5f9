/** Telegram refuses pictures: whoever waits gets the words, and what stands behind them. */
import type { Fault } from "@amanita/emulator";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { words as ownCards } from "../../src/flows/own_cards/words.ts";
import { words as printLabels } from "../../src/flows/print_labels/words.ts";
import { words as shareCard } from "../../src/flows/share_card/words.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { openCard } from "./issue_batch.ts";
import { allWords, approve, beginIssue, issueByChat, words } from "./issue_by_chat.ts";

const { label, text } = catalogues.ru;
const leftOut = (number: number, which: "original" | "packaged" = "original") =>
  ownCards.ru.captions.photo_left_out({ number, which });

function refuse({ emulator }: BotWorld, description: string, more: Partial<Fault> = {}): void {
  const fault = { times: 1, kind: "status", status: 400, description } as const;
  emulator.fault({ method: "sendPhoto", ...fault, ...more });
}

/** The bot has sent no photo yet; it remembers what it has sent. */
async function forgetFileIds(world: BotWorld): Promise<void> {
  await world.stop();
  await world.sql`delete from photo_files`;
  await world.start();
}

/** Telegram takes this card's photo in no call, neither as a photo nor as a file. */
async function refuseOriginal(world: BotWorld, number: number): Promise<void> {
  const [card] = await world.sql<{ original: string }[]>`
    select original from cards where number = ${number}`;
  const { original = "" } = card ?? {};
  await forgetFileIds(world);
  refuse(world, "MEDIA_INVALID", { method: "*", times: 99, file: original });
}

const kindsOf = (messages: readonly Message[]) =>
  messages.map(({ photo, document }) => photo ? "photo" : document ? "file" : "words");

botTest(
  "a card whose photo Telegram refuses is issued, told in words, with its QR",
  async (world) => {
    const { maker, buyer } = world;
    await beginIssue(world);
    await maker.photo(await plainPicture(60, 40));
    await maker.say("Зимнее море");
    await maker.say("Холст, масло");
    await world.settled();
    refuse(world, "Bad Request: MEDIA_EMPTY");
    const preview = await world.answers(maker, () => world.tap(maker, label("skip")));
    assertEquals(kindsOf(preview), ["words", "words", "words"]);
    assertMatch(allWords(preview), /Telegram не принимает фото вещи.*Лучше замените его сейчас/);
    refuse(world, "Bad Request: MEDIA_EMPTY");
    const shown = await world.answers(maker, () => approve(world));
    assertEquals(kindsOf(shown), ["words", "words", "photo"]);
    const [card, note, qr] = shown;
    assertStringIncludes(card?.text ?? "", "Карта готова: №\u00a01\nЗимнее море");
    assertEquals(note?.text, leftOut(1));
    const scanned = await world.answers(buyer, async () => {
      await buyer.say((await maker.scan(qr?.photo?.at(-1)?.file_id ?? "")).text ?? "");
    });
    assertMatch(allWords(scanned), /Код подлинный/);
    const [issued] = await world.sql<{ answer: unknown }[]>`
    select answer from outbox where answer ? 'left_out'`;
    assertMatch(JSON.stringify(issued?.answer), /"instead":"words"/);
  },
);

botTest("a check whose photo is refused is counted once and told in words", async (world) => {
  const { buyer, sql } = world;
  const { code } = await issueByChat(world);
  await refuseOriginal(world, 1);
  const [verdict, ...more] = await world.answers(buyer, () => buyer.start(`v_${code}`));
  assertEquals(more, []);
  assertMatch(verdict?.text ?? "", /Код подлинный.*Проверена 1 раз/s);
  const labels = verdict?.reply_markup?.inline_keyboard.flat().map((button) => button.text);
  assertEquals(labels, [label("share"), label("share_link")]);
  assertEquals((await sql`select checks from cards`)[0]?.checks, 1);
  const seen = await world.answers(buyer, () => buyer.start("c_1"));
  assertStringIncludes(allWords(seen), "Это только просмотр");
  assertEquals(kindsOf(seen), ["words"]);
});

botTest("a photo that was changed in the database is never sent as the card's", async (world) => {
  const { buyer, sql, emulator } = world;
  const { code } = await issueByChat(world);
  const [kept] = await sql<{ sha256: string; bytes: Uint8Array }[]>`
    select sha256, bytes from photos join cards on sha256 = original`;
  // So that the bytes have to go up again.
  refuse(world, "Bad Request: wrong file identifier/HTTP URL specified");
  const other = await plainPicture(90, 90);
  await sql`update photos set bytes = ${other} where sha256 = ${kept?.sha256 ?? ""}`;
  const before = emulator.calls().length;
  const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
  assertEquals(kindsOf(verdict), ["words"]);
  assertMatch(allWords(verdict), /Код подлинный.*Проверена 1 раз/s);
  const sent = emulator.calls().slice(before).map(({ method }) => method);
  assertEquals(sent.filter((method) => /Photo|Document|Media/.test(method)), ["sendPhoto"]);
  assert(world.log().some((line) => line.includes("is not what was kept")));
  await sql`update photos set bytes = ${kept?.bytes ?? null} where sha256 = ${kept?.sha256 ?? ""}`;
});

botTest("a photo of odd dimensions comes as a file, to its maker with a word", async (world) => {
  const { maker, buyer } = world;
  const { code } = await issueByChat(world);
  await forgetFileIds(world);
  refuse(world, "PHOTO_INVALID_DIMENSIONS", { times: 2 });
  const [verdict] = await world.answers(buyer, () => buyer.start(`v_${code}`));
  assert(verdict?.document);
  assertMatch(verdict.caption ?? "", /Код подлинный/);
  const shown = await world.answers(maker, () => world.forge(maker, "1:look:1"));
  const own = shown.slice(-3);
  assertEquals(kindsOf(own), ["file", "words", "photo"]);
  const { captions } = ownCards.ru;
  assertEquals(own[1]?.text, captions.photo_as_file({ number: 1, which: "original" }));
});

botTest("an album without the photo that is refused is the other one", async (world) => {
  const { buyer } = world;
  const { code, shown } = await issueByChat(world, { packaged: true });
  assertEquals(kindsOf(shown), ["photo", "photo", "photo"]);
  await refuseOriginal(world, 1);
  const seen = await world.answers(buyer, () => buyer.start(`v_${code}`));
  assertEquals(kindsOf(seen), ["photo", "words"]);
  assertMatch(seen[0]?.caption ?? "", /Код подлинный/);
});

botTest("a corrected photo that is refused is told to its maker", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  await openCard(world, 1);
  await world.answers(maker, () => world.tap(maker, label("correct")));
  await world.answers(maker, () => world.tap(maker, label("part_original")));
  refuse(world, "Bad Request: PHOTO_EXT_INVALID");
  refuse(world, "DOCUMENT_INVALID", { method: "sendDocument" });
  const picture = await plainPicture(80, 50);
  const shown = await world.answers(maker, () => maker.photo(picture));
  assertEquals(words(shown[0]!), text("card_corrected", {}));
  assertEquals(kindsOf(shown), ["words", "words", "words", "photo"]);
  assertEquals(shown[2]?.text, leftOut(1));
});

botTest("a history whose chart is refused is told in words", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  await openCard(world, 1);
  refuse(world, "IMAGE_PROCESS_FAILED");
  refuse(world, "not enough rights to send documents to the chat", { method: "sendDocument" });
  const shown = await world.answers(maker, () => world.tap(maker, label("history")));
  assertEquals(kindsOf(shown), ["words", "words"]);
  assertMatch(allWords(shown), /Проверок|проверок|не проверяли.*выпущена/s);
});

botTest("labels that are refused are told of, in the maker's language", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  await maker.say("/language");
  await world.settled();
  await world.answers(maker, () => world.tap(maker, "English"));
  refuse(world, "Request Entity Too Large", { method: "sendDocument", status: 413 });
  const shown = await world.answers(maker, () => world.forge(maker, "1:labels:1"));
  assertEquals(shown.at(-1)?.text, printLabels.en.captions.labels_refused());
  await refuseOriginal(world, 1);
  const own = await world.answers(maker, () => world.forge(maker, "1:look:1"));
  const { photo_left_out } = ownCards.en.captions;
  assert(own.some((it) => it.text === photo_left_out({ number: 1, which: "original" })));
});

botTest("a group that forbids photos is answered in words, and nobody is lost", async (world) => {
  const { buyer, emulator, sql } = world;
  const { code } = await issueByChat(world);
  await world.answers(buyer, () => buyer.start(`v_${code}`));
  const id = await buyer.create({ kind: "group", title: "Рынок", bot: "member" });
  // The bot has said what it does there.
  await world.settled();
  const there = buyer.in(id);
  const ask = () => there.say(`/start@${emulator.bot.username} c_1`);
  assertEquals(kindsOf(await world.answers(there, ask)), ["photo"]);
  await there.permit({ can_send_photos: false });
  const [seen] = await world.answers(there, ask);
  assertStringIncludes(seen?.text ?? "", "Это только просмотр");
  refuse(world, "CHAT_SEND_PHOTOS_FORBIDDEN", { status: 403 });
  await there.permit({ can_send_photos: true });
  assertEquals(kindsOf(await world.answers(there, ask)), ["words"]);
  const reachable = await sql`select reachable from people where telegram_id = ${buyer.id}`;
  assertEquals(reachable[0]?.reachable, true);
  // The photo is as good as ever elsewhere.
  assertEquals(kindsOf(await world.answers(there, ask)), ["photo"]);
});

botTest("inline, a photo that is refused costs the offer nothing but itself", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  refuse(world, "PHOTO_INVALID", { method: "answerInlineQuery" });
  const query = await maker.ask("море");
  const { results } = await maker.offered(query, { timeout_ms: 30_000 });
  assertEquals(results.map(({ type }) => type), ["article"]);
  const sent = await maker.choose(query, "card:1");
  const about = { number: 1, name: "Зимнее море", edition: null };
  const offer = { ...about, active: true, maker: "Анна Смирнова" };
  const expected = shareCard.ru.captions.offered(offer).replace(/<[^>]+>/g, "");
  assertEquals(sent.text, expected);
});

botTest("a photo that is refused amid an outage is told once, in order", async (world) => {
  const { maker, emulator, api } = world;
  await issueByChat(world, { packaged: true });
  await forgetFileIds(world);
  const reply_markup = { inline_keyboard: [[{ text: "Look", callback_data: "1:look:1" }]] };
  await api.sendMessage(maker.id, "Tap me", { reply_markup });
  refuse(world, "Group send failed", { method: "sendMediaGroup" });
  refuse(world, "MEDIA_EMPTY");
  emulator.fault({ method: "sendPhoto", times: 2, kind: "status", status: 502 });
  emulator.fault({ method: "sendMessage", times: 1, kind: "cut_before" });
  const shown = await world.answers(maker, () => world.tap(maker, "Look"));
  assertEquals(kindsOf(shown), ["photo", "words", "photo"]);
  assertMatch(shown[0]?.caption ?? "", /Карта №\u00a01/);
  assertEquals(shown[1]?.text, leftOut(1));
});
