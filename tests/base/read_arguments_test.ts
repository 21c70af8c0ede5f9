import { assertEquals, assertThrows } from "@std/assert";
import { readArguments, readCount } from "../../src/base/read_arguments.ts";

const options = { to: { type: "string" }, all: { type: "boolean" } } as const;
const read = (...args: string[]) => readArguments({ args, options, allowPositionals: true });

Deno.test("command line is read into options and words", () => {
  const found = read("one", "--to", "5", "--all", "two");
  if (typeof found === "string") throw new Error(found);
  assertEquals({ ...found.values }, { to: "5", all: true });
  assertEquals(found.positionals, ["one", "two"]);
});

Deno.test("command line that cannot be read is refused in one line that names what is wrong", () => {
  assertEquals(read("--al"), "Unknown option '--al'.");
  assertEquals(read("--to"), "Option '--to <value>' argument missing.");
  assertEquals(read("--to", "--all"), "Option '--to' argument is ambiguous.");
  assertEquals(read("--all=3"), "Option '--all' does not take an argument.");
  assertEquals(readArguments({ args: ["one"], options }), "Unexpected argument 'one'.");
});

Deno.test("options that are no options are a defect, and no refusal", () => {
  const wrong = { to: { type: "string", short: "too long" } } as const;
  assertThrows(() => readArguments({ args: [], options: wrong }), TypeError, "short");
});

Deno.test("count is a whole number that is large enough", () => {
  const texts = ["7", "0", "-1", "1.5", "1e3", " 1", "", "9".repeat(16)];
  assertEquals(texts.map((text) => readCount(text)), [7, ...new Array(7).fill(null)]);
  assertEquals(readCount("0", 0), 0);
});
