import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { v4, v7 } from "uuid";
import { checkFact } from "../../events/read_fact.ts";
import { type Asks, openAsks } from "../../src/cards/answer_asks.ts";
import { openCards } from "../../src/flows/issue_card/read_model.ts";
import { inline } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { openLog } from "../../src/store/log.ts";
import { type Database } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";
import { sha } from "../machines/samples.ts";
import { freshCode, issued, withdrawn, write } from "../store/pen.ts";

/** A card of `maker`, number 1, and the asks about it. */
async function given({ sql }: Pick<Database, "sql">, names: string | null = "s1.sealed") {
  const [card, maker, code] = [v4(), v4(), freshCode()];
  const log = openLog(sql, projections.map(inline), v4());
  const draft = issued(card, maker);
  await write(log, "maker", { ...draft, data: { ...draft.data, code, name: "Зимнее море" } });
  const asks: Asks = openAsks({
    ...openCards({ sql }),
    sealedNames: () => Promise.resolve(names),
    seal: (person, text) => Promise.resolve(`sealed for ${person}: ${text}`),
    newId: v7,
  });
  return { asks, card, maker, code, withdraw: () => write(log, "maker", withdrawn(card)) };
}

const callId = "3:0";

databaseTest("code of a card is a check by whoever came with it, names sealed", async (db) => {
  const { asks, card, code } = await given(db);
  const verifier = v4();
  assertEquals(await asks.findCode({ callId, code }, verifier), {
    type: "CardVerified",
    callId,
    card,
    verifier,
    names: "s1.sealed",
  });
});

databaseTest("check by somebody whose names are not known counts all the same", async (db) => {
  const { asks, code } = await given(db, null);
  const checked = await asks.findCode({ callId, code }, v4());
  assertEquals("names" in checked && checked.names, null);
});

databaseTest("code that no card has is refused as unknown", async (db) => {
  const { asks } = await given(db);
  const unknown = { type: "CodeRefused", callId, reason: "unknown" } as const;
  assertEquals(await asks.findCode({ callId, code: freshCode() }, v4()), unknown);
});

databaseTest("withdrawn card's code is a check too", async (db) => {
  const { asks, code, withdraw } = await given(db);
  await withdraw();
  assertEquals((await asks.findCode({ callId, code }, v4())).type, "CardVerified");
});

databaseTest("own card is found by its number, and as it stands", async (db) => {
  const { asks, card, maker, withdraw } = await given(db);
  const found = { type: "OwnCardFound", callId, card, number: 1, name: "Зимнее море" } as const;
  const ask = () => asks.findOwnCard({ callId, number: 1 }, maker);
  assertEquals(await ask(), { ...found, active: true });
  await withdraw();
  assertEquals(await ask(), { ...found, active: false });
});

databaseTest("another maker's card is missing, like one that does not exist", async (db) => {
  const { asks, maker } = await given(db);
  const missing = { type: "OwnCardMissing", callId } as const;
  assertEquals(await asks.findOwnCard({ callId, number: 1 }, v4()), missing);
  assertEquals(await asks.findOwnCard({ callId, number: 2 }, maker), missing);
  assertEquals(await asks.restoreCard({ callId, number: 1 }, v4()), missing);
});

databaseTest("card is brought back only where it was withdrawn", async (db) => {
  const { asks, card, maker, withdraw } = await given(db);
  const ask = () => asks.restoreCard({ callId, number: 1 }, maker);
  assertEquals((await ask()).type, "OwnCardFound");
  await withdraw();
  assertEquals(await ask(), { type: "CardRestored", callId, card });
});

databaseTest("card that is issued has an id and a code of its own", async (db) => {
  const { asks } = await given(db);
  const maker = v4();
  const draft = { name: "Имя", description: "Слова", original: sha(), packaged: sha("b") };
  const [one, two] = [
    await asks.issueCard({ callId, ...draft }, maker),
    await asks.issueCard({ callId, ...draft }, maker),
  ];
  assert(one && two);
  const { card, code, ...rest } = one;
  assertEquals(rest, { type: "CardIssued", callId, ...draft, maker });
  assertEquals(checkFact(one, "here"), one);
  assertNotEquals(card, two.card);
  assertNotEquals(code, two.code);
});
