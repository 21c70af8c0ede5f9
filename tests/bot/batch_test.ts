import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { readQr } from "../../src/cards/qr.ts";
import { readPages } from "../cards/pdf_reader.ts";
import { pdfNeeds } from "../cards/pdf_reader.ts";
import { botTest } from "./bot_world.ts";
import { editionsOf, fileOf, issueBatch, openCard, orderBatch } from "./issue_batch.ts";
import { allWords, approve, issueByChat, words } from "./issue_by_chat.ts";
import { until } from "./until.ts";

const { label, note } = catalogues.ru;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

botTest("batch of 24 is 24 cards with codes of their own, and tells its numbers", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  const { cards, shown } = await issueBatch(world, 24);
  assertEquals(cards.map(({ edition }) => edition), upTo(24));
  assertEquals(cards.map(({ number }) => number), upTo(24).map((n) => n + 1));
  assertEquals(new Set(cards.map(({ code }) => code)).size, 24);
  const [progress, whole] = shown;
  assertEquals(shown.length, 2);
  assertMatch(words(whole!), /Тираж готов: 24 карты, №\u00a02–25\nЗимнее море\n\nХолст, масло/);
  // One message, changed as the batch went on.
  assertEquals(words(progress!), "Тираж выпущен: 24 из 24.");
  const edits = world.emulator.calls().filter(({ method }) => method === "editMessageText");
  assertEquals(edits.map(({ params }) => params.text), [
    "Выпускаю тираж: 10 из 24…",
    "Выпускаю тираж: 20 из 24…",
    "Тираж выпущен: 24 из 24.",
  ]);
  assertEquals(new Set(edits.map(({ params }) => params.message_id)).size, 1);
  assertEquals((await world.sql`select * from slots where slot = 'batch'`).length, 0);
  assertEquals(maker.messages().filter(({ text }) => text?.includes("шаг")), []);
});

botTest("check of a batch's card tells its edition", async (world) => {
  const { buyer } = world;
  const { cards } = await issueBatch(world, 3);
  const verdict = allWords(await world.answers(buyer, () => buyer.start(`v_${cards[1]!.code}`)));
  assertStringIncludes(verdict, "карта №\u00a02, экземпляр 2 из 3\n");
});

botTest("card of a batch is offered in any chat with its edition", async (world) => {
  const { maker } = world;
  await issueBatch(world, 3);
  const { results } = await maker.offered(await maker.ask("2"), { timeout_ms: 30_000 });
  const [offered] = results;
  assert(offered && "description" in offered);
  assertMatch(offered.description ?? "", /^№\u00a02, экземпляр 2 из 3 · /);
  assertMatch(JSON.stringify(offered), /Карта №\u00a02, экземпляр 2 из 3\\nМастер/);
});

botTest(
  "largest batch is issued whole, with at most eight changes of one message",
  async (world) => {
    const { cards } = await issueBatch(world, 500);
    assertEquals(cards.map(({ edition }) => edition), upTo(500));
    const edits = world.emulator.calls().filter(({ method }) => method === "editMessageText");
    assertEquals(edits.length, 8);
  },
);

botTest("batch that is stopped in the middle goes on, and doubles nothing", async (world) => {
  const { maker } = world;
  await orderBatch(world, 60);
  await approve(world);
  for (const least of [1, 11, 31]) {
    await until("the batch goes on", async () => (await editionsOf(world)).length >= least);
    await world.stop();
    await world.start();
  }
  await world.settled();
  const cards = await editionsOf(world);
  assertEquals(cards.map(({ edition }) => edition), upTo(60));
  const facts = await world.facts("EditionsIssued");
  assertEquals(facts.length, 6);
  assertEquals(words(maker.messages().at(-1)!).includes("Тираж готов: 60 карт"), true);
});

