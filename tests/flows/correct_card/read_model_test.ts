import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { openCardHistories } from "../../../src/flows/card_history/read_model.ts";
import { openCards } from "../../../src/flows/issue_card/read_model.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { openLog } from "../../../src/store/log.ts";
import type { Database } from "../../../src/store/open_database.ts";
import { databaseTest } from "../../database.ts";
import { corrected, editionsIssued, issued, withdrawn, write } from "../../store/pen.ts";

const open = ({ sql }: Pick<Database, "sql">) => ({
  log: openLog(sql, projections.map(inlineProjection), v4()),
  cards: openCards({ sql }),
  histories: openCardHistories({ sql }),
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
