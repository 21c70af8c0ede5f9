/** Readers of read models: each opened once where it is read, or replaced by another. */
import { assertEquals, assertStrictEquals } from "@std/assert";
import postgres from "postgres";
import { openReaders, type ReadSource } from "../../src/projections/readers.ts";
import { needs, unless } from "../permissions.ts";

// Connects only when it is asked something.
const readersTest = (name: string, test: (sql: postgres.Sql) => void) =>
  Deno.test({
    ...unless(needs({ name: "env" }), name),
    fn: () => test(postgres("postgres://nobody@localhost/none")),
  });

readersTest("a reader is opened once for all who read in one place", (sql) => {
  const opened: ReadSource[] = [];
  const openCounter = (place: ReadSource) => {
    opened.push(place);
    return { count: () => opened.length };
  };
  const place: ReadSource = { sql };
  const readers = openReaders(place);
  assertStrictEquals(readers(openCounter), readers(openCounter));
  assertEquals(opened.length, 1);
  assertStrictEquals(opened[0], place);
  openReaders(place)(openCounter);
  assertEquals(opened.length, 2);
});

readersTest("a reader that is given is read instead, and no other", (sql) => {
  const openOne = () => ({ name: "one" });
  const openTwo = () => ({ name: "two" });
  const instead = new Map([[openOne, { name: "instead" }]]);
  const readers = openReaders({ sql }, instead);
  assertEquals([readers(openOne).name, readers(openTwo).name], ["instead", "two"]);
  assertEquals(instead.size, 1);
});
