import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { issueEditions } from "../../../machines/flows/issue_batch.ts";
import { asks } from "../../../src/flows/issue_batch/asks.ts";
import { databaseTest } from "../../database.ts";
import { sha } from "../../machines/samples.ts";
import { callId, givenAsks, TOKEN } from "../given_asks.ts";

const shared = { name: "Имя", description: "Слова", original: sha(), packaged: null };

databaseTest(
  "next cards of a batch have ids and codes of their own, and its editions",
  async (db) => {
    const { ask } = await givenAsks(db, asks);
    const [batch, maker] = [v4(), v4()];
    const next = { ...shared, batch, editions: 24, from: 11, count: 3 };
    const issued = await ask(issueEditions, next, maker);
    if (issued.type !== "EditionsIssued") throw new Error("No cards are issued");
    const { cards, ...rest } = issued;
    const kept = { ...shared, type: "EditionsIssued", callId, batch, editions: 24, maker } as const;
    assertEquals(rest, kept);
    assertEquals(cards.map(({ edition }) => edition), [11, 12, 13]);
    assertEquals(new Set(cards.flatMap(({ card, code }) => [card, code])).size, 6);
  },
);

databaseTest("first cards of a batch name it", async (db) => {
  const { ask } = await givenAsks(db, asks);
  const first = { ...shared, batch: null, editions: 2, from: 1, count: 2 };
  const issued = await ask(issueEditions, first, v4());
  assertEquals(issued.type === "EditionsIssued" && issued.batch.length, v4().length);
});

databaseTest(
  "cards of a batch have their words in the clear, or none where the key is gone",
  async (db) => {
    const next = { ...shared, description: TOKEN, batch: null, editions: 2, from: 1, count: 2 };
    const { ask } = await givenAsks(db, asks, { opened: "Тайное описание" });
    const issued = await ask(issueEditions, next, v4());
    assertEquals("description" in issued && issued.description, "Тайное описание");
    assertEquals("name" in issued && issued.name, shared.name);
    const dark = await givenAsks(db, asks, { opened: null });
    assertEquals(await dark.ask(issueEditions, next, v4()), { type: "BatchStopped", callId });
  },
);

databaseTest("batch stops where the right is gone", async (db) => {
  const { ask } = await givenAsks(db, asks, { makers: false });
  const next = { ...shared, batch: null, editions: 2, from: 1, count: 2 };
  assertEquals(await ask(issueEditions, next, v4()), { type: "BatchStopped", callId });
});
