/** Telegram's HTML markup → plain text and entities with UTF-16 offsets, or its refusal. */
import type { MessageEntity } from "grammy/types";
import { badRequest } from "../model/refusal.ts";
import { linkEntity, timeEntity } from "./link_entity.ts";

/** A text and what of it is marked, offsets and lengths in UTF-16 units. */
export interface Formatted {
  text: string;
  entities: MessageEntity[];
}

interface OpenTag {
  name: string;
  attributes: Map<string, string>;
  /** Where its text begins, in UTF-16 units of the result. */
  from: number;
  /** Where its `<` stands, in UTF-16 units of the source. */
  at: number;
}

/** Throws a `Refusal` that starts with "Bad Request: can't parse entities". */
export function parseHtml(source: string): Formatted {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    if (source[at] === "&") {
      const [decoded, width] = character(source, at);
      text += decoded;
      at += width;
    } else if (source[at] !== "<") {
      text += source[at++];
    } else if (source[at + 1] === "/") {
      at = closeTag(source, at, open, text, entities);
    } else {
      const tag = startTag(source, at);
      open.push({ ...tag, from: text.length, at });
      at = tag.end;
    }
  }
  const last = open.at(-1);
  if (last !== undefined) {
    refuse(`Can't find end tag corresponding to start tag "${last.name}"`);
  }
  return { text, entities };
}

const singleEntities: Record<string, MessageEntity.CommonMessageEntity["type"]> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
  span: "spoiler",
  code: "code",
};

const supported = new Set([
  ...Object.keys(singleEntities),
  "a",
  "pre",
  "blockquote",
  "tg-emoji",
  "tg-time",
]);

function startTag(source: string, at: number) {
  const name = /^[^\s>/]*/.exec(source.slice(at + 1))?.[0].toLowerCase() ?? "";
  let end = at + 1 + name.length;
  if (end >= source.length) refuse(`Unclosed start tag at byte offset ${bytes(source, at)}`);
  if (!supported.has(name)) {
    refuse(`Unsupported start tag "${name}" at byte offset ${bytes(source, at)}`);
  }
  const attributes = new Map<string, string>();
  const attribute = /\s*([^\s=>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-zA-Z0-9.-]+)))?/y;
  while (true) {
    attribute.lastIndex = end;
    const found = attribute.exec(source);
    if (found === null) break;
    const value = found[2] ?? found[3] ?? found[4] ?? "";
    attributes.set((found[1] ?? "").toLowerCase(), decode(value));
    end = attribute.lastIndex;
  }
  const closing = /\s*>/y;
  closing.lastIndex = end;
  if (!closing.test(source)) refuse(`Unclosed start tag at byte offset ${bytes(source, at)}`);
  if (name === "span" && attributes.get("class") !== "tg-spoiler") {
    refuse(`Tag "span" must have class "tg-spoiler" at byte offset ${bytes(source, at)}`);
  }
  return { name, attributes, end: closing.lastIndex };
}

/** Answers where the source goes on. */
function closeTag(
  source: string,
  at: number,
  open: OpenTag[],
  text: string,
  entities: MessageEntity[],
): number {
  const found = /^<\/([^\s>]*)\s*>/.exec(source.slice(at));
  const tag = open.pop();
  if (tag === undefined) refuse(`Unexpected end tag at byte offset ${bytes(source, at)}`);
  if (found === null) refuse(`Unclosed end tag at byte offset ${bytes(source, at)}`);
  const name = (found[1] ?? "").toLowerCase();
  if (name !== "" && name !== tag.name) {
    refuse(
      `Unmatched end tag at byte offset ${bytes(source, at)}, expected "</${tag.name}>", ` +
        `found "</${name}>"`,
    );
  }
  const length = text.length - tag.from;
  const entity = length === 0 ? undefined : entityOf(tag, text.slice(tag.from), entities, open);
  if (entity !== undefined) entities.push(entity);
  return at + found[0].length;
}

function entityOf(
  tag: OpenTag,
  content: string,
  entities: MessageEntity[],
  open: readonly OpenTag[],
): MessageEntity | undefined {
  const span = { offset: tag.from, length: content.length };
  const plain = singleEntities[tag.name];
  switch (tag.name) {
    case "a":
      return linkEntity(tag.attributes.get("href") ?? content, span);
    case "blockquote": {
      const type = tag.attributes.has("expandable") ? "expandable_blockquote" : "blockquote";
      return { type, ...span };
    }
    case "tg-emoji": {
      const custom_emoji_id = tag.attributes.get("emoji-id");
      if (custom_emoji_id === undefined) refuse("Custom emoji identifier is not specified");
      return { type: "custom_emoji", ...span, custom_emoji_id };
    }
    case "tg-time":
      return timeEntity(tag.attributes.get("unix"), tag.attributes.get("format"), span);
    case "pre":
      return preOf(span, entities);
    case "code": {
      const language = /^language-(.+)$/.exec(tag.attributes.get("class") ?? "")?.[1];
      // `<pre><code class="language-x">` is one entity: the outer tag finds this one and takes it.
      if (language !== undefined && open.at(-1)?.name === "pre") {
        return { type: "pre", ...span, language };
      }
      return { type: "code", ...span };
    }
    default:
      return plain === undefined ? undefined : { type: plain, ...span };
  }
}

function preOf(span: { offset: number; length: number }, entities: MessageEntity[]): MessageEntity {
  const inner = entities.at(-1);
  const same = inner?.offset === span.offset && inner.length === span.length;
  if (inner?.type !== "pre" || !same) return { type: "pre", ...span };
  entities.pop();
  return inner;
}

const named: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** The character that an `&…;` at this place stands for, and how much of the source it takes. */
function character(source: string, at: number): [string, number] {
  const found = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot));?/i
    .exec(source.slice(at, at + 12));
  if (found === null) return ["&", 1];
  const code = found[1] !== undefined ? Number(found[1]) : parseInt(found[2] ?? "", 16);
  if (found[3] !== undefined) return [named[found[3].toLowerCase()] ?? "&", found[0].length];
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? [String.fromCodePoint(code), found[0].length] : ["&", 1];
}

function decode(value: string): string {
  return value.replace(/&[^&]{1,11}/g, (match) => {
    const [decoded, width] = character(match, 0);
    return decoded + match.slice(width);
  });
}

function bytes(source: string, at: number): number {
  return new TextEncoder().encode(source.slice(0, at)).length;
}

function refuse(reason: string): never {
  throw badRequest(`can't parse entities: ${reason}`);
}
