import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { migrations, openCards } from "../../../src/flows/issue_card/read_model.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { openLog } from "../../../src/store/log.ts";
import type { Database } from "../../../src/store/open_database.ts";
import { databaseTest } from "../../database.ts";
import {
  chain,
  editionsIssued,
  issued,
  nothing,
  restored,
  verified,
  withdrawn,
  write,
} from "../../store/pen.ts";

const open = ({ sql }: Pick<Database, "sql">) =>
  openLog(sql, projections.map(inlineProjection), v4());

databaseTest("card is found by id, code and number, as it was issued", async (database) => {
  const [card, maker] = [v4(), v4()];
  const draft = issued(card, maker, { at: 1_700_000_000_000 });
  await write(open(database), "maker", issued(v4(), maker), draft);
  const cards = openCards(database);
  const code = String(draft.data.code);
  const expected = {
    card,
    number: 2,
    code,
    name: "Зимнее море",
    description: "Тихо 🌊",
    original: String(draft.data.original),
    packaged: null,
    maker,
    issued_at: 1_700_000_000_000,
    active: true,
    reason: null,
    changed_at: 1_700_000_000_000,
    checks: 0,
    people: 0,
    first_at: null,
    ...{ by_maker: 0, others_first_at: null },
    ...{ batch: null, edition: null, editions: null, corrected_at: null, revision: 0 },
    published_at: null,
  };
  for (const found of [await cards.byId(card), await cards.byNumber(2)]) {
    assertEquals({ ...found! }, expected);
  }
  assertEquals(await cards.idOfCode(code), card);
  assertEquals(await cards.byId(v4()), null);
  assertEquals(await cards.idOfCode("none"), null);
  assertEquals(await cards.byNumber(3), null);
});

databaseTest(
  "cards are numbered 1, 2, 3 in the order of issue, by however many makers",
  async (db) => {
    const log = open(db);
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => write(log, `maker ${i}`, issued(v4(), v4()))),
    );
    const rows = await db.sql<{ number: number }[]>`
    select c.number from cards c join events e on e.data->>'card' = c.card::text order by e.pos`;
    assertEquals(rows.map(({ number }) => number), Array.from({ length: 30 }, (_, i) => i + 1));
  },
);

databaseTest("batch's cards have numbers in the order of their editions", async (db) => {
  const log = open(db);
  const [batch, maker] = [v4(), v4()];
  const [first, second] = [
    editionsIssued(batch, maker, [1, 2, 3]),
    editionsIssued(batch, maker, [4, 5]),
  ];
  await write(log, "maker", first, issued(v4(), maker), second);
  const cards = await openCards(db).ofBatch(batch);
  assertEquals(cards.map(({ number, edition, editions }) => [number, edition, editions]), [
    ...[[1, 1, 5], [2, 2, 5], [3, 3, 5]],
    ...[[5, 4, 5], [6, 5, 5]],
  ]);
  assertEquals(new Set(cards.map(({ code }) => code)).size, 5);
  assertEquals(await openCards(db).idOfCode(cards[4]!.code), cards[4]!.card);
});

databaseTest("code that nobody had is found once its card is issued, and again", async (db) => {
  const cards = openCards(db);
  const card = v4();
  const draft = issued(card, v4());
  const code = String(draft.data.code);
  assertEquals(await cards.idOfCode(code), null);
  await write(open(db), "maker", draft);
  assertEquals(await cards.idOfCode(code), card);
  assertEquals(await cards.idOfCode(code), card);
});

databaseTest("card that was withdrawn says why, until it is restored", async (database) => {
  const log = open(database);
  const cards = openCards(database);
  const card = v4();
  await write(log, "maker", issued(card, v4()));
  const standing = async () => {
    const { active, reason, changed_at } = (await cards.byId(card))!;
    return { active, reason, changed_at };
  };
  await write(log, "maker", withdrawn(card, "ошибка печати"));
  assertEquals(await standing(), { active: false, reason: "ошибка печати", changed_at: 2000 });
  await write(log, "maker", restored(card));
  assertEquals(await standing(), { active: true, reason: null, changed_at: 3000 });
  await write(log, "maker", withdrawn(card, "а"), restored(card), withdrawn(card, "б"));
  assertEquals(await standing(), { active: false, reason: "б", changed_at: 6000 });
});

