import { assertEquals, assertThrows } from "@std/assert";
import { assembleMigrations } from "../../src/store/assemble_migrations.ts";

const named = (...names: string[]) => names.map((name) => ({ name, sql: `-- ${name}` }));

Deno.test("migrations of several lists go in the order of their numbers", () => {
  const all = assembleMigrations(named("0001_log", "0004_index"), [], named("0003_b", "0002_c"));
  assertEquals(all, named("0001_log", "0002_c", "0003_b", "0004_index"));
});

Deno.test("two migrations with one number are refused, and both are named", () => {
  const message = (a: string, b: string) =>
    `Cannot order migrations: ${a} and ${b} have one number`;
  assertThrows(
    () => assembleMigrations(named("0001_log", "0002_makers"), named("0002_cards")),
    Error,
    message("0002_cards", "0002_makers"),
  );
  assertThrows(
    () => assembleMigrations(named("0001_log"), named("0001_log")),
    Error,
    message("0001_log", "0001_log"),
  );
});

Deno.test("migration without a number is refused", () => {
  for (const name of ["log", "1_log", "00001_log", "0001", "0001_Log"]) {
    assertThrows(() => assembleMigrations(named(name)), Error, `${name} is not named like`);
  }
});
