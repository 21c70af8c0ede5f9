import { assertEquals, assertStringIncludes } from "@std/assert";
import { readWishes } from "./wishes.ts";

const refused = (...args: string[]) => {
  const read = readWishes(args, ["kills", "crowd"]);
  return "print" in read ? read : { code: null, print: "" };
};

Deno.test("storm that is asked for wrongly is refused, and what is wrong is named", () => {
  const wrong = [
    [["--kils", "5"], "Unknown option '--kils'."],
    [["--only", "crowd,flood"], "There is no storm flood."],
    [["--kills", "many"], "Option '--kills' takes a whole number, not 'many'."],
    [["crowd"], "Unexpected argument 'crowd'."],
  ] as const;
  for (const [args, sentence] of wrong) {
    const { code, print } = refused(...args);
    assertEquals([code, print.split("\n")[0]], [64, sentence]);
  }
  const { code, print } = refused("--help");
  assertEquals(code, 0);
  assertStringIncludes(print, "deno task storm");
});
