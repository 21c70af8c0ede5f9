import { assertEquals, assertNotEquals } from "@std/assert";
import { v4 } from "uuid";
import { issueCard } from "../../../machines/flows/issue_card.ts";
import { asks } from "../../../src/flows/issue_card/asks.ts";
import { databaseTest } from "../../database.ts";
import { sha } from "../../machines/samples.ts";
import { callId, givenAsks, TOKEN } from "../given_asks.ts";

const draft = { name: "Имя", description: "Слова", original: sha(), packaged: sha("b") };

databaseTest("card that is issued has an id and a code of its own", async (db) => {
  const { ask } = await givenAsks(db, asks);
  const maker = v4();
  const [one, two] = [await ask(issueCard, draft, maker), await ask(issueCard, draft, maker)];
  if (one.type !== "CardIssued" || two.type !== "CardIssued") throw new Error("No card is issued");
  const { card, code, ...rest } = one;
  assertEquals(rest, { type: "CardIssued", callId, ...draft, maker });
  assertNotEquals(card, two.card);
  assertNotEquals(code, two.code);
});

databaseTest(
  "card has its words in the clear, and is not issued where their key is gone",
  async (db) => {
    const own = { ...draft, name: TOKEN };
    const { ask } = await givenAsks(db, asks, { opened: "Тайное имя" });
    const issued = await ask(issueCard, own, v4());
    assertEquals("name" in issued && issued.name, "Тайное имя");
    assertEquals("description" in issued && issued.description, draft.description);
    const dark = await givenAsks(db, asks, { opened: null });
    assertEquals(await dark.ask(issueCard, own, v4()), { type: "IssueRefused", callId });
  },
);

databaseTest("card is not issued where the right is gone", async (db) => {
  const { ask } = await givenAsks(db, asks, { makers: false });
  assertEquals(await ask(issueCard, draft, v4()), { type: "IssueRefused", callId });
});
