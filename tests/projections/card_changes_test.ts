import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { openCardHistories } from "../../src/projections/card_changes.ts";
import { openCards } from "../../src/projections/cards.ts";
import { inline } from "../../src/projections/projection.ts";
import { projections } from "../../src/projections/projections.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";
import {
  corrected,
  editionsIssued,
  issued,
  restored,
  verified,
  withdrawn,
  write,
} from "../store/pen.ts";

const open = ({ sql }: Pick<Database, "sql">) => ({
  log: openLog(sql, projections.map(inline), v4()),
  cards: openCards(sql),
  histories: openCardHistories(sql),
});
const sha = (digit: string) => digit.repeat(64);

databaseTest("corrected card says what was told last of each part, and since when", async (db) => {
  const { log, cards } = open(db);
  const [card, other] = [v4(), v4()];
  await write(log, "maker", issued(card, v4()), issued(other, v4()));
  await write(
    log,
    "maker",
    corrected(card, { name: "Раз" }, { at: 10 }),
    corrected(card, { name: "Два", original: sha("a") }, { at: 20 }),
    corrected(card, { packaged: sha("b") }, { at: 30 }),
  );
  const found = await cards.byId(card);
  const { name, description, original, packaged, corrected_at } = found!;
  assertEquals(
    { name, description, original, packaged, corrected_at },
    {
      name: "Два",
      description: "Тихо 🌊",
      original: sha("a"),
      packaged: sha("b"),
      corrected_at: 30,
    },
  );
  const untouched = await cards.byId(other);
  assertEquals([untouched?.name, untouched?.corrected_at], ["Зимнее море", null]);
});

databaseTest("card of a batch is corrected together with its batch, and no other", async (db) => {
  const { log, cards, histories } = open(db);
  const [one, two, maker] = [v4(), v4(), v4()];
  await write(log, "maker", editionsIssued(one, maker, [1, 2]), editionsIssued(two, maker, [1]));
  const [first, second] = await cards.ofBatch(one);
  await write(log, "maker", corrected(second!.card, { name: "Волна" }), withdrawn(second!.card));
  assertEquals((await cards.ofBatch(one)).map(({ name }) => name), ["Волна", "Волна"]);
  assertEquals((await cards.ofBatch(two)).map(({ name }) => name), ["Зимнее море"]);
  const changesOf = async (card: string) =>
    (await histories.read(card, 0, "UTC")).changes.map(({ change }) => change);
  assertEquals(await changesOf(first!.card), ["corrected"]);
  assertEquals(await changesOf(second!.card), ["withdrawn", "corrected"]);
});

databaseTest("history tells what was corrected, why it was withdrawn, and when", async (db) => {
  const { log, histories } = open(db);
  const card = v4();
  await write(
    log,
    "maker",
    issued(card, v4()),
    corrected(card, { description: "Тихо", name: "Раз" }),
    withdrawn(card, "кража"),
    restored(card),
  );
  const { changes } = await histories.read(card, 0, "UTC");
  assertEquals(changes.map((change) => ({ ...change })), [
    { change: "restored", detail: null, at: 4000 },
    { change: "withdrawn", detail: "кража", at: 3000 },
    { change: "corrected", detail: "name,description", at: 2000 },
  ]);
});

databaseTest("history counts checks by the days of the time zone, gaps as nothing", async (db) => {
  const { log, histories } = open(db);
  const card = v4();
  const at = (time: string) => ({ at: Date.parse(time) });
  await write(log, "maker", issued(card, v4(), at("2026-10-01T00:00:00Z")), issued(v4(), v4()));
  await write(
    log,
    "buyer",
    ...["2026-10-02T12:00:00Z", "2026-11-18T20:59:59Z", "2026-11-18T21:00:00Z"]
      .map((time) => verified(card, v4(), at(time))),
    ...["2026-11-20T09:00:00Z", "2026-11-20T09:01:00Z"]
      .map((time) => verified(card, v4(), at(time))),
  );
  const now = Date.parse("2026-11-20T10:00:00Z");
  const { days } = await histories.read(card, now, "Europe/Moscow");
  assertEquals(days.length, 30);
  assertEquals([days[0]?.day, days.at(-1)?.day], ["2026-10-22", "2026-11-20"]);
  assertEquals(days.filter(({ checks }) => checks > 0), [
    { day: "2026-11-18", checks: 1 },
    { day: "2026-11-19", checks: 1 },
    { day: "2026-11-20", checks: 2 },
  ]);
});
