/** What a maker types for a card is theirs, and sealed, until a card says it. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type postgres from "postgres";
import type { Fact } from "../../events/facts.ts";
import { dialogueStream } from "../../events/stream.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { isToken } from "../../src/base/sealed_words.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import { openPeople } from "../../src/store/people.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { allWords, approve, beginIssue, issueByChat } from "./issue_by_chat.ts";
import { openCard, orderBatch } from "./issue_batch.ts";
import { PII_KEY } from "./run_in_process.ts";
import { until } from "./until.ts";

const { label } = catalogues.ru;

/** Rows of any table with these words in the clear, each after its table's name. */
async function rowsWith(sql: postgres.Sql, words: string): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`;
  assert(tables.some(({ name }) => name === "snapshots"));
  const found = [];
  for (const { name } of tables) {
    const rows = await sql<{ row: string }[]>`
      select t::text as row from ${sql(name)} t where t::text like ${`%${words}%`}`;
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

/** All that is sealed in facts of this type. */
async function tokensOf(world: BotWorld, type: string, field: string): Promise<string[]> {
  const tokens = (await world.facts(type)).map(({ data }) => String(data[field]));
  assert(tokens.length > 0 && tokens.every(isToken), `${type}: ${tokens}`);
  return tokens;
}

/** Tells a draft whose every word begins so, up to its preview. */
async function draft(world: BotWorld): Promise<void> {
  const { maker } = world;
  await beginIssue(world);
  const caption = "Тайная подпись";
  const offered = await world.answers(
    maker,
    async () => maker.photo(await plainPicture(60, 40), { caption }),
  );
  assertStringIncludes(allWords(offered), caption);
  const { message_id } = await maker.say("Тайное имя");
  await world.settled();
  await maker.edit(message_id, "Тайная правка");
  const described = await maker.say("Тайное описание");
  await world.settled();
  const shown = await world.answers(maker, () => world.tap(maker, label("skip")));
  assertMatch(allWords(shown), /Тайная правка\n\nТайное описание/);
  const edited = await world.answers(
    maker,
    () => maker.edit(described.message_id, "Тайный рассказ"),
  );
  assertMatch(allWords(edited), /Тайная правка\n\nТайный рассказ/);
}

botTest(
  "draft that is left is nowhere in the clear, and is forgotten with its maker",
  async (world) => {
    const { maker, sql } = world;
    await draft(world);
    // A snapshot is kept of the dialogue with the draft in it.
    for (let i = 0; i < 100; i++) await maker.say("да");
    await world.settled();
    await until("a snapshot is kept", async () => (await sql`select 1 from snapshots`).length > 0);
    const [snapshot] = await sql<{ state: string }[]>`select state::text from snapshots`;
    assertMatch(snapshot?.state ?? "", /"name": ?"s1\./);
    assertEquals(await rowsWith(sql, "Тайн"), []);
    await world.answers(maker, () => world.tap(maker, label("cancel")));
    assertEquals(await rowsWith(sql, "Тайн"), []);
    const tokens = [
      ...await tokensOf(world, "PhotoProvided", "caption"),
      ...await tokensOf(world, "NameProvided", "name"),
      ...await tokensOf(world, "NameEdited", "name"),
      ...await tokensOf(world, "DescriptionProvided", "description"),
      ...await tokensOf(world, "DescriptionEdited", "description"),
    ];
    const [row] = await sql<{ person: string }[]>`select person from people`;
    const person = row?.person ?? "";
    const people = openPeople(sql, (await openMasterKey(PII_KEY, "")).key);
    const opened = () => Promise.all(tokens.map((token) => people.unseal(person, token)));
    assertEquals(await opened(), [
      ...["Тайная подпись", "Тайное имя", "Тайная правка", "Тайное описание", "Тайный рассказ"],
    ]);
    await people.forget(person);
    assertEquals(await opened(), tokens.map(() => null));
  },
);

botTest("words of a card that is issued are the card's", async (world) => {
  const { maker, buyer, sql } = world;
  await draft(world);
  await world.answers(maker, () => approve(world));
  const [card] = await sql<{ code: string }[]>`select code, name, description from cards`;
  assertEquals({ ...card }, { ...card, name: "Тайная правка", description: "Тайный рассказ" });
  await tokensOf(world, "NameEdited", "name");
  const [fact] = await world.facts("CardIssued");
  assertEquals([fact?.data.name, fact?.data.description], ["Тайная правка", "Тайный рассказ"]);
  const verdict = await world.answers(buyer, () => buyer.start(`v_${card?.code}`));
  assertStringIncludes(allWords(verdict), "Тайная правка\n\nТайный рассказ");
  // What was said and did not become the card's.
  for (const words of ["Тайная подпись", "Тайное имя", "Тайное описание"]) {
    assertEquals(await rowsWith(sql, words), []);
  }
});

botTest(
  "caption that is taken as the name is sealed as well, and an equal edit passed over",
  async (world) => {
    const { maker, sql } = world;
    await beginIssue(world);
    const caption = "Тайная подпись";
    const { message_id } = await maker.photo(await plainPicture(60, 40), { caption });
    await world.settled();
    await world.answers(maker, () => world.tap(maker, label("take_name")));
    assertEquals(await rowsWith(sql, "Тайн"), []);
    assertEquals(await world.answers(maker, () => maker.edit(message_id, caption)), []);
    assertEquals((await world.facts("EditIgnored")).length, 1);
    await maker.say("Холст");
    await world.settled();
    await world.answers(maker, () => world.tap(maker, label("skip")));
    await world.answers(maker, () => approve(world));
    const [card] = await sql`select name from cards`;
    assertEquals(card?.name, caption);
  },
);

botTest("batch's words are sealed until its cards exist", async (world) => {
  const { maker, sql } = world;
  await orderBatch(world, 3, { name: "Тайное имя", description: "Тайное описание" });
  assertEquals(await rowsWith(sql, "Тайн"), []);
  await world.answers(maker, () => approve(world));
  const cards = await sql`select distinct name, description from cards`;
  assertEquals(cards.map((it) => ({ ...it })), [
    { name: "Тайное имя", description: "Тайное описание" },
  ]);
});

/** Says why the newest card is to be withdrawn, and something else after that. */
async function explain(world: BotWorld): Promise<void> {
  const { maker } = world;
  await openCard(world, 1);
  await world.answers(maker, () => world.tap(maker, label("withdraw")));
  const { message_id } = await maker.say("Тайная причина");
  await world.settled();
  const asked = await world.answers(maker, () => maker.edit(message_id, "Тайный повод"));
  assertStringIncludes(allWords(asked), "Тайный повод");
  assertEquals(await world.answers(maker, () => maker.edit(message_id, "Тайный повод")), []);
}

botTest("reason of a withdrawal that is cancelled is nowhere in the clear", async (world) => {
  const { maker, sql } = world;
  await issueByChat(world);
  await explain(world);
  await world.answers(maker, () => world.tap(maker, label("cancel")));
  assertEquals(await rowsWith(sql, "Тайн"), []);
  await tokensOf(world, "WithdrawalExplained", "reason");
  await tokensOf(world, "ReasonEdited", "reason");
});

botTest("reason of a withdrawal is for buyers once it is confirmed", async (world) => {
  const { maker, buyer, sql } = world;
  const { code } = await issueByChat(world);
  await explain(world);
  await world.answers(maker, () => world.tap(maker, label("confirm_withdrawal")));
  const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
  assertStringIncludes(allWords(verdict), "Причина: \u2068Тайный повод\u2069");
  assertEquals(await rowsWith(sql, "Тайная причина"), []);
});

botTest("correction is the card's once it is made", async (world) => {
  const { maker, sql } = world;
  await issueByChat(world);
  await openCard(world, 1);
  await world.answers(maker, () => world.tap(maker, label("correct")));
  await world.answers(maker, () => world.tap(maker, label("part_name")));
  await world.answers(maker, () => maker.say("Новое имя"));
  const [, named] = await tokensOf(world, "NameProvided", "name");
  assert(named);
  const [card] = await sql`select name from cards`;
  assertEquals(card?.name, "Новое имя");
});

botTest(
  "draft of before words were sealed goes on, also where some are and some are not",
  async (world) => {
    const { maker, sql } = world;
    await beginIssue(world);
    await maker.photo(await plainPicture(60, 40));
    await world.settled();
    const [{ person } = { person: "" }] = await sql<{ person: string }[]>`
    select person from people`;
    const before: Fact = { type: "NameProvided", name: "Старое имя" };
    await world.bot().engine.answer({
      ...{ cause: "effect:before", correlation: "before", stream: dialogueStream(person) },
      ...{ fact: before, at: Date.now() },
    });
    await maker.say("Новое описание");
    await world.settled();
    const shown = await world.answers(maker, () => world.tap(maker, label("skip")));
    assertMatch(allWords(shown), /Старое имя\n\nНовое описание/);
    await world.answers(maker, () => approve(world));
    const [card] = await sql`select name, description from cards`;
    assertEquals({ ...card }, { name: "Старое имя", description: "Новое описание" });
  },
);
