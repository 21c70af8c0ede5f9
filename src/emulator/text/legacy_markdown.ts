/** Telegram's first Markdown, without nesting → plain text and entities, or its refusal. */
import type { MessageEntity } from "grammy/types";
import { badRequest } from "../model/refusal.ts";
import type { Formatted } from "./html.ts";
import { linkEntity } from "./link_entity.ts";

/** Throws a `Refusal` that starts with "Bad Request: can't parse entities". */
export function parseLegacyMarkdown(source: string): Formatted {
  const entities: MessageEntity[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const escaped = /\\([_*`[])/y;
    escaped.lastIndex = at;
    const character = escaped.exec(source)?.[1];
    if (character !== undefined) {
      text += character;
      at += 2;
    } else if (!"_*`[".includes(source.charAt(at))) {
      text += source.charAt(at++);
    } else {
      const { content, width, entity } = readEntity(source, at, text.length);
      text += content;
      at += width;
      if (content !== "" && entity !== undefined) entities.push(entity);
    }
  }
  return { text, entities };
}

const patterns = {
  _: /_([^_]*)_/y,
  "*": /\*([^*]*)\*/y,
  "`": /`([^`]*)`/y,
  "[": /\[([^\]]*)\](?:\(([^)]*)\)?)?/y,
  "```": /```(?:([^\s`]+)(?=\s))?(?:\r\n|\n\r|\n|\r)?((?:(?!```)[^])*)```/y,
} as const;

function readEntity(source: string, at: number, offset: number) {
  const mark = (source.startsWith("```", at) ? "```" : source.charAt(at)) as keyof typeof patterns;
  const pattern = new RegExp(patterns[mark]);
  pattern.lastIndex = at;
  const found = pattern.exec(source);
  if (found === null) {
    const byte = new TextEncoder().encode(source.slice(0, at)).length;
    throw badRequest(
      `can't parse entities: Can't find end of the entity starting at byte offset ${byte}`,
    );
  }
  const [whole, first = "", second] = found;
  const content = mark === "```" ? second ?? "" : first;
  const span = { offset, length: content.length };
  return { content, width: whole.length, entity: entityOf(mark, span, content, first, second) };
}

function entityOf(
  mark: keyof typeof patterns,
  span: { offset: number; length: number },
  content: string,
  language: string,
  address: string | undefined,
): MessageEntity | undefined {
  switch (mark) {
    case "_":
      return { type: "italic", ...span };
    case "*":
      return { type: "bold", ...span };
    case "`":
      return { type: "code", ...span };
    case "[":
      return linkEntity(address ?? content, span);
    case "```":
      return { type: "pre", ...span, ...language !== "" && { language } };
  }
}
