import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { openGalleries } from "../../../src/flows/own_cards/read_model.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { openLog } from "../../../src/store/log.ts";
import { databaseTest } from "../../database.ts";
import {
  corrected,
  type Draft,
  editionsIssued,
  issued,
  restored,
  verified,
  withdrawn,
  write,
} from "../../store/pen.ts";

databaseTest("gallery shows a maker's cards, newest first, ten to a page", async ({ sql }) => {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const galleries = openGalleries({ sql });
  const [maker, other] = [v4(), v4()];
  const cards = Array.from({ length: 23 }, () => v4());
  const drafts = cards.flatMap((card): Draft[] => [issued(card, maker), issued(v4(), other)]);
  await write(log, "makers", ...drafts);
  const page = async (wanted: number) => {
    const { cards, ...rest } = await galleries.page(maker, wanted, true);
    return { numbers: cards.map(({ number }) => number), ...rest };
  };
  // The maker's are the odd numbers: 1, 3 … 45.
  const counts = { pages: 3, active: 23, withdrawn: 0 };
  const odd = (from: number, n: number) => Array.from({ length: n }, (_, i) => from - 2 * i);
  assertEquals(await page(0), { numbers: odd(45, 10), page: 0, ...counts });
  assertEquals(await page(1), { numbers: odd(25, 10), page: 1, ...counts });
  assertEquals(await page(2), { numbers: odd(5, 3), page: 2, ...counts });
  assertEquals(await page(99), { numbers: odd(5, 3), page: 2, ...counts });
  assertEquals(await page(-1), { numbers: odd(45, 10), page: 0, ...counts });
});

databaseTest("gallery of somebody without cards is one empty page", async ({ sql }) => {
  const { cards, ...rest } = await openGalleries({ sql }).page(v4(), 0, true);
  assertEquals([...cards], []);
  assertEquals(rest, { page: 0, pages: 1, active: 0, withdrawn: 0 });
});

databaseTest("withdrawn card changes over to the other list, and back", async ({ sql }) => {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const galleries = openGalleries({ sql });
  const maker = v4();
  const cards = Array.from({ length: 11 }, () => v4());
  await write(log, "maker", ...cards.map((card) => issued(card, maker)));
  await write(log, "buyer", verified(cards[4]!, v4()), verified(cards[4]!, v4()));
  await write(log, "maker", withdrawn(cards[4]!));
  const active = await galleries.page(maker, 1, true);
  assertEquals({ pages: active.pages, page: active.page, active: active.active }, {
    pages: 1,
    page: 0,
    active: 10,
  });
  const { cards: listed, ...rest } = await galleries.page(maker, 0, false);
  assertEquals(rest, { page: 0, pages: 1, active: 10, withdrawn: 1 });
  assertEquals(listed.map((card) => ({ ...card })), [
    {
      number: 5,
      name: "Зимнее море",
      checks: 2,
      people: 2,
      by_maker: 0,
      edition: null,
      editions: null,
    },
  ]);
  await write(log, "maker", restored(cards[4]!));
  assertEquals((await galleries.page(maker, 0, true)).active, 11);
});

databaseTest(
  "gallery is searched by number, or by words in any case and order",
  async ({ sql }) => {
    const log = openLog(sql, projections.map(inlineProjection), v4());
    const galleries = openGalleries({ sql });
    const [maker, other] = [v4(), v4()];
    const cards = Array.from({ length: 3 }, () => v4());
    await write(log, "maker", ...cards.map((card) => issued(card, maker)), issued(v4(), other));
    await write(
      log,
      "maker",
      corrected(cards[0]!, { name: "Ёлка на РАССВЕТЕ", description: "100 % шёлк" }),
      corrected(cards[1]!, { name: "Рассвет_над морем", description: "Холст, масло. №3" }),
      corrected(cards[2]!, { name: "a".repeat(80), description: "Тихо" }),
      withdrawn(cards[1]!),
    );
    const found = async (query: string, active = true) => {
      const page = await galleries.page(maker, 0, active, query);
      assertEquals(page.cards.length, active ? page.active : page.withdrawn);
      return page.cards.map(({ number }) => number);
    };
    assertEquals(await found("рассвет"), [1]);
    assertEquals(await found("РАССВЕТ", false), [2]);
    assertEquals(await found("шелк ЕЛКА"), [1]);
    assertEquals(await found("ёлка тихо"), []);
    assertEquals(await found("%"), [1]);
    assertEquals(await found("т_н", false), [2]);
    assertEquals(await found("\\"), []);
    for (const three of ["3", "№3", "№ 3", "#3", "no. 3"]) assertEquals(await found(three), [3]);
    assertEquals(await found("3", false), [2]);
    assertEquals(await found("4"), []);
    assertEquals(await found("999999999"), []);
    assertEquals(await found("  "), [3, 1]);
  },
);

databaseTest("cards of a batch are found by what they were corrected to", async ({ sql }) => {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const galleries = openGalleries({ sql });
  const maker = v4();
  await write(log, "maker", editionsIssued(v4(), maker, [1, 2, 3]), issued(v4(), maker));
  const [second] = await sql<{ card: string }[]>`select card from cards where edition = 2`;
  await write(log, "maker", corrected(second!.card, { description: "Тушь" }));
  const found = async (query: string) =>
    (await galleries.page(maker, 0, true, query)).cards.map(({ number }) => number);
  assertEquals(await found("тушь"), [3, 2, 1]);
  assertEquals(await found("тихо"), [4]);
});
