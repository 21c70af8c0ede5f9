/** A maker sees a card as a buyer will, corrects it, and issues it with a tap. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { allWords, approve, beginIssue, finished, issueByChat, words } from "./issue_by_chat.ts";
import { editionsOf, orderBatch } from "./issue_batch.ts";

const { label } = catalogues.ru;
const english = catalogues.en.label;

const buttonsOf = (message: Message | undefined): string[] =>
  message?.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];

/** Goes to the preview; answers what is shown. */
async function preview(world: BotWorld): Promise<Message[]> {
  const { maker } = world;
  await beginIssue(world);
  await maker.photo(await plainPicture(60, 40));
  await maker.say("Зонт");
  await maker.say("Трость, дуб");
  await world.settled();
  return await world.answers(maker, () => world.tap(maker, label("skip")));
}

botTest(
  "card is shown as a buyer will see it, and nothing is issued before the tap",
  async (world) => {
    const { maker } = world;
    const [card, controls] = await preview(world);
    assert(card?.photo);
    assertMatch(words(card), /^Карта №\u00a0…\nЗонт\n\nТрость, дуб\n\nМастер: /);
    assertStringIncludes(controls?.text ?? "", "Так карту увидит покупатель.");
    assertEquals(buttonsOf(controls), [
      ...["Выпустить", "Название", "Описание", "Фото", "Фото в упаковке"],
      ...["Показывать до первой проверки: нет", "Отмена"],
    ]);
    assertEquals((await world.sql`select card from cards`).length, 0);
    const [waits] = await world.answers(maker, () => maker.say("да"));
    assertStringIncludes(waits?.text ?? "", "Карта ещё не выпущена. Нажмите «Выпустить»");
    await finishedBy(world);
    // Only what was issued is left of it.
    assert(!allWords(maker.messages()).includes("№\u00a0…"));
    assert(!allWords(maker.messages()).includes("Всё верно?"));
  },
);

const finishedBy = (world: BotWorld) =>
  world.answers(world.maker, () => approve(world)).then((shown) =>
    assertStringIncludes(allWords(shown), "Карта готова: №\u00a01")
  );

botTest("double tap on «Выпустить» issues one card, and answers both taps", async (world) => {
  const { maker, emulator } = world;
  await preview(world);
  const taps = () =>
    emulator.calls().filter(({ method }) => method === "answerCallbackQuery").length;
  const before = taps();
  const said = await world.answers(maker, async () => {
    await world.tap(maker, label("approve"));
    await world.tap(maker, label("approve"));
    await world.settled();
  });
  assertEquals(said.filter((it) => words(it).startsWith("Карта готова")).length, 1);
  assertEquals(taps() - before, 2);
  assertEquals((await world.sql`select card from cards`).length, 1);
});

botTest("name, description and photos are corrected before the card exists", async (world) => {
  const { maker } = world;
  await preview(world);
  const correct = async (part: string, act: () => Promise<unknown>) => {
    const [asked] = await world.answers(maker, () => world.tap(maker, label(`part_${part}`)));
    assert(buttonsOf(asked).includes("Оставить как есть"), part);
    return await world.answers(maker, act);
  };
  assertStringIncludes(
    allWords(await correct("name", () => maker.say("Шляпа"))),
    "Шляпа\n\nТрость",
  );
  assertStringIncludes(
    allWords(await correct("description", () => maker.say("Фетр"))),
    "Шляпа\n\nФетр",
  );
  const picture = await plainPicture(70, 40);
  await correct("original", () => maker.photo(picture));
  const shown = await correct("packaged", () => maker.photo(picture));
  assertEquals(shown.filter(({ photo }) => photo).length, 2);
  const left = await correct("packaged", () => world.tap(maker, label("review")));
  assertEquals(left.filter(({ photo }) => photo).length, 2);
  const bare = await correct("packaged", () => world.tap(maker, label("skip")));
  assertEquals(bare.filter(({ photo }) => photo).length, 1);
  await finishedBy(world);
  const [card] = await world.sql`select name, description, packaged from cards`;
  assertEquals({ ...card }, { name: "Шляпа", description: "Фетр", packaged: null });
});

botTest("message that is mended at the preview is shown mended", async (world) => {
  const { maker } = world;
  await preview(world);
  const name = maker.messages().find(({ text }) => text === "Зонт");
  const shown = await world.answers(maker, () => maker.edit(name?.message_id ?? 0, "Зонтик"));
  assertStringIncludes(allWords(shown), "Зонтик\n\nТрость, дуб");
});

botTest("cancelled preview issues nothing, and offers the menu", async (world) => {
  const { maker } = world;
  await preview(world);
  const [cancelled] = await world.answers(maker, () => world.tap(maker, label("cancel")));
  assertEquals(cancelled?.text, "Отменено.");
  assertEquals(buttonsOf(cancelled), [
    ...[label("issue"), label("batch"), label("list"), label("stats")],
  ]);
  assertEquals((await world.sql`select card from cards`).length, 0);
});

