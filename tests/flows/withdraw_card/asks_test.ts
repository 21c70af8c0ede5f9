import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { restoreCard, withdrawCard } from "../../../machines/flows/withdraw_card.ts";
import { asks } from "../../../src/flows/withdraw_card/asks.ts";
import { databaseTest } from "../../database.ts";
import { callId, givenAsks, TOKEN } from "../given_asks.ts";

databaseTest("card is brought back only where it was withdrawn", async (db) => {
  const { ask, card, maker, withdraw } = await givenAsks(db, asks);
  assertEquals((await ask(restoreCard, { number: 1 }, maker)).type, "OwnCardFound");
  await withdraw();
  const restored = { type: "CardRestored", callId, card } as const;
  assertEquals(await ask(restoreCard, { number: 1 }, maker), restored);
});

databaseTest("another maker's card is not brought back", async (db) => {
  const { ask, withdraw } = await givenAsks(db, asks);
  await withdraw();
  const missing = { type: "OwnCardMissing", callId } as const;
  assertEquals(await ask(restoreCard, { number: 1 }, v4()), missing);
});

databaseTest(
  "card is withdrawn with its reason in the clear, sealed until then or not",
  async (db) => {
    const { ask, card, maker } = await givenAsks(db, asks, { opened: "Украдена" });
    const withdrawn = { type: "CardWithdrawn", callId, card } as const;
    assertEquals(await ask(withdrawCard, { card, reason: TOKEN }, maker), {
      ...withdrawn,
      reason: "Украдена",
    });
    assertEquals(await ask(withdrawCard, { card, reason: "Потеряна" }, maker), {
      ...withdrawn,
      reason: "Потеряна",
    });
  },
);

databaseTest("card is not withdrawn where the key of the reason is gone", async (db) => {
  const { ask, card, maker } = await givenAsks(db, asks, { opened: null });
  const missing = { type: "OwnCardMissing", callId } as const;
  assertEquals(await ask(withdrawCard, { card, reason: TOKEN }, maker), missing);
});
