import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { openCardHistories } from "../../../src/flows/card_history/read_model.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { openLog } from "../../../src/store/log.ts";
import type { Database } from "../../../src/store/open_database.ts";
import { databaseTest } from "../../database.ts";
import { corrected, issued, restored, verified, withdrawn, write } from "../../store/pen.ts";

const open = ({ sql }: Pick<Database, "sql">) => ({
  log: openLog(sql, projections.map(inlineProjection), v4()),
  histories: openCardHistories({ sql }),
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

databaseTest("history has every change, however many there were", async (db) => {
  const { log, histories } = open(db);
  const card = v4();
  const turns = Array.from({ length: 26 }, (_, i) => withdrawn(card, `раз ${i}`));
  await write(log, "maker", issued(card, v4()), ...turns);
  const { changes } = await histories.read(card, 0, "UTC");
  assertEquals(changes.map(({ detail }) => detail), turns.map((_, i) => `раз ${25 - i}`));
});
