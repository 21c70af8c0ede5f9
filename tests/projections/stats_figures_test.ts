/** Statistics whose figures all differ, so that none can stand in another's place. */
import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { inlineProjection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { openStats, type Stats } from "../../src/flows/stats/read_model.ts";
import { openLog } from "../../src/store/log.ts";
import { databaseTest, type FreshDatabase } from "../database.ts";
import { issued, verified, withdrawn, write } from "../store/pen.ts";
import { overhear, readingsOf } from "./explain.ts";

const DAY_MS = 86_400_000;
const NOW = 30 * DAY_MS + 3_600_000;

/** Who checks which card, so many days ago. */
const CHECKS: readonly [days: number, card: number, people: readonly number[]][] = [
  [20, 1, [0, 1, 2]],
  [20, 3, [3, 3, 5, 6]],
  [3, 1, [0]],
  [3, 2, [0, 0]],
  [3, 3, [3]],
  [0, 1, [0]],
  [0, 3, [4]],
];

/** Nine cards, six of them one maker's, and their checks. */
async function someChecks({ sql }: FreshDatabase): Promise<string> {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const [maker, other] = [v4(), v4()];
  const people = Array.from({ length: 7 }, () => v4());
  const cards = Array.from({ length: 9 }, () => v4());
  const others = [3, 4, 5];
  await write(
    log,
    "makers",
    ...cards.map((card, i) => issued(card, others.includes(i + 1) ? other : maker)),
    withdrawn(cards.at(-1) ?? ""),
  );
  for (const [days, card, by] of CHECKS) {
    const at = NOW - days * DAY_MS;
    await write(
      log,
      "buyers",
      ...by.map((who) => verified(cards[card - 1] ?? "", people[who] ?? "", { at })),
    );
  }
  return maker;
}

const plain = ({ top, ...counts }: Stats) => ({
  ...counts,
  top: top.map(({ number, checks }) => [number, checks]),
});

const ofAll = {
  ...{ cards: 9, active: 8, checks: 13, people: 7, today: 2, last_7_days: 6 },
  top: [[3, 6], [1, 5], [2, 2]],
};
const ofMaker = {
  ...{ cards: 6, active: 5, checks: 7, people: 3, today: 1, last_7_days: 4 },
  top: [[1, 5], [2, 2]],
};

databaseTest("statistics put every figure in its place, of all and of one maker", async (db) => {
  const maker = await someChecks(db);
  const stats = openStats(db);
  assertEquals(plain(await stats.read(NOW, "UTC", null)), ofAll);
  assertEquals(plain(await stats.read(NOW, "UTC", maker)), ofMaker);
  const [head] = await db.sql<{ pos: number }[]>`select pos from head`;
  const then = openStats({ sql: db.sql, then: { pos: head?.pos ?? 0, at: NOW } });
  assertEquals(plain(await then.read(NOW, "UTC", null)), ofAll);
  assertEquals(plain(await then.read(NOW, "UTC", maker)), ofMaker);
});

databaseTest("statistics of all are read from sums, not from every check", async (db) => {
  const { sql } = db;
  const maker = await someChecks(db);
  const tablesRead = async (whose: string | null) => {
    const asked = await overhear(sql, () => openStats({ sql }).read(NOW, "UTC", whose));
    return await sql.begin(async (tx) => {
      const readings = [];
      for (const one of asked) readings.push(...await readingsOf(tx, one));
      return [...new Set(readings.map(({ table }) => table))].toSorted();
    });
  };
  assertEquals(await tablesRead(null), ["cards", "stats_people", "stats_quarters"]);
  assertEquals(await tablesRead(maker), ["card_people", "cards", "galleries", "scans"]);
});
