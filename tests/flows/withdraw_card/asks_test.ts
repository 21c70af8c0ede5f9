import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { restoreCard } from "../../../machines/flows/withdraw_card.ts";
import { asks } from "../../../src/flows/withdraw_card/asks.ts";
import { databaseTest } from "../../database.ts";
import { callId, givenAsks } from "../given_asks.ts";

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
