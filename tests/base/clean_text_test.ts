import { assertEquals } from "@std/assert";
import { cutText, shortenText } from "../../src/base/clean_text.ts";

Deno.test("text that is shortened says so, and stays within its length", () => {
  assertEquals(shortenText("ровно", 5), "ровно");
  assertEquals(shortenText("длиннее", 5), "длин…");
  assertEquals(shortenText("два слова", 5), "два…");
  assertEquals(shortenText("ab🦊🦊", 5), "ab🦊…");
  assertEquals(shortenText("abc🦊🦊", 5), "abc…");
  assertEquals(cutText("abc🦊🦊", 4), "abc");
});
