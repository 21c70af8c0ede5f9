import { assertEquals, assertRejects } from "@std/assert";
import { transaction } from "../../src/store/transaction.ts";
import { databaseTest, ownersTest } from "../database.ts";

ownersTest("transaction keeps all of its work, or nothing where it fails", async ({ sql }) => {
  await sql`create table notes (note text)`;
  const value = await transaction(sql, async (tx) => {
    await tx`insert into notes values ('one')`;
    return "done";
  });
  assertEquals(value, "done");
  const failed = transaction(sql, async (tx) => {
    await tx`insert into notes values ('two')`;
    throw new RangeError("no");
  });
  await assertRejects(() => failed, RangeError, "no");
  await assertRejects(() => transaction(sql, (tx) => tx`select 1 / 0`), Error, "division by zero");
  const rows = await sql`select note from notes`;
  assertEquals(rows.map(({ note }) => note), ["one"]);
});

databaseTest("transaction of repeatable read sees one moment", async ({ sql }) => {
  const [row] = await transaction(sql, (tx) => tx`show transaction_isolation`, "repeatable read");
  assertEquals(row?.transaction_isolation, "repeatable read");
  const [plain] = await transaction(sql, (tx) => tx`show transaction_isolation`);
  assertEquals(plain?.transaction_isolation, "read committed");
});
