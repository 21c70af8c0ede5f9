import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { findOwnCard } from "../../../machines/flows/own_cards.ts";
import { asks } from "../../../src/flows/own_cards/asks.ts";
import { databaseTest } from "../../database.ts";
import { callId, givenAsks } from "../given_asks.ts";

databaseTest("own card is found by its number, and as it stands", async (db) => {
  const { ask, card, maker, withdraw } = await givenAsks(db, asks);
  const found = { type: "OwnCardFound", callId, card, number: 1, name: "Зимнее море" } as const;
  assertEquals(await ask(findOwnCard, { number: 1 }, maker), { ...found, active: true });
  await withdraw();
  assertEquals(await ask(findOwnCard, { number: 1 }, maker), { ...found, active: false });
});

databaseTest("another maker's card is missing, like one that does not exist", async (db) => {
  const { ask, maker } = await givenAsks(db, asks);
  const missing = { type: "OwnCardMissing", callId } as const;
  assertEquals(await ask(findOwnCard, { number: 1 }, v4()), missing);
  assertEquals(await ask(findOwnCard, { number: 2 }, maker), missing);
});
