import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { sortByDependencies } from "../../src/projections/sort_by_dependencies.ts";
import { projection, type TableDeclaration } from "../../src/projections/projection.ts";

const model = (name: string, declared: Partial<TableDeclaration>) =>
  projection(name, { tables: [], ...declared }, []);

const namesOf = (...models: ReturnType<typeof model>[]) =>
  sortByDependencies(models).map(({ name }) => name).join(" ");

const owner = model("owner", { tables: ["cards", "scans"] });
const changer = model("changer", { tables: ["changes"], changes: ["cards"] });
const reader = model("reader", { tables: ["lists"], reads: ["cards"] });
const farther = model("farther", { reads: ["lists"] });
const aside = model("aside", { tables: ["languages"] });

Deno.test("a table's owner goes first, then who changes it, then who reads it", () => {
  assertEquals(namesOf(farther, reader, changer, owner), "owner changer reader farther");
  assertEquals(namesOf(reader, owner), "owner reader");
});

Deno.test("order is that of the list where no table decides it", () => {
  assertEquals(namesOf(aside, owner, changer, reader), "aside owner changer reader");
  assertEquals(namesOf(owner, reader, aside, changer), "owner aside changer reader");
  const other = model("other", { changes: ["cards"] });
  assertEquals(namesOf(other, changer, owner), "owner other changer");
  assertEquals(namesOf(changer, other, owner), "owner changer other");
});

Deno.test("order keeps to the tables however the models are listed, and stays as it is", () => {
  const models = [owner, changer, reader, farther, aside];
  fc.assert(fc.property(fc.shuffledSubarray(models, { minLength: models.length }), (listed) => {
    const ordered = sortByDependencies(listed);
    assertEquals(ordered.filter((one) => one !== aside), [owner, changer, reader, farther]);
    assertEquals(sortByDependencies(listed), ordered);
    assertEquals(sortByDependencies(ordered), ordered);
  }));
});

Deno.test("circle is refused, and those in it are named", () => {
  const one = model("one", { tables: ["a"], reads: ["b"] });
  const two = model("two", { tables: ["b"], reads: ["c"] });
  const three = model("three", { tables: ["c"], reads: ["a"] });
  assertThrows(
    () => sortByDependencies([model("waiting", { reads: ["a"] }), owner, one, two, three]),
    Error,
    "Cannot order read models: each waits for the next in one → two → three → one",
  );
  assertThrows(
    () => sortByDependencies([model("narcissus", { tables: ["a"], reads: ["a"] })]),
    Error,
    "narcissus → narcissus",
  );
});

Deno.test("table that nobody owns is refused, whether it is read or changed", () => {
  const message = "Cannot order read models: changer names cards, which nobody owns";
  assertThrows(() => sortByDependencies([aside, changer]), Error, message);
  assertThrows(() => sortByDependencies([reader]), Error, "reader names cards, which nobody owns");
});

Deno.test("table with two owners is refused", () => {
  assertThrows(
    () => sortByDependencies([owner, aside, model("usurper", { tables: ["scans"] })]),
    Error,
    "Cannot order read models: owner and usurper both own scans",
  );
});
