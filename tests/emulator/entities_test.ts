import { type Formatted, Refusal } from "@amanita/emulator";
import fc from "fast-check";
import type { MessageEntity } from "grammy/types";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { formatText, plainText } from "../../src/emulator/text/entities.ts";
import { renderHtml, renderMarkdown } from "./render_markup.ts";

const parse = (source: string, mode?: string, given?: MessageEntity[]) =>
  formatText(source, mode, given);

/** A text with the marks of all languages, so that chance meets markup, links and emoji. */
const scraps = fc.array(
  fc.constantFrom(
    ..."*_~|`[]()>!\\<&;:/.,-#$@ \n",
    ...["a", "б", "😀", "👩‍🚀", "BTC", "__", "||", "```", "\n>", "**", "org", "http://", "e.org"],
    ...["<b>", "</b>", "<i>", "</i>", "</>", "<code>", "<pre>", "<blockquote>", "</blockquote>"],
    ...["<a href='e.org'>", "</a>", "&lt;", "&#128512;", "](http://e.org)", "tg://emoji?id=5)"],
  ),
  { maxLength: 30 },
).map((parts) => parts.join(""));

/** MarkdownV2 that is accepted, for chance alone seldom finds some. */
const documents = fc.letrec<{ whole: string; part: string; word: string }>((tie) => ({
  word: fc.constantFrom("a", "б в", "😀", "\\*", "\\_x", "\n", "\n>", " ", "e\\.org", "\\#tag"),
  part: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("word"),
    ...[["*", "*"], ["_", "_**"], ["__", "__"], ["~", "~"], ["||", "||**"], ["`", "`"]].map(
      ([begin, end]) => tie("whole").map((inside) => `${begin}${inside}${end}`),
    ),
    tie("whole").map((inside) => "```js\n" + inside + "```"),
    tie("whole").map((inside) => `[${inside}](http://e.org/\\))`),
    tie("whole").map((inside) => `![${inside}](tg://emoji?id=5)`),
    tie("word").map((inside) => `\n**>${inside}\n`),
    tie("word").map((inside) => `\n**>${inside}||\n`),
  ),
  whole: fc.array(tie("part"), { maxLength: 4 }).map((parts) => parts.join("")),
})).whole;

const kinds = ["bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre"] as const;
const spans = fc.array(
  fc.record({
    type: fc.constantFrom(...kinds, "blockquote", "expandable_blockquote"),
    offset: fc.nat(30),
    length: fc.nat(30),
  }),
  { maxLength: 8 },
) as fc.Arbitrary<MessageEntity[]>;

/** undefined when it is refused; anything but a refusal fails. */
function parsed(source: string, mode: string | undefined, given?: MessageEntity[]) {
  try {
    return parse(source, mode, given);
  } catch (error) {
    if (error instanceof Refusal && error.code === 400) return undefined;
    throw error;
  }
}

function assertSound({ text, entities }: Formatted): void {
  const split = (at: number) =>
    /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
  for (const [i, { offset, length }] of entities.entries()) {
    const end = offset + length;
    assert(offset >= 0 && length > 0 && end <= text.length, "an entity lies outside the text");
    assert(!split(offset) && !split(end), "an entity splits a character");
    for (const other of entities.slice(i + 1)) {
      assert(other.offset >= offset, "entities are out of order");
      const apart = other.offset >= end;
      assert(apart || other.offset + other.length <= end, "entities cross");
    }
  }
}

for (const mode of ["HTML", "MarkdownV2", "Markdown", undefined]) {
  Deno.test(`any text gives sound entities or a refusal, parse mode ${mode ?? "none"}`, () => {
    fc.assert(
      fc.property(scraps, (source) => {
        const found = parsed(source, mode);
        if (found !== undefined) assertSound(found);
      }),
      { numRuns: 3000 },
    );
  });
}

Deno.test("given entities of any kind are put in order, or refused", () => {
  fc.assert(
    fc.property(scraps, spans, (source, given) => {
      const found = parsed(source, undefined, given);
      if (found !== undefined) assertSound(found);
    }),
    { numRuns: 3000 },
  );
});

Deno.test("what HTML gave, written as HTML again, gives the same", () => {
  fc.assert(
    fc.property(scraps, spans, (source, given) => {
      for (const found of [parsed(source, "HTML"), parsed(source, undefined, given)]) {
        if (found !== undefined) assertEquals(parse(renderHtml(found), "HTML"), found);
      }
    }),
    { numRuns: 3000 },
  );
});

Deno.test("what MarkdownV2 gave, written as MarkdownV2 again, gives the same", () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(scraps, documents), (source) => {
      const found = parsed(source, "MarkdownV2");
      if (found === undefined) return;
      accepted++;
      assertSound(found);
      assertEquals(parse(renderMarkdown(found), "MarkdownV2"), found);
      assertEquals(parse(renderHtml(found), "HTML"), found);
    }),
    { numRuns: 5000 },
  );
  assert(accepted > 1000, `only ${accepted} texts were accepted`);
});

Deno.test("styles that cross are split, code stays whole", () => {
  assertEquals(
    parse("0123456789", undefined, [
      { type: "bold", offset: 0, length: 5 },
      { type: "italic", offset: 3, length: 5 },
      { type: "code", offset: 7, length: 3 },
    ]).entities,
    [
      { type: "bold", offset: 0, length: 5 },
      { type: "italic", offset: 3, length: 2 },
      { type: "italic", offset: 5, length: 2 },
      { type: "code", offset: 7, length: 3 },
    ],
  );
});

Deno.test("an entity may not begin or end inside a character", () => {
  const bold = (offset: number, length: number) =>
    assertThrows(() => parse("a😀b", undefined, [{ type: "bold", offset, length }]), Refusal)
      .message;
  assertEquals(
    bold(2, 2),
    "Bad Request: entity beginning at UTF-16 offset 2 starts in a middle of a UTF-16 symbol " +
      "at UTF-16 offset 2",
  );
  assertEquals(
    bold(0, 2),
    "Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol " +
      "at UTF-16 offset 2",
  );
});

Deno.test("what people type is marked by itself", () => {
  const marked = (text: string) =>
    plainText(text).entities.map(({ type, offset, length }) =>
      `${type} ${text.slice(offset, offset + length)}`
    );
  assertEquals(marked("write to a.b+c@e.org, #Мухомор #1 $BTC $btc @anna #a#b"), [
    "email a.b+c@e.org",
    "hashtag #Мухомор",
    "cashtag $BTC",
    "mention @anna",
  ]);
  assertEquals(marked("see (e.org/a_(b)) or example.рф/x?y=1. not main.ts, a.b or 1.5"), [
    "url e.org/a_(b)",
    "url example.рф/x?y=1",
  ]);
  assertEquals(marked("http://10.0.0.1:8080/x и https://t.me/@anna"), [
    "url http://10.0.0.1:8080/x",
    "url https://t.me/@anna",
  ]);
});
