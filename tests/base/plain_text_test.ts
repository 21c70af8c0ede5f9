import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { plainLine, plainText } from "../../src/base/plain_text.ts";

const STEERING = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u;

Deno.test("plain line steers nothing, whatever it is made of", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !STEERING.test(plainLine(text))));
  assertEquals(
    plainLine("\x1b]0;x\x07\x7f\x9b\u202eabc\u2066"),
    "\\u001b]0;x\\u0007\\u007f\\u009b\\u202eabc\\u2066",
  );
  assertEquals(plainLine("Зимнее море 🌊"), "Зимнее море 🌊");
});

Deno.test("plain line of JSON says the same as before", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const line = JSON.stringify(value);
    assertEquals(JSON.parse(plainLine(line)), JSON.parse(line));
  }));
});

Deno.test("plain text keeps its ends of lines and nothing else", () => {
  assertEquals(plainText("a\nb\r\n\tc"), "a\nb\\u000d\n\\u0009c");
});
