import { assertEquals, assertThrows } from "@std/assert";
import { z } from "zod";
import { fact } from "../../events/fact.ts";
import { checkFact, readFact, UnreadableFact } from "../../events/read_fact.ts";

/** Once a price in whole roubles, then an amount with its currency, now also where it was paid. */
const CardSold = fact("CardSold", {
  amount: z.int().positive(),
  currency: z.enum(["RUB", "EUR"]),
  where: z.string().nullable(),
}, [
  ({ price, ...rest }) => ({ ...rest, amount: Number(price), currency: "RUB" }),
  (old) => {
    if (old.currency === "USD") throw new RangeError("nobody sold for dollars");
    return { ...old, where: null };
  },
]);
const known = new Map([[CardSold.type, CardSold]]);
const where = "dialogue:7 version 3";

const read = (schema_version: number, data: Record<string, unknown>) =>
  readFact({ type: "CardSold", schema_version, data }, where, known) as unknown;
const today = { type: "CardSold", amount: 5, currency: "RUB", where: null };

Deno.test("fact of today is read as it stands", () =>
  assertEquals(read(3, { amount: 5, currency: "EUR", where: "Riga" }), {
    ...today,
    currency: "EUR",
    where: "Riga",
  }));

Deno.test("older fact is lifted through every version since", () => {
  assertEquals(read(1, { price: 5 }), today);
  assertEquals(read(2, { amount: 5, currency: "RUB" }), today);
});

Deno.test("older fact is checked after it was lifted", () => {
  assertThrows(
    () => read(1, { price: -5 }),
    UnreadableFact,
    "Cannot read dialogue:7 version 3: CardSold version 3 is not as it must be (amount: ",
  );
  assertThrows(() => read(1, { price: 5, tip: 1 }), UnreadableFact, '"tip"');
});

Deno.test("fact in an older shape under a newer version is refused", () => {
  assertThrows(() => read(3, { price: 5 }), UnreadableFact, "amount: ");
  assertThrows(() => read(2, { price: 5 }), UnreadableFact, "amount: ");
});

Deno.test("fact that cannot be lifted is refused with the reason", () => {
  assertThrows(
    () => read(2, { amount: 5, currency: "USD" }),
    UnreadableFact,
    "Cannot read dialogue:7 version 3: CardSold version 2 cannot be lifted (nobody sold for dollars)",
  );
});

Deno.test("fact of a version that this program does not know yet is refused", () => {
  assertThrows(
    () => read(4, {}),
    UnreadableFact,
    "Cannot read dialogue:7 version 3: CardSold has version 4, this program knows up to 3. " +
      "Run a newer one",
  );
});

Deno.test("fact of a version that cannot be is refused", () => {
  for (const version of [0, -1, 1.5]) {
    assertThrows(
      () => read(version, { price: 5 }),
      UnreadableFact,
      `Cannot read dialogue:7 version 3: there is no CardSold version ${version}`,
    );
  }
});

Deno.test("fact that nobody knows is refused by name", () => {
  const row = { type: "CardEaten", schema_version: 1, data: {} };
  const message = "Cannot read dialogue:7 version 3: unknown fact CardEaten";
  assertThrows(() => readFact(row, where, known), UnreadableFact, message);
  assertThrows(() => readFact(row, where), UnreadableFact, message);
  assertThrows(() => checkFact({ type: "CardEaten" }, where), UnreadableFact, message);
});

Deno.test("refused fact names the field that is wrong, and never its value", () => {
  const secret = "4111 1111";
  const { message } = assertThrows(
    () => checkFact({ type: "CardSold", amount: secret, currency: secret, where: 1 }, where, known),
    UnreadableFact,
    "amount: ",
  );
  assertEquals(["currency: ", "where: "].filter((field) => !message.includes(field)), []);
  assertEquals(message.includes(secret), false);
});

Deno.test("reading leaves the row as it was", () => {
  const data = Object.freeze({ price: 5 });
  read(1, data);
  assertEquals(data, { price: 5 });
});
