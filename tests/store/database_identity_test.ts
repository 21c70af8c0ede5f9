import { assertEquals, assertRejects } from "@std/assert";
import { claimForBot, claimForKey, ForeignDatabase } from "../../src/store/database_identity.ts";
import { databaseTest } from "../database.ts";

databaseTest(
  "database belongs to the bot that used it first, and refuses another",
  async ({ sql }) => {
    await claimForBot(sql, 111, false);
    await claimForBot(sql, 111, false);
    await assertRejects(
      () => claimForBot(sql, 222, false),
      ForeignDatabase,
      "Cannot work on this database as bot 222: it belongs to bot 111. " +
        "Choose another database, or set ADOPT_BOT=1 once to take it over",
    );
    await claimForBot(sql, 222, true);
    await claimForBot(sql, 222, false);
    await assertRejects(() => claimForBot(sql, 111, false), ForeignDatabase, "belongs to bot 222");
  },
);

databaseTest(
  "database refuses a key other than the one its people are sealed with",
  async ({ sql }) => {
    await claimForKey(sql, "aaaa");
    await claimForKey(sql, "aaaa");
    await assertRejects(
      () => claimForKey(sql, "bbbb"),
      ForeignDatabase,
      "Cannot work on this database with this PII_KEY (fingerprint bbbb): its people are sealed " +
        "with another one (fingerprint aaaa). Set PII_KEY to that one",
    );
  },
);

databaseTest("two bots that come first at once do not both get the database", async ({ sql }) => {
  const settled = await Promise.allSettled([111, 222].map((bot) => claimForBot(sql, bot, false)));
  assertEquals(settled.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
});
