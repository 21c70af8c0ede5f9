import { assert, assertEquals } from "@std/assert";
import { chanceOf } from "./chance.ts";

Deno.test("chance of a seed is even between its bounds and the same each time", () => {
  const counts = new Array(8).fill(0);
  const chance = chanceOf("amanita");
  for (let i = 0; i < 8000; i++) counts[Math.floor(chance.between(0, 8))] += 1;
  for (const count of counts) assert(Math.abs(count - 1000) < 150, `expected 1000, found ${count}`);
  assertEquals(chanceOf("a").between(0, 1), chanceOf("a").between(0, 1));
});