botTest(
  "batch is named by its steps and shown with its edition, and issued by the tap",
  async (world) => {
    const { maker } = world;
    await maker.say("/admin");
    await world.settled();
    await world.answers(maker, () => world.tap(maker, label("batch")));
    const steps = [
      () => maker.say("5"),
      async () => maker.photo(await plainPicture(60, 40)),
      () => maker.say("Зонт"),
      () => maker.say("Трость, дуб"),
    ];
    for (const [index, step] of steps.entries()) {
      const asked = allWords(await world.answers(maker, step));
      assertStringIncludes(asked, `Тираж\u00a05 · шаг ${index + 1} из 4`);
    }
    const shown = await world.answers(maker, () => world.tap(maker, label("skip")));
    assertMatch(allWords(shown), /^Карта №\u00a0…, экземпляр 1 из 5\nЗонт\n/);
    assertStringIncludes(allWords(shown), "В тираже 5 карт");
    assertEquals(await editionsOf(world), []);
    await world.answers(maker, async () => {
      await world.tap(maker, label("approve"));
      await world.tap(maker, label("approve"));
    });
    assertEquals((await editionsOf(world)).length, 5);
  },
);

botTest("batch's number may be mended at its preview", async (world) => {
  const { maker } = world;
  await orderBatch(world, 5);
  const number = maker.messages().find(({ text }) => text === "5");
  const shown = await world.answers(maker, () => maker.edit(number?.message_id ?? 0, "6"));
  assertMatch(allWords(shown), /экземпляр 1 из 6/);
  await world.answers(maker, () => approve(world));
  assertEquals((await editionsOf(world)).length, 6);
});

botTest("words under the photo become the name by a tap, and are mended with it", async (world) => {
  const { maker } = world;
  await beginIssue(world);
  const picture = await plainPicture(60, 40);
  const sent = await maker.photo(picture, { caption: "Зонт <тройной>" });
  await world.settled();
  const offer = maker.messages().at(-1);
  assertStringIncludes(offer?.text ?? "", "Под ним подписано: «\u2068Зонт <тройной>\u2069»");
  const [next] = await world.answers(maker, () => world.tap(maker, label("take_name")));
  assertStringIncludes(next?.text ?? "", "Шаг 3 из 4: описание");
  const [mended] = await world.answers(maker, () => maker.edit(sent.message_id, "Зонт"));
  assertEquals(mended?.text, "Исправил название.");
  await maker.say("Трость, дуб");
  await world.settled();
  await finished(world, maker, () => world.tap(maker, label("skip")));
  const [card] = await world.sql`select name from cards`;
  assertEquals(card?.name, "Зонт");
});

botTest(
  "words under the photo that are too long are not offered, and it says so",
  async (world) => {
    const { maker } = world;
    await beginIssue(world);
    const picture = await plainPicture(60, 40);
    const [asked] = await world.answers(
      maker,
      () => maker.photo(picture, { caption: "я".repeat(81) }),
    );
    assertStringIncludes(asked?.text ?? "", "Подпись под ним длиннее 80 знаков");
    assertEquals(buttonsOf(asked), ["Отмена"]);
    const [next] = await world.answers(maker, () => maker.say("Зонт"));
    assertStringIncludes(next?.text ?? "", "Шаг 3 из 4");
  },
);

botTest("English maker is asked, shown and offered in English", async (world) => {
  const { maker } = world;
  await maker.say("/admin");
  await world.settled();
  await world.answers(maker, () => world.tap(maker, english("batch")));
  const first = allWords(await world.answers(maker, () => maker.say("5")));
  assertStringIncludes(first, "Batch of 5 · step 1 of 4: the photo");
  const picture = await plainPicture(60, 40);
  const offer = await world.answers(maker, () => maker.photo(picture, { caption: "Umbrella" }));
  assertStringIncludes(allWords(offer), "Its caption is “\u2068Umbrella\u2069”.");
  await world.answers(maker, () => world.tap(maker, english("take_name")));
  await world.answers(maker, () => maker.say("Oak"));
  const shown = await world.answers(maker, () => world.tap(maker, english("skip")));
  assertMatch(allWords(shown), /^Card No\.\u00a0…, edition 1 of 5\nUmbrella\n\nOak\n\nMaker: /);
  assertStringIncludes(allWords(shown), "Is everything right?");
  await world.answers(maker, () => world.tap(maker, english("approve")));
  assertEquals((await editionsOf(world)).length, 5);
}, { maker: { first_name: "Ann", language_code: "en" } });

botTest("card of an album is shown with both photos before it is issued", async (world) => {
  const { maker } = world;
  const { shown } = await issueByChat(world, { packaged: true });
  assertEquals(shown.length, 3);
  assertEquals((await world.facts("DraftApproved")).length, 1);
  assert(maker.messages().every((it) => !words(it).includes("№\u00a0…")));
});