botTest("batch of whoever is no maker any more ends where it is, and says so", async (world) => {
  const { maker } = world;
  await orderBatch(world, 500);
  await approve(world);
  await until("the batch goes on", async () => (await editionsOf(world)).length > 0);
  await world.stop();
  const issued = (await editionsOf(world)).length;
  world.dismiss(maker);
  await world.start();
  await world.settled();
  const cards = await editionsOf(world);
  // Unless it was through before it could be stopped.
  if (issued < 500) {
    assertEquals(cards.length, issued);
    assertStringIncludes(allWords(maker.messages()), `Выпущено ${issued} из 500.`);
  }
  assertEquals((await world.facts("BatchStopped")).length, issued < 500 ? 1 : 0);
});

botTest("answer that comes twice issues nothing twice", async (world) => {
  const { cards } = await issueBatch(world, 24);
  for (const { causation, stream, data } of await world.facts("BatchContinued")) {
    const callId = String(data.callId);
    const again = await world.bot().engine.answer({
      ...{ cause: causation, correlation: "test", stream, at: 0 },
      fact: { type: "BatchContinued", callId },
    });
    assertEquals(again, "stale");
  }
  assertEquals(await editionsOf(world), cards);
});

botTest("second batch, and a correction, wait until the first is issued", async (world) => {
  const { maker, emulator } = world;
  await issueByChat(world);
  await orderBatch(world, 24);
  await world.stop();
  // The maker taps three times before the bot is back, so all of it comes in one batch of updates.
  await maker.tapButton(label("approve"));
  await world.api.sendMessage(maker.id, "Tap me", {
    reply_markup: {
      inline_keyboard: [[
        { text: "batch", callback_data: "1:batch" },
        { text: "correct", callback_data: "1:correct:1" },
      ]],
    },
  });
  await world.tap(maker, "batch");
  await world.tap(maker, "correct");
  await world.start();
  await world.settled();
  const waited = await world.facts("BatchAwaited");
  const toasts = maker.toasts().filter(({ text }) => text === note("batch_awaited"));
  // How far the batch was by then is chance; what matters is that nothing got lost or mixed up.
  assertEquals(toasts.length, waited.length);
  assertEquals((await editionsOf(world)).length, 24);
  assertEquals(emulator.pendingUpdates(), 0);
});

botTest(
  "labels of a batch are one PDF on which every QR is that of its card",
  async (world) => {
    const { maker } = world;
    const { cards } = await issueBatch(world, 24, { name: "Ёжик в тумане" });
    const [sent] = await world.answers(maker, () => world.tap(maker, label("batch_labels")));
    assertEquals(sent?.document?.file_name, "этикетки-1.pdf");
    assertStringIncludes(words(sent!), "24 этикетки с QR-кодом.");
    const [page, ...more] = await readPages(fileOf(maker, sent));
    assert(page);
    assertEquals(more, []);
    for (const [place, { code }] of cards.entries()) {
      const link = `https://t.me/${world.emulator.bot.username}?start=v_${code}`;
      assertEquals(await readQr(await page.cut(place)), [link]);
    }
    await openCard(world, 5);
    const [one] = await world.answers(maker, () => world.tap(maker, label("labels")));
    const [single] = await readPages(fileOf(maker, one));
    const link = `https://t.me/${world.emulator.bot.username}?start=v_${cards[4]?.code}`;
    assertEquals(await readQr(await single!.cut(0)), [link]);
    assertEquals(await readQr(await single!.cut(1)), []);
  },
  { ignored: pdfNeeds() },
);

botTest("another maker gets neither labels nor history of a card", async (world) => {
  const other = world.addPerson({ admin: true });
  await world.stop();
  await world.start();
  const { cards } = await issueBatch(world, 2);
  await other.start();
  await world.settled();
  for (const verb of ["labels", "batch_labels", "history", "correct"]) {
    const seen = await world.answers(other, () => world.forge(other, `1:${verb}:1`));
    assertEquals(seen.filter(({ text }) => text !== "Tap me"), []);
    assertEquals(other.toasts().at(-1)?.text, note("own_card_missing"));
  }
  const told = JSON.stringify(other.messages()).replaceAll(" ", "");
  assertEquals(cards.filter(({ code }) => told.includes(code)), []);
});
