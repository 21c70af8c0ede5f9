/** Entities as Telegram keeps them: sorted, inside the text, each wholly in or out of the others. */
import type { MessageEntity } from "grammy/types";

/**
 * Puts entities of any origin in order. Of two that exclude each other the earlier and longer one
 * stays; bold and its like are joined and split instead, and go round code.
 */
export function arrangeEntities(text: string, given: readonly MessageEntity[]): MessageEntity[] {
  const isSeen = (e: Span) => text.slice(e.offset, e.offset + e.length).trim() !== "";
  const all = given.filter(isSeen).sort(inOrder);
  const quotes = apart(all.filter(({ type }) => isQuote(type)));
  const solid = apart(all.filter(({ type }) => !isQuote(type) && !styles.has(type)))
    .filter((entity) => !quotes.some((quote) => overlap(entity, quote) && !within(entity, quote)));
  const fixed = [...solid, ...quotes];
  const styled = [...styles].flatMap((style) =>
    joined(all.filter(({ type }) => type === style)).flatMap((entity) => cut(entity, fixed))
  );
  return nested([...fixed, ...styled]).filter(isSeen);
}

const styles: ReadonlySet<string> = new Set([
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
]);

/** What stands outside when several cover the same text: the less, the further out. */
const depths: Record<string, number> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 10,
  code: 20,
  text_link: 49,
  text_mention: 49,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
};

interface Span {
  offset: number;
  length: number;
}

/** Whether two spans share a place of the text. */
export function overlap(a: Span, b: Span): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

function within(inner: Span, outer: Span): boolean {
  return outer.offset <= inner.offset && inner.offset + inner.length <= outer.offset + outer.length;
}

function isQuote(type: string): boolean {
  return type === "blockquote" || type === "expandable_blockquote";
}

function depth({ type }: MessageEntity): number {
  return depths[type] ?? 50;
}

function inOrder(a: MessageEntity, b: MessageEntity): number {
  return a.offset - b.offset || b.length - a.length || depth(a) - depth(b);
}

/** Without those that begin inside an earlier one. */
function apart(sorted: readonly MessageEntity[]): MessageEntity[] {
  const kept: MessageEntity[] = [];
  for (const entity of sorted) {
    const last = kept.at(-1);
    if (last === undefined || !overlap(last, entity)) kept.push(entity);
  }
  return kept;
}

/** One instead of several of the same style that overlap. */
function joined(sorted: readonly MessageEntity[]): MessageEntity[] {
  const kept: MessageEntity[] = [];
  for (const entity of sorted) {
    const last = kept.at(-1);
    if (last === undefined || !overlap(last, entity)) {
      kept.push({ ...entity });
      continue;
    }
    const end = Math.max(last.offset + last.length, entity.offset + entity.length);
    last.length = end - last.offset;
  }
  return kept;
}

/** The parts of a style that may stay: none inside code, none across a border of the others. */
function cut(style: MessageEntity, fixed: readonly MessageEntity[]): MessageEntity[] {
  let parts = [style];
  for (const entity of fixed) {
    const end = entity.offset + entity.length;
    const code = entity.type === "pre" || entity.type === "code";
    parts = parts.flatMap((part) => {
      if (!overlap(part, entity)) return [part];
      if (!code && (within(part, entity) || within(entity, part))) return [part];
      const pieces = [part.offset, entity.offset, end, part.offset + part.length]
        .map((at) => Math.min(Math.max(at, part.offset), part.offset + part.length));
      const [a = 0, b = 0, c = 0, d = 0] = pieces;
      const middle: [number, number][] = code ? [] : [[b, c]];
      const borders: [number, number][] = [[a, b], ...middle, [c, d]];
      return borders.filter(([from, to]) => to > from)
        .map(([from, to]) => ({ ...part, offset: from, length: to - from }));
    });
  }
  return parts;
}

/** Splits styles that cross each other. */
function nested(entities: MessageEntity[]): MessageEntity[] {
  const waiting = [...entities].sort(inOrder);
  const done: MessageEntity[] = [];
  const around: number[] = [];
  for (let entity = waiting.shift(); entity !== undefined; entity = waiting.shift()) {
    while ((around.at(-1) ?? Infinity) <= entity.offset) around.pop();
    const end = entity.offset + entity.length;
    const border = around.at(-1) ?? Infinity;
    if (border < end) {
      const length = border - entity.offset;
      waiting.push({ ...entity, length }, { ...entity, offset: border, length: end - border });
      waiting.sort(inOrder);
      continue;
    }
    around.push(end);
    done.push(entity);
  }
  return done;
}
