import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { openTables } from "../../../src/flows/export_cards/tables.ts";
import { openLog } from "../../../src/store/log.ts";
import { databaseTest } from "../../database.ts";
import { issued, verified, withdrawn, write } from "../../store/pen.ts";

databaseTest("tables list a maker's cards and every check of them, page by page", async (db) => {
  const { sql } = db;
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const [maker, buyer] = [v4(), v4()];
  const cards = Array.from({ length: 5 }, () => v4());
  await write(log, "maker", ...cards.map((card) => issued(card, maker)), issued(v4(), v4()));
  const checks = [0, 0, 3, 0, 3].map((card) => verified(cards[card]!, buyer));
  await write(log, "buyer", ...checks, verified(cards[3]!, v4()));
  await write(log, "maker", withdrawn(cards[1]!));
  for (const page_size of [1, 2, 3, 1000]) {
    const tables = openTables({ sql }, page_size);
    const listed = (await Array.fromAsync(tables.cards(maker))).flat();
    assertEquals(
      listed.map(({ number, active, checks, people }) => [number, active, checks, people]),
      [[1, true, 3, 1], [2, false, 0, 0], [3, true, 0, 0], [4, true, 3, 2], [5, true, 0, 0]],
    );
    const scans = (await Array.fromAsync(tables.scans(maker))).flat();
    assertEquals(
      scans.map(({ card, number, people }) => [card, number, people]),
      [[1, 1, 1], [1, 2, 1], [1, 3, 1], [4, 1, 1], [4, 2, 1], [4, 3, 2]],
    );
    assertEquals(JSON.stringify([listed, scans]).includes(buyer), false);
  }
});

databaseTest("tables of somebody without cards are empty", async ({ sql }) => {
  const tables = openTables({ sql });
  assertEquals(await Array.fromAsync(tables.cards(v4())), []);
  assertEquals(await Array.fromAsync(tables.scans(v4())), []);
});
