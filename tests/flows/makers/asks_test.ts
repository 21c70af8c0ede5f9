import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { v4 } from "uuid";
import { inviteMaker } from "../../../machines/flows/makers.ts";
import { asks } from "../../../src/flows/makers/asks.ts";
import { databaseTest } from "../../database.ts";
import { givenAsks } from "../given_asks.ts";

databaseTest("invitation has a token of its own, sealed for its owner alone", async (db) => {
  const { ask } = await givenAsks(db, asks);
  const owner = v4();
  const [one, two] = [
    await ask(inviteMaker, { until: 77 }, owner),
    await ask(inviteMaker, { until: 77 }, owner),
  ];
  if (one.type !== "MakerInvited" || two.type !== "MakerInvited") throw new Error("Nobody invited");
  assertEquals(one.until, 77);
  assertMatch(one.token, new RegExp(`^sealed for ${owner}: .`));
  assertNotEquals(one.digest, two.digest);
  assertNotEquals(one.token, two.token);
});
