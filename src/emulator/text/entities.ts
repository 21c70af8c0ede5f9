/** Text as Telegram keeps it: markup parsed, ends trimmed, commands and links marked. */
import type { MessageEntity, User } from "grammy/types";
import { badRequest } from "../model/refusal.ts";
import { arrangeEntities, overlap } from "./arrange_entities.ts";
import { automaticEntities } from "./automatic_entities.ts";
import { type Formatted, parseHtml } from "./html.ts";
import { parseLegacyMarkdown } from "./legacy_markdown.ts";
import { linkEntity } from "./link_entity.ts";
import { parseMarkdown } from "./markdown.ts";

/** Finds the person of a mention by id; a mention of somebody unknown is dropped. */
export type FindUser = (id: number) => User | undefined;

/**
 * The text that a bot sends. `parse_mode` wins over `given` entities. Throws a `Refusal` when the
 * markup or the entities are wrong.
 */
export function formatText(
  source: string,
  parse_mode: unknown,
  given: readonly MessageEntity[] | undefined,
  findUser: FindUser = () => undefined,
): Formatted {
  const { text, entities } = parse(source, parse_mode, given);
  return finish({ text, entities: named(entities, findUser) });
}

/** The text that a person types: no markup, only what Telegram marks by itself. */
export function plainText(source: string, given: readonly MessageEntity[] = []): Formatted {
  return finish({ text: source, entities: checked(source, given) });
}

function parse(
  source: string,
  parse_mode: unknown,
  given: readonly MessageEntity[] | undefined,
): Formatted {
  switch (typeof parse_mode === "string" ? parse_mode.toLowerCase() : "") {
    case "":
    case "none":
      return { text: source, entities: checked(source, given ?? []) };
    case "html":
      return parseHtml(source);
    case "markdown":
      return parseLegacyMarkdown(source);
    case "markdownv2":
      return parseMarkdown(source);
    default:
      throw badRequest("unsupported parse_mode");
  }
}

function finish(formatted: Formatted): Formatted {
  const { text, entities } = trimmed(formatted);
  const kept = arrangeEntities(text, entities);
  const found = automaticEntities(text).filter((auto) => !kept.some((e) => forbids(e, auto)));
  return { text, entities: arrangeEntities(text, [...kept, ...found]) };
}

function named(entities: readonly MessageEntity[], findUser: FindUser): MessageEntity[] {
  return entities.flatMap((entity): MessageEntity[] => {
    if (entity.type !== "text_mention") return [entity];
    const user = findUser(entity.user.id);
    return user === undefined ? [] : [{ ...entity, user }];
  });
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

/** What a sender may mark; the rest Telegram marks by itself, and ignores when it is given. */
const given_types: ReadonlySet<string> = new Set([
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "blockquote",
  "expandable_blockquote",
  "code",
  "pre",
  "text_link",
  "text_mention",
  "custom_emoji",
  "date_time",
]);

/** Bounds that Telegram refuses, in its words. */
function checked(text: string, entities: readonly MessageEntity[]): MessageEntity[] {
  for (const { offset, length } of entities) {
    if (!(offset >= 0)) throw badRequest(`receive an entity with incorrect offset ${offset}`);
    if (!(length >= 0)) throw badRequest(`receive an entity with incorrect length ${length}`);
    const end = offset + length;
    if (end > text.length) refuse(offset, "ends after the end of the text", end);
    if (splits(text, offset)) refuse(offset, "starts in a middle of a UTF-16 symbol", offset);
    if (splits(text, end)) refuse(offset, "ends in a middle of a UTF-16 symbol", end);
  }
  return entities.flatMap((entity) => {
    const { type, offset, length } = entity;
    if (length === 0 || !given_types.has(type)) return [];
    return type === "text_link" ? linkEntity(entity.url, { offset, length }) ?? [] : entity;
  });
}

function splits(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}

function refuse(offset: number, how: string, at: number): never {
  throw badRequest(`entity beginning at UTF-16 offset ${offset} ${how} at UTF-16 offset ${at}`);
}

const exclusive = new Set([
  "code",
  "pre",
  "text_link",
  "text_mention",
  "custom_emoji",
  "date_time",
]);

function forbids(entity: MessageEntity, auto: MessageEntity): boolean {
  if (!overlap(entity, auto)) return false;
  if (exclusive.has(entity.type)) return true;
  // A quote ends a link that would go on.
  const inside = entity.offset <= auto.offset &&
    auto.offset + auto.length <= entity.offset + entity.length;
  return entity.type.endsWith("blockquote") && !inside;
}
