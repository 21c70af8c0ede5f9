import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { issueBatch, openCard } from "./issue_batch.ts";
import { allWords, issueByChat, words } from "./issue_by_chat.ts";
import { withdraw } from "./withdraw.ts";

const { label, text } = catalogues.ru;

/** Corrects one part of a card; answers what the maker was shown at the end. */
async function correct(
  world: BotWorld,
  number: number,
  part: string,
  send: () => Promise<unknown>,
) {
  const { maker } = world;
  await openCard(world, number);
  await world.answers(maker, () => world.tap(maker, label("correct")));
  await world.answers(maker, () => world.tap(maker, part));
  return await world.answers(maker, send);
}

botTest("corrected name is in the next verdict, with the date of the change", async (world) => {
  const { maker, buyer } = world;
  const { code } = await issueByChat(world, { name: "Земнее море" });
  const before = allWords(await world.answers(buyer, () => buyer.start(`v_${code}`)));
  assertStringIncludes(before, "Земнее море");
  assertEquals(before.includes("изменено"), false);
  const shown = await correct(world, 1, label("part_name"), () => maker.say("Зимнее море"));
  assertEquals(words(shown[0]!), text("card_corrected", {}));
  assertStringIncludes(allWords(shown), "Зимнее море");
  const after = allWords(await world.answers(buyer, () => buyer.start(`v_${code}`)));
  assertStringIncludes(after, "Зимнее море");
  assertMatch(after, /изменено \d{1,2} [а-я]+ 20\d\d/);
  assertEquals(maker.messages().filter(({ text }) => /новое название/.test(text ?? "")), []);
});

botTest("corrected photo is shown, and a refused one is asked for again", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  const [before] = await world.sql`select original, packaged from cards`;
  const refused = await correct(world, 1, label("part_original"), async () => {
    await maker.document(new TextEncoder().encode("no picture"), {
      ...{ file_name: "x.png", mime_type: "image/png" },
    });
  });
  assertEquals(words(refused.at(-1)!), text("ask_new_original", {}));
  const shown = await world.answers(maker, async () => maker.photo(await plainPicture(80, 50)));
  assertEquals(words(shown[0]!), text("card_corrected", {}));
  await correct(
    world,
    1,
    label("part_packaged"),
    async () => maker.photo(await plainPicture(50, 80)),
  );
  const [after] = await world.sql`select original, packaged from cards`;
  assertNotEquals(after?.original, before?.original);
  assertEquals(before?.packaged, null);
  assert(after?.packaged !== null);
});

botTest("typo in a batch is corrected on all of its cards at once", async (world) => {
  const { maker, buyer } = world;
  const { cards } = await issueBatch(world, 12, { name: "Земнее море" });
  await correct(world, 7, label("part_name"), () => maker.say("Зимнее море"));
  const verdict = allWords(await world.answers(buyer, () => buyer.start(`v_${cards[1]?.code}`)));
  assertStringIncludes(verdict, "Зимнее море");
  assertMatch(verdict, /изменено/);
});

botTest("history tells all that became of a card, and draws its checks", async (world) => {
  const { maker, buyer } = world;
  const { code } = await issueByChat(world);
  for (let i = 0; i < 3; i++) await world.answers(buyer, () => buyer.start(`v_${code}`));
  await correct(world, 1, label("part_name"), () => maker.say("Летнее море"));
  await withdraw(world, "перепутал");
  await world.answers(maker, () => world.tap(maker, label("restore")));
  const [picture, history] = await world.answers(
    maker,
    () => world.tap(maker, label("history")),
  );
  assertStringIncludes(words(picture!), "проверки за 30 дней: 3 проверки");
  assert(picture?.photo);
  assertEquals([960, 400], [picture.photo.at(-1)!.width, picture.photo.at(-1)!.height]);
  const lines = words(history!).split("\n").slice(3).map((line) =>
    line.replace(/^.*?\d\d:\d\d\sUTC: /, "")
  );
  assertEquals(lines, [
    "выпущена",
    "исправлено название",
    "отозвана, \u2068перепутал\u2069",
    "возвращена",
  ]);
});

botTest("correction waits for its photo's check, and is left by /cancel", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  const left = await correct(world, 1, label("part_description"), () => maker.say("/cancel"));
  assertEquals(left.map(words), [text("cancelled", {})]);
  const [card] = await world.sql`select description, corrected_at from cards`;
  assertEquals({ ...card }, { description: "Холст, масло", corrected_at: null });
});

botTest(
  "long history is read to its beginning, page by page, by its maker alone",
  async (world) => {
    const { maker, sql } = world;
    await issueByChat(world);
    for (let turn = 1; turn <= 9; turn++) {
      await withdraw(world, `Причина ${turn}`);
      await world.answers(maker, () => world.forge(maker, "1:restore:1"));
    }
    const said = await world.answers(maker, () => world.forge(maker, "1:history:1"));
    const history = said.at(-1);
    const shown = () => {
      const message = maker.messages().find(({ message_id }) => message_id === history?.message_id);
      const buttons = message?.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
      return { text: message?.text ?? "", buttons };
    };
    assertStringIncludes(shown().text, "История карты №\u00a01, страница 1 из 2");
    assertEquals(shown().text.match(/Причина \d|выпущена/g)?.at(0), "Причина 3");
    assertEquals(shown().buttons, [label("next")]);
    const facts = (await world.facts()).length;
    await world.tap(maker, label("next"));
    await world.settled();
    assertStringIncludes(shown().text, "страница 2 из 2");
    assertEquals(shown().text.match(/Причина \d|выпущена/g), [
      "выпущена",
      "Причина 1",
      "Причина 2",
    ]);
    assertEquals(shown().buttons, [label("previous")]);
    assertEquals((await world.facts()).length, facts);
    const [card] = await sql<{ maker: string }[]>`select maker from cards`;
    await sql`update cards set maker = ${crypto.randomUUID()}`;
    await world.forge(maker, "1:history_page:1:0");
    await world.settled();
    assertEquals(maker.toasts().at(-1)?.text, catalogues.ru.note("own_card_missing"));
    await sql`update cards set maker = ${card?.maker ?? null}`;
  },
);
