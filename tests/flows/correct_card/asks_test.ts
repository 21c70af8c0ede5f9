import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { correctCard } from "../../../machines/flows/correct_card.ts";
import { asks } from "../../../src/flows/correct_card/asks.ts";
import { databaseTest } from "../../database.ts";
import { callId, givenAsks, TOKEN } from "../given_asks.ts";

const correction = { name: "Летний лес", description: null, original: null, packaged: null };
const missing = { type: "OwnCardMissing", callId } as const;

databaseTest("own card is corrected, and what was not told stays", async (db) => {
  const { ask, card, maker } = await givenAsks(db, asks);
  const corrected = await ask(correctCard, { number: 1, ...correction }, maker);
  assertEquals(corrected, { type: "CardCorrected", callId, card, ...correction });
});

databaseTest("card is corrected in the clear by words that were sealed", async (db) => {
  const { ask, card, maker } = await givenAsks(db, asks, { opened: "Тайный лес" });
  const sealed = { ...correction, name: TOKEN };
  const corrected = await ask(correctCard, { number: 1, ...sealed }, maker);
  const opened = { ...correction, name: "Тайный лес" };
  assertEquals(corrected, { type: "CardCorrected", callId, card, ...opened });
});

databaseTest("card is not corrected where its words' key is gone", async (db) => {
  const { ask, maker } = await givenAsks(db, asks, { opened: null });
  assertEquals(await ask(correctCard, { number: 1, ...correction, name: TOKEN }, maker), missing);
});

databaseTest("card is not corrected by anybody else", async (db) => {
  const { ask } = await givenAsks(db, asks);
  assertEquals(await ask(correctCard, { number: 1, ...correction }, v4()), missing);
});

databaseTest("card is not corrected by whoever is a maker no more", async (db) => {
  const { ask, maker } = await givenAsks(db, asks, { makers: false });
  assertEquals(await ask(correctCard, { number: 1, ...correction }, maker), missing);
});
