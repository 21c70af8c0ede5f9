import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { openGalleries } from "../../../src/flows/own_cards/read_model.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { openLog } from "../../../src/store/log.ts";
import type { Database } from "../../../src/store/open_database.ts";
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
    (await galleries.page(maker, 0, true, query)).cards.map((it) =>
      "copies" in it ? [it.number, it.last] : [it.number]
    );
  assertEquals(await found("тушь"), [[1, 3]]);
  assertEquals(await found("тихо"), [[4]]);
});

/** Twelve batches of five, with a card of no batch after each. */
async function batches(sql: Database["sql"], maker: string): Promise<void> {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  for (let batch = 0; batch < 12; batch++) {
    const copies = editionsIssued(v4(), maker, [1, 2, 3, 4, 5]);
    await write(log, "maker", copies, issued(v4(), maker));
  }
}

databaseTest("cards of a batch are one entry, and pages count entries", async ({ sql }) => {
  const maker = v4();
  await batches(sql, maker);
  const galleries = openGalleries({ sql });
  const { cards, ...rest } = await galleries.page(maker, 0, true);
  assertEquals(rest, { page: 0, pages: 3, active: 72, withdrawn: 0 });
  assertEquals(cards.map(({ number }) => number), [72, 67, 66, 61, 60, 55, 54, 49, 48, 43]);
  assertEquals({ ...cards[1] }, {
    ...{ number: 67, last: 71, copies: 5, name: "Зимнее море", checks: 0, editions: 5 },
  });
  const last = await galleries.page(maker, 9, true);
  assertEquals([last.page, last.cards.map(({ number }) => number)], [2, [12, 7, 6, 1]]);
  assertEquals((await galleries.page(v4(), 0, true)).cards, []);
});

databaseTest("batch is in both lists with what is active and withdrawn of it", async ({ sql }) => {
  const maker = v4();
  const log = openLog(sql, projections.map(inlineProjection), v4());
  await write(log, "maker", editionsIssued(v4(), maker, [1, 2, 3, 4, 5]));
  const rows = await sql<{ card: string }[]>`select card from cards order by number`;
  const ids = rows.map(({ card }) => card);
  const buyer = v4();
  await write(log, "buyer", verified(ids[0]!, buyer), verified(ids[1]!, buyer));
  await write(log, "maker", withdrawn(ids[2]!));
  const galleries = openGalleries({ sql });
  const lists = async () =>
    await Promise.all(
      [true, false].map(async (active) =>
        (await galleries.page(maker, 0, active)).cards.map((it) => ({ ...it }))
      ),
    );
  const batch = { name: "Зимнее море", editions: 5 };
  const third = { number: 3, name: "Зимнее море", checks: 0, people: 0, by_maker: 0 };
  assertEquals(await lists(), [
    [{ ...batch, number: 1, last: 5, copies: 4, checks: 2 }],
    [{ ...third, edition: 3, editions: 5 }],
  ]);
  await write(log, "maker", withdrawn(ids[0]!));
  assertEquals(await lists(), [
    [{ ...batch, number: 2, last: 5, copies: 3, checks: 1 }],
    [{ ...batch, number: 1, last: 3, copies: 2, checks: 1 }],
  ]);
});

databaseTest(
  "copies of a batch are its cards, ten to a page, and its maker's alone",
  async ({ sql }) => {
    const maker = v4();
    const log = openLog(sql, projections.map(inlineProjection), v4());
    const editions = Array.from({ length: 12 }, (_, i) => i + 1);
    await write(log, "maker", issued(v4(), maker), editionsIssued(v4(), maker, editions));
    const [third] = await sql<{ card: string }[]>`select card from cards where edition = 3`;
    await write(log, "buyer", verified(third!.card, v4()));
    await write(log, "maker", withdrawn(third!.card));
    const galleries = openGalleries({ sql });
    const first = await galleries.copies(maker, 5, 0);
    assertEquals([first?.page, first?.pages], [0, 2]);
    assertEquals(first?.cards.map(({ number, edition }) => [number, edition]), [
      ...editions.slice(0, 10).map((edition) => [edition + 1, edition]),
    ]);
    assertEquals({ ...first?.cards[2] }, {
      ...{ number: 4, name: "Зимнее море", checks: 1, people: 1, by_maker: 0 },
      ...{ edition: 3, editions: 5, active: false },
    });
    assertEquals((await galleries.copies(maker, 2, 9))?.cards.map(({ edition }) => edition), [
      11,
      12,
    ]);
    assertEquals(await galleries.copies(maker, 1, 0), null);
    assertEquals(await galleries.copies(maker, 99, 0), null);
    assertEquals(await galleries.copies(v4(), 2, 0), null);
  },
);
