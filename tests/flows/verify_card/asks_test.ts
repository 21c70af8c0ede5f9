import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { findCode } from "../../../machines/flows/verify_card.ts";
import { asks } from "../../../src/flows/verify_card/asks.ts";
import { databaseTest } from "../../database.ts";
import { freshCode } from "../../store/pen.ts";
import { callId, givenAsks } from "../given_asks.ts";

databaseTest("code of a card is a check by whoever came with it, names sealed", async (db) => {
  const { ask, card, code } = await givenAsks(db, asks);
  const verifier = v4();
  assertEquals(await ask(findCode, { code }, verifier), {
    type: "CardVerified",
    callId,
    card,
    verifier,
    names: "s1.sealed",
  });
});

databaseTest("check by somebody whose names are not known counts all the same", async (db) => {
  const { ask, code } = await givenAsks(db, asks, { names: null });
  const checked = await ask(findCode, { code }, v4());
  assertEquals("names" in checked && checked.names, null);
});

databaseTest("code that no card has is refused as unknown", async (db) => {
  const { ask } = await givenAsks(db, asks);
  const unknown = { type: "CodeRefused", callId, reason: "unknown" } as const;
  assertEquals(await ask(findCode, { code: freshCode() }, v4()), unknown);
});

databaseTest("withdrawn card's code is a check too", async (db) => {
  const { ask, code, withdraw } = await givenAsks(db, asks);
  await withdraw();
  assertEquals((await ask(findCode, { code }, v4())).type, "CardVerified");
});
