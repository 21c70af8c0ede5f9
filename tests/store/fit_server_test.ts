/** What of a session is not as it was told, and what of that matters. */
import { assertEquals } from "@std/assert";
import { mendOf, readServer, readUnset } from "../../src/store/fit_server.ts";
import { databaseTest } from "../database.ts";

databaseTest("settings that matter are named as they are and as they must be", async ({ sql }) => {
  const [row] = await sql<{ schema: string }[]>`select current_schema()::text as schema`;
  const schema = row?.schema ?? "";
  const unset = (wanted: Record<string, string>, where = schema) => readUnset(sql, wanted, where);
  assertEquals(await unset({ bytea_output: "hex", search_path: "whatever" }), {
    needed: [],
    limits: [],
  });
  assertEquals(await unset({ bytea_output: "escape", array_nulls: "on" }), {
    needed: [{ name: "bytea_output", is: "hex", wanted: "escape" }],
    limits: [],
  });
  const { needed } = await unset({ search_path: '"shop"' }, "shop");
  assertEquals(needed.map(({ name, wanted }) => [name, wanted]), [["search_path", '"shop"']]);
  // Time limits are told apart: a pooler may have its own.
  assertEquals(await unset({ lock_timeout: "77", idle_session_timeout: "78" }), {
    needed: [],
    limits: ["idle_session_timeout", "lock_timeout"],
  });
  // Speed, dates of which only the order differs, and favours are not asked of a role.
  const harmless = { jit: "odd", extra_float_digits: "3", DateStyle: "ISO, DMY" };
  const favours = { row_security: "odd", default_transaction_read_only: "on" };
  assertEquals(await unset({ ...harmless, ...favours }), { needed: [], limits: [] });
  const { needed: writing } = await unset({ default_transaction_read_only: "odd" });
  assertEquals(writing.map(({ name }) => name), ["default_transaction_read_only"]);
}, []);

databaseTest("mend of settings is SQL, with names and values quoted", async ({ sql }) => {
  const facts = { ...await readServer(sql), user: 'o"dd' };
  const needed = [
    { name: "bytea_output", is: "escape", wanted: "h'ex" },
    { name: "search_path", is: "", wanted: '"shop"' },
  ];
  assertEquals(
    mendOf(facts, { needed, limits: [] }),
    `alter role "o""dd" set bytea_output = 'h''ex'; alter role "o""dd" set search_path = "shop";`,
  );
}, []);
