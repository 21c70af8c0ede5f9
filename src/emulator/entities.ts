/** Text as Telegram keeps it: markup parsed, ends trimmed, commands and links marked. */
import type { MessageEntity } from "grammy/types";
import { type Formatted, parseHtml } from "./html.ts";
import { badRequest, notEmulated } from "./refusal.ts";

/** The text that a bot sends. Throws a `Refusal` when markup or entities are wrong. */
export function formatText(
  source: string,
  parse_mode: unknown,
  given: readonly MessageEntity[] | undefined,
): Formatted {
  const mode = typeof parse_mode === "string" ? parse_mode.toLowerCase() : "";
  if (mode === "markdownv2" || mode === "markdown") throw notEmulated("parse mode Markdown");
  if (mode !== "" && mode !== "html") throw badRequest("unsupported parse_mode");
  if (mode === "html") return finish(parseHtml(source));
  return finish({ text: source, entities: checked(source, given ?? []) });
}

/** The text that a person types: no markup, only what Telegram marks by itself. */
export function plainText(source: string): Formatted {
  return finish({ text: source, entities: [] });
}

function finish(formatted: Formatted): Formatted {
  const { text, entities } = trimmed(formatted);
  const found = automatic(text).filter((auto) => !entities.some((e) => forbids(e, auto)));
  const all = [...entities, ...found];
  all.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities: all };
}

function trimmed({ text, entities }: Formatted): Formatted {
  const shorter = text.trim();
  if (shorter.length === text.length) return { text, entities };
  const start = text.length - text.trimStart().length;
  const moved = entities.map((entity) => {
    const from = Math.max(0, entity.offset - start);
    const to = Math.min(shorter.length, entity.offset + entity.length - start);
    return { ...entity, offset: from, length: to - from };
  });
  return { text: shorter, entities: moved.filter((entity) => entity.length > 0) };
}

/** Bounds that Telegram refuses, in its words. */
function checked(text: string, entities: readonly MessageEntity[]): MessageEntity[] {
  for (const { offset, length } of entities) {
    if (!(offset >= 0)) throw badRequest(`receive an entity with incorrect offset ${offset}`);
    if (!(length >= 0)) throw badRequest(`receive an entity with incorrect length ${length}`);
    if (offset + length > text.length) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${offset} ends after the end of the text ` +
          `at UTF-16 offset ${offset + length}`,
      );
    }
  }
  return entities.filter((entity) => entity.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
}

const url = new RegExp(
  String.raw`(?<![\p{L}\p{N}_@.])(?:https?:\/\/[^\s<>"]+|` +
    String.raw`(?:[a-z0-9-]+\.)+(?:com|org|net|me|ru|dev|io|app)(?![\p{L}\p{N}])` +
    String.raw`(?:[/?#][^\s<>"]*)?)`,
  "giu",
);
const mention = /(?<![\p{L}\p{N}_@/])@[a-zA-Z0-9_]{3,32}(?![a-zA-Z0-9_])/gu;
const command =
  /(?<![\p{L}\p{N}_/<>])\/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\p{L}\p{N}_/<>])/gu;

function automatic(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  const add = (type: "url" | "mention" | "bot_command", offset: number, length: number) => {
    if (!found.some((e) => overlaps(e, { offset, length }))) found.push({ type, offset, length });
  };
  for (const match of text.matchAll(url)) {
    // A full stop or a bracket after a link is the sentence's, not the link's.
    add("url", match.index, match[0].replace(/[.,:;!?)\]}'"]+$/, "").length);
  }
  for (const match of text.matchAll(mention)) add("mention", match.index, match[0].length);
  for (const match of text.matchAll(command)) add("bot_command", match.index, match[0].length);
  return found;
}

const exclusive = new Set(["code", "pre", "text_link", "url", "mention", "bot_command"]);

function forbids(entity: MessageEntity, auto: MessageEntity): boolean {
  return exclusive.has(entity.type) && overlaps(entity, auto);
}

type Span = { offset: number; length: number };

function overlaps(a: Span, b: Span): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
