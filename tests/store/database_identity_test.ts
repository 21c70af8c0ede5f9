import { assertEquals, assertRejects } from "@std/assert";
import { ForeignDatabase, stampBot, stampKey } from "../../src/store/database_identity.ts";
import { databaseTest } from "../database.ts";

databaseTest(
  "database belongs to the bot that used it first, and refuses another",
  async ({ sql }) => {
    await stampBot(sql, 111, false);
    await stampBot(sql, 111, false);
    await assertRejects(
      () => stampBot(sql, 222, false),
      ForeignDatabase,
      "Cannot work on this database as bot 222: it belongs to bot 111. " +
        "Choose another database, or set ADOPT_BOT=1 once to take it over",
    );
    await stampBot(sql, 222, true);
    await stampBot(sql, 222, false);
    await assertRejects(() => stampBot(sql, 111, false), ForeignDatabase, "belongs to bot 222");
  },
);

databaseTest(
  "database refuses a key other than the one its people are sealed with",
  async ({ sql }) => {
    await stampKey(sql, "aaaa");
    await stampKey(sql, "aaaa");
    await assertRejects(
      () => stampKey(sql, "bbbb"),
      ForeignDatabase,
      "Cannot work on this database with this PII_KEY (fingerprint bbbb): its people are sealed " +
        "with another one (fingerprint aaaa). Set PII_KEY to that one",
    );
  },
);

databaseTest("two bots that come first at once do not both get the database", async ({ sql }) => {
  const settled = await Promise.allSettled([111, 222].map((bot) => stampBot(sql, bot, false)));
  assertEquals(settled.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
});
