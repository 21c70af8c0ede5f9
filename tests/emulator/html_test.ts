import { Refusal } from "@amanita/emulator";
import { assertEquals, assertThrows } from "@std/assert";
import { formatText, plainText } from "../../src/emulator/text/entities.ts";

const html = (source: string) => formatText(source, "HTML", undefined);

function refuses(source: string, reason: string): void {
  const error = assertThrows(() => html(source), Refusal);
  assertEquals(error.message, `Bad Request: can't parse entities: ${reason}`);
}

Deno.test("HTML gives nested entities with UTF-16 offsets", () => {
  assertEquals(html("😀<b>жир <i>оба</i></b>"), {
    text: "😀жир оба",
    entities: [
      { type: "bold", offset: 2, length: 7 },
      { type: "italic", offset: 6, length: 3 },
    ],
  });
});

Deno.test("HTML knows every tag that Telegram knows", () => {
  const source = "<strong>a</strong><em>b</em><ins>c</ins><strike>d</strike><del>e</del>" +
    '<span class="tg-spoiler">f</span><tg-spoiler>g</tg-spoiler><code>h</code><pre>i</pre>' +
    "<blockquote>j</blockquote><blockquote expandable>k</blockquote>" +
    '<tg-emoji emoji-id="5">l</tg-emoji>';
  assertEquals(html(source).entities.map(({ type }) => type), [
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "strikethrough",
    "spoiler",
    "spoiler",
    "code",
    "pre",
    "blockquote",
    "expandable_blockquote",
    "custom_emoji",
  ]);
});

Deno.test("HTML decodes the four names and numbers, and leaves other ampersands", () => {
  const source = "&lt;&gt;&amp;&quot;&#1078;&#x436; &nbsp; & &#0;";
  assertEquals(html(source), { text: '<>&"жж &nbsp; & &#0;', entities: [] });
});

Deno.test("HTML links carry their address", () => {
  assertEquals(html('<a href="https://example.org?a=1&amp;b=2">x</a>').entities, [
    { type: "text_link", offset: 0, length: 1, url: "https://example.org?a=1&b=2" },
  ]);
  assertEquals(html("<a href='example.org'>x</a>").entities, [
    { type: "text_link", offset: 0, length: 1, url: "http://example.org/" },
  ]);
  assertEquals(html("<a>no link</a>").entities, []);
});

Deno.test("HTML code inside pre names its language", () => {
  const source = '<pre><code class="language-ts">let a;</code></pre>';
  assertEquals(html(source).entities, [{ type: "pre", offset: 0, length: 6, language: "ts" }]);
});

Deno.test("HTML refuses wrong markup with the byte it stands at", () => {
  refuses("<b>open", `Can't find end tag corresponding to start tag "b"`);
  refuses("жж<x>y</x>", `Unsupported start tag "x" at byte offset 4`);
  refuses("1 < 2", `Unsupported start tag "" at byte offset 2`);
  refuses("a</b>", "Unexpected end tag at byte offset 1");
  refuses("<b>a</i>", `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`);
  refuses("<b", "Unclosed start tag at byte offset 0");
  refuses('<a href="x', "Unclosed start tag at byte offset 0");
  refuses("<b>a</b", "Unclosed end tag at byte offset 4");
  refuses("<span>a</span>", `Tag "span" must have class "tg-spoiler" at byte offset 0`);
});

Deno.test("text loses the blanks around it, and entities move along", () => {
  assertEquals(html(" \n<b> a </b> "), {
    text: "a",
    entities: [{ type: "bold", offset: 0, length: 1 }],
  });
});

Deno.test("commands, links and mentions are marked by themselves", () => {
  const found = (text: string) =>
    plainText(text).entities.map(({ type, offset, length }) => [
      type,
      text.slice(offset, offset + length),
    ]);
  assertEquals(found("/start v_1 и /help@a_bot, но не a/b и /не"), [
    ["bot_command", "/start"],
    ["bot_command", "/help@a_bot"],
  ]);
  assertEquals(found("t.me/x?start=1, (https://a.example/б/). @anna a@b.c file.txt"), [
    ["url", "t.me/x?start=1"],
    ["url", "https://a.example/б/"],
    ["mention", "@anna"],
  ]);
});

Deno.test("text in code is not marked by itself", () => {
  assertEquals(html("<code>/start</code>").entities.map(({ type }) => type), ["code"]);
});

Deno.test("given entities must lie inside the text", () => {
  const bold = (offset: number, length: number) =>
    formatText("abc", undefined, [{ type: "bold", offset, length }]);
  assertEquals(bold(1, 2).entities, [{ type: "bold", offset: 1, length: 2 }]);
  assertThrows(() => bold(2, 2), Refusal, "ends after the end of the text");
  assertThrows(() => bold(-1, 2), Refusal, "receive an entity with incorrect offset -1");
});