databaseTest("check keeps the numbers it had when its place was decided", async (database) => {
  const log = open(database);
  const cards = openCards(database);
  const [card, anna, lev] = [v4(), v4(), v4()];
  await write(log, "maker", issued(card, v4()));
  const events = chain("anna", nothing, [
    verified(card, anna, { at: 7_000 }),
    verified(card, anna, { at: 8_000 }),
    verified(card, lev, { at: 6_000 }),
    verified(card, anna, { at: 9_000 }),
  ]);
  await log.append({ stream: "anna", expected: 0, events, cause: "c", tasks: [] });
  await write(log, "maker", withdrawn(card));
  const scans = await Promise.all(events.map(({ id }) => cards.scan(id)));
  // The first is who came first in the log, whatever the clocks said.
  const scan = (number: number, people: number) => ({
    number,
    people,
    first_at: 7_000,
    active: true,
    reason: null,
    ...{ own: false, by_maker: 0, others_first_at: 7_000 },
  });
  assertEquals(scans.map((found) => ({ ...found! })), [
    scan(1, 1),
    scan(2, 1),
    scan(3, 2),
    scan(4, 2),
  ]);
  assertEquals(await cards.scan(v4()), null);
});

databaseTest("maker's own checks are counted apart, and are nobody's first", async (database) => {
  const log = open(database);
  const [card, maker, buyer] = [v4(), v4(), v4()];
  await write(log, "maker", issued(card, maker));
  const told = async (...events: ReturnType<typeof chain>) => {
    const scans = await Promise.all(events.map(({ id }) => openCards(database).scan(id)));
    return scans.map((scan) => [scan?.number, scan?.own, scan?.by_maker, scan?.others_first_at]);
  };
  const tests = chain("tests", nothing, [
    verified(card, maker, { at: 1_000 }),
    verified(card, maker, { at: 2_000 }),
  ]);
  const checks = chain("checks", nothing, [
    verified(card, maker, { at: 3_000 }),
    verified(card, buyer, { at: 9_000 }),
    verified(card, v4(), { at: 8_000 }),
    verified(card, maker, { at: 9_500 }),
  ]);
  for (const [stream, events] of [["tests", tests], ["checks", checks]] as const) {
    await log.append({ stream, expected: 0, events: [...events], cause: stream, tasks: [] });
  }
  const expected = [
    [1, true, 1, null],
    [2, true, 2, null],
    [3, true, 3, null],
    [4, false, 3, 9_000],
    [5, false, 3, 9_000],
    [6, true, 4, 9_000],
  ];
  assertEquals(await told(...tests, ...checks), expected);
  const counted = async () => {
    const { checks, by_maker, others_first_at } = (await openCards(database).byId(card))!;
    return { checks, by_maker, others_first_at };
  };
  assertEquals(await counted(), { checks: 6, by_maker: 4, others_first_at: 9_000 });
  // A database that counted before the maker's checks were told apart.
  const { sql } = database;
  for (const table of ["cards", "scans"]) {
    await sql.unsafe(`alter table ${table} drop column by_maker, drop column others_first_at`);
  }
  await sql`alter table scans drop column own`;
  const migration = migrations.find(({ name }) => name === "0017_makers_checks");
  await sql.unsafe(migration?.sql ?? "");
  assertEquals(await told(...tests, ...checks), expected);
  assertEquals(await counted(), { checks: 6, by_maker: 4, others_first_at: 9_000 });
});

databaseTest("check of a card that was issued in the same append counts", async (database) => {
  const card = v4();
  await write(open(database), "a", issued(card, v4()), verified(card, v4()), withdrawn(card));
  const { checks, people, active } = (await openCards(database).byId(card))!;
  assertEquals({ checks, people, active }, { checks: 1, people: 1, active: false });
});
