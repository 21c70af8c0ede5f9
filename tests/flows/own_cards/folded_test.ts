/** What is compared has one form, whatever was typed; what is shown is what was typed. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { v4 } from "uuid";
import { openGalleries } from "../../../src/flows/own_cards/read_model.ts";
import { openCardFinder } from "../../../src/flows/share_card/read_model.ts";
import { migrations } from "../../../src/flows/migrations.ts";
import { projections } from "../../../src/flows/projections.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { openLog } from "../../../src/store/log.ts";
import { migrate } from "../../../src/store/migrate.ts";
import type { Database } from "../../../src/store/open_database.ts";
import { databaseTest } from "../../database.ts";
import { type Draft, issued, write } from "../../store/pen.ts";

type Sql = Database["sql"];

/** Folded by the database, all at once. */
async function folded(sql: Sql, words: readonly string[]): Promise<string[]> {
  const rows = await sql<{ word: string }[]>`
    select folded(word) as word from unnest(${words}::text[]) with ordinality as w(word, at)
    order by at`;
  return rows.map(({ word }) => word);
}

/** Texts of letters that come in two forms, capitals, spaces and what cannot be seen. */
const typed = fc.array(
  fc.oneof(
    fc.constantFrom(..."йёЙЁéÉїЇžΆϊ \u00a0\u202f\u2011-–—«»„\u200b\u00ad\ufeff№…ﬁ２Ａ"),
    fc.constantFrom("и\u0306", "Е\u0308", "за\u0301мок", "и\u0301\u0306", "о\u200d\u0301"),
    fc.string({ unit: "grapheme", maxLength: 5 }),
  ),
  { maxLength: 8 },
).map((parts) => parts.join("").toWellFormed().replaceAll("\0", ""));
const manyTyped = fc.array(typed, { minLength: 40, maxLength: 40 });

databaseTest("folded words stay as they are when they are folded again", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(manyTyped, async (words) => {
      const once = await folded(sql, words);
      assertEquals(await folded(sql, once), once);
    }),
    { numRuns: 15 },
  );
});

databaseTest("letters put together in two ways fold to one word", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(manyTyped, async (words) => {
      const composed = words.map((word) => word.normalize("NFC"));
      const decomposed = words.map((word) => word.normalize("NFD"));
      assertEquals(await folded(sql, composed), await folded(sql, decomposed));
    }),
    { numRuns: 15 },
  );
});

const ALIKE = [
  ["Чайник", "чаи\u0306ник", "ЧАИ\u0306НИК", "чай\u200bник", "чай\u00adник", "ча\u0301йник"],
  ["Ёлка", "елка", "Е\u0308ЛКА", "ёлка\ufeff"],
  ["Café ÉCLAIR", "cafe\u0301\u00a0éclair", "CAFÉ\u202fE\u0301CLAIR"],
  ["бело-синий", "БЕЛО\u2011СИНИЙ", "бело–синии\u0306"],
  ["Ґанок Їжака", "ґанок і\u0308жака"],
  ["ΏΡΑ", "ώρα"],
  ["серия 12", "Серия\u00a0１２"],
] as const;

databaseTest("words that a person takes for the same fold to the same", async ({ sql }) => {
  for (const [first, ...others] of ALIKE) {
    const [wanted, ...found] = await folded(sql, [first, ...others]);
    assertEquals(found, others.map(() => wanted), first);
  }
});

databaseTest("card is found by either form of its name, and shown as it was typed", async (db) => {
  const { sql } = db;
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const [maker, card] = [v4(), v4()];
  const name = "Синии\u0306 чаи\u0306ник";
  await write(log, "maker", named(card, maker, name));
  await assertFound(sql, maker, name);
});

databaseTest(
  "card of before the one form is found as well",
  async (db) => {
    const { sql } = db;
    const older = migrations.filter(({ name }) => !name.startsWith("0016"));
    await migrate(db, older);
    const log = openLog(sql, projections.map(inlineProjection), v4());
    const [maker, card] = [v4(), v4()];
    const name = "Синии\u0306 чаи\u0306ник";
    await write(log, "maker", named(card, maker, name));
    await migrate(db, migrations);
    await assertFound(sql, maker, name);
  },
  [],
);

function named(card: string, maker: string, name: string): Draft {
  const fact = issued(card, maker);
  return { ...fact, data: { ...fact.data, name } };
}

async function assertFound(sql: Sql, maker: string, name: string): Promise<void> {
  const galleries = openGalleries({ sql });
  const finder = openCardFinder({ sql });
  for (const query of ["синий чайник", "СИНИИ\u0306", "чаи\u0306ник", "чай\u200bник"]) {
    const { cards } = await galleries.page(maker, 0, true, query);
    assertEquals(cards.map((it) => it.name), [name], query);
    const search = { bot: 1, person: maker, words: query, offset: 0 };
    assertEquals((await finder.find(search)).map((it) => it.name), [name], query);
  }
}
