import { assertEquals } from "@std/assert";
import { readStat } from "./process_cost.ts";

Deno.test("time of a process is read past a name with spaces and brackets", () => {
  const before = "4242 (a b) c) S 17 4242 4242 0 -1 4194304 100 0 0 0";
  assertEquals(readStat(`${before} 12 3 4 1 20 0 1 0`), { parent: 17, own_ms: 150, ended_ms: 50 });
});
