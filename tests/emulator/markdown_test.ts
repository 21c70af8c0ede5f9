import { Refusal } from "@amanita/emulator";
import { assertEquals, assertThrows } from "@std/assert";
import { formatText } from "../../src/emulator/text/entities.ts";

const markdown = (source: string, mode = "MarkdownV2") => formatText(source, mode, undefined);

/** Each entity with the text it covers. */
function marked(source: string, mode?: string): string[] {
  const { text, entities } = markdown(source, mode);
  return entities.map(({ type, offset, length }) =>
    `${type} ${text.slice(offset, offset + length)}`
  );
}

function refuses(source: string, reason: string, mode?: string): void {
  const error = assertThrows(() => markdown(source, mode), Refusal);
  assertEquals(error.message, `Bad Request: can't parse entities: ${reason}`);
}

Deno.test("MarkdownV2 knows every mark that Telegram knows", () => {
  assertEquals(marked("*a* _b_ __c__ ~d~ ||e|| `f` [g](http://g.org/) ![h](tg://emoji?id=5)"), [
    "bold a",
    "italic b",
    "underline c",
    "strikethrough d",
    "spoiler e",
    "code f",
    "text_link g",
    "custom_emoji h",
  ]);
});

Deno.test("MarkdownV2 nests, with UTF-16 offsets", () => {
  assertEquals(markdown("😀*жир _оба ~все~_*"), {
    text: "😀жир оба все",
    entities: [
      { type: "bold", offset: 2, length: 11 },
      { type: "italic", offset: 6, length: 7 },
      { type: "strikethrough", offset: 10, length: 3 },
    ],
  });
  // Two underscores are always one mark: an empty bold part keeps them from the third.
  assertEquals(marked("___both_**__"), ["italic both", "underline both"]);
  refuses("___both___", "Can't find end of Italic entity at byte offset 9");
});

Deno.test("MarkdownV2 takes an escaped mark as the character", () => {
  assertEquals(markdown("1\\. \\*a\\* \\\\ \\_").text, "1. *a* \\ _");
  assertEquals(markdown("`a\\`b*c`").text, "a`b*c");
  assertEquals(markdown("[a](http://a.org/x\\)y)").entities, [
    { type: "text_link", offset: 0, length: 1, url: "http://a.org/x)y" },
  ]);
});

Deno.test("MarkdownV2 code blocks may name their language", () => {
  assertEquals(markdown("```ts\nlet a;\n```").entities, [
    { type: "pre", offset: 0, length: 6, language: "ts" },
  ]);
  assertEquals(markdown("```\nlet a;```").entities, [{ type: "pre", offset: 0, length: 6 }]);
});

Deno.test("MarkdownV2 quotes go on while lines begin with their mark", () => {
  assertEquals(marked(">a\n>*b*\nc\n**>d\n>e||"), [
    "blockquote a\nb",
    "bold b",
    "expandable_blockquote d\ne",
  ]);
});

Deno.test("MarkdownV2 names people and moments", () => {
  const anna = { id: 7, is_bot: false, first_name: "Анна" };
  const { entities } = formatText(
    "[a](tg://user?id=7) [b](tg://user?id=8) ![c](tg://time?unix=9&format=wD)",
    "markdownv2",
    undefined,
    (id) => id === 7 ? anna : undefined,
  );
  assertEquals(entities, [
    { type: "text_mention", offset: 0, length: 1, user: anna },
    { type: "date_time", offset: 4, length: 1, unix_time: 9, date_time_format: "wD" },
  ]);
});

Deno.test("MarkdownV2 refuses wrong markup with the byte it stands at", () => {
  refuses("a.", "Character '.' is reserved and must be escaped with the preceding '\\'");
  refuses("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'");
  refuses("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'");
  refuses("жж*a", "Can't find end of Bold entity at byte offset 4");
  refuses("_a", "Can't find end of Italic entity at byte offset 0");
  refuses("__a", "Can't find end of Underline entity at byte offset 0");
  refuses("||a", "Can't find end of Spoiler entity at byte offset 0");
  refuses("```a", "Can't find end of Pre entity at byte offset 0");
  refuses("[a", "Can't find end of TextUrl entity at byte offset 0");
  refuses("[a](http://a.org", "Can't find end of a URL at byte offset 4");
  refuses(">*a\nb", "Can't find end of Bold entity at byte offset 1");
  refuses("![a]", "Custom emoji entity must contain a tg://emoji URL");
});

Deno.test("the first Markdown does not nest", () => {
  assertEquals(marked("*a _b_* `c` [d](http://d.org) \\_ ```js\ne```", "Markdown"), [
    "bold a _b_",
    "code c",
    "text_link d",
    "pre e",
  ]);
  refuses("ж*a", "Can't find end of the entity starting at byte offset 2", "Markdown");
});

Deno.test("an unknown parse mode is refused", () => {
  const error = assertThrows(() => markdown("a", "BBCode"), Refusal);
  assertEquals(error.message, "Bad Request: unsupported parse_mode");
});
