/** Entities written as markup again: what a test compares with what was parsed. */
import type { Formatted } from "@amanita/emulator";
import type { MessageEntity } from "grammy/types";

/** HTML that gives this text and these entities. */
export function renderHtml({ text, entities }: Formatted): string {
  return render(text, entities, escapeHtml, htmlMarks, () => "");
}

/** MarkdownV2 that gives this text and these entities, if it can: quotes must fill their lines. */
export function renderMarkdown({ text, entities }: Formatted): string {
  return render(text, entities, escapeMarkdown, markdownMarks, apart);
}

type Marks = (entity: MessageEntity) => [string, string];

function render(
  text: string,
  entities: readonly MessageEntity[],
  escape: (text: string, around: readonly MessageEntity[]) => string,
  marks: Marks,
  between: (open: readonly MessageEntity[]) => string,
): string {
  const open: MessageEntity[] = [];
  const waiting = [...entities];
  let markup = "";
  const write = (mark: string, always: boolean) => {
    if (always || (markup.endsWith("_") && mark.startsWith("_"))) markup += between(open);
    markup += mark;
  };
  for (let at = 0; at <= text.length; at++) {
    for (let last = open.at(-1); last && endOf(last) === at; last = open.at(-1)) {
      write(marks(last)[1], false);
      open.pop();
    }
    for (let next = waiting[0]; next?.offset === at; next = waiting[0]) {
      waiting.shift();
      write(marks(next)[0], isQuote(next));
      open.push(next);
    }
    markup += escape(text.charAt(at), open);
  }
  return markup;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function escapeMarkdown(text: string, around: readonly MessageEntity[]): string {
  if (around.some(isCode)) return text.replace(/[`\\]/, "\\$&");
  if (text === "\n" && around.some(isQuote)) return "\n>";
  return text.replace(/[_*[\]()~`>#+\-=|{}.!\\]/, "\\$&");
}

/** An empty part between marks keeps `_` and `__` apart, and one quote from the next. */
function apart(open: readonly MessageEntity[]): string {
  const pairs = [["bold", "**"], ["strikethrough", "~~"], ["spoiler", "||||"], ["code", "``"]];
  return pairs.find(([type]) => !open.some((entity) => entity.type === type))?.[1] ?? "";
}

function htmlMarks(entity: MessageEntity): [string, string] {
  switch (entity.type) {
    case "bold":
      return ["<b>", "</b>"];
    case "italic":
      return ["<i>", "</i>"];
    case "underline":
      return ["<u>", "</u>"];
    case "strikethrough":
      return ["<s>", "</s>"];
    case "spoiler":
      return ["<tg-spoiler>", "</tg-spoiler>"];
    case "code":
      return ["<code>", "</code>"];
    case "pre":
      return entity.language === undefined ? ["<pre>", "</pre>"] : [
        `<pre><code class="language-${escapeHtml(entity.language)}">`,
        "</code></pre>",
      ];
    case "blockquote":
      return ["<blockquote>", "</blockquote>"];
    case "expandable_blockquote":
      return ["<blockquote expandable>", "</blockquote>"];
    case "text_link":
      return [`<a href="${escapeHtml(entity.url)}">`, "</a>"];
    case "text_mention":
      return [`<a href="tg://user?id=${entity.user.id}">`, "</a>"];
    case "custom_emoji":
      return [`<tg-emoji emoji-id="${entity.custom_emoji_id}">`, "</tg-emoji>"];
    default:
      return ["", ""];
  }
}

function markdownMarks(entity: MessageEntity): [string, string] {
  const escaped = (url: string) => url.replace(/[\\)]/g, "\\$&");
  switch (entity.type) {
    case "bold":
      return ["*", "*"];
    case "italic":
      return ["_", "_"];
    case "underline":
      return ["__", "__"];
    case "strikethrough":
      return ["~", "~"];
    case "spoiler":
      return ["||", "||"];
    case "code":
      return ["`", "`"];
    case "pre":
      return ["```" + (entity.language ?? "") + "\n", "```"];
    case "blockquote":
      return [">", ""];
    case "expandable_blockquote":
      return [">", "||"];
    case "text_link":
      return ["[", `](${escaped(entity.url)})`];
    case "text_mention":
      return ["[", `](tg://user?id=${entity.user.id})`];
    case "custom_emoji":
      return ["![", `](tg://emoji?id=${entity.custom_emoji_id})`];
    default:
      return ["", ""];
  }
}

function endOf({ offset, length }: MessageEntity): number {
  return offset + length;
}

function isCode({ type }: MessageEntity): boolean {
  return type === "code" || type === "pre";
}

function isQuote({ type }: MessageEntity): boolean {
  return type === "blockquote" || type === "expandable_blockquote";
}
