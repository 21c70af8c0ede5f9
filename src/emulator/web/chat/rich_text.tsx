/// <reference lib="dom" />
/** A text with its entities, whose offsets count UTF-16 units, as strings here do. */
import type { MessageEntity } from "grammy/types";
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { linkAddress } from "../live/links.ts";
import { words } from "../live/words.ts";

/** What the words of a message do when touched. */
export interface TextActions {
  say: (text: string) => void;
  follow: (url: string) => void;
  copy: (text: string) => void;
}

interface Span {
  entity: MessageEntity;
  from: number;
  to: number;
}

const TAGS: Readonly<Record<string, keyof JSX.IntrinsicElements>> = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  blockquote: "blockquote",
};

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** An entity that crosses another's end is continued after it. */
export function RichText(
  { text, entities, actions }: {
    text: string;
    entities: readonly MessageEntity[];
    actions: TextActions;
  },
) {
  const spans = entities
    .map((entity) => ({ entity, from: entity.offset, to: entity.offset + entity.length }))
    .filter(({ from, to }) => from >= 0 && from < to && to <= text.length);
  return <>{draw(text, 0, text.length, spans, actions)}</>;
}

/** `spans` are all inside from–to. */
function draw(
  text: string,
  from: number,
  to: number,
  spans: readonly Span[],
  actions: TextActions,
): ComponentChildren[] {
  const made: ComponentChildren[] = [];
  const queue = spans.toSorted((a, b) => a.from - b.from || b.to - a.to);
  let at = from;
  for (let outer = queue.shift(); outer; outer = queue.shift()) {
    const { from: start, to: end } = outer;
    const inside = queue.filter((span) => span.from < end);
    const after = queue.filter((span) => span.to > end);
    queue.splice(
      0,
      queue.length,
      ...after.map((span) => ({ ...span, from: Math.max(span.from, end) })),
    );
    const within = inside.map((span) => ({ ...span, to: Math.min(span.to, end) }));
    made.push(text.slice(at, start));
    made.push(
      wrap(outer.entity, text.slice(start, end), draw(text, start, end, within, actions), actions),
    );
    // A block ends its line by itself.
    at = BLOCKS.has(outer.entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  made.push(text.slice(at, to));
  return made;
}

function wrap(
  entity: MessageEntity,
  text: string,
  content: ComponentChildren,
  actions: TextActions,
): ComponentChildren {
  const Tag = TAGS[entity.type];
  if (Tag) return <Tag>{content}</Tag>;
  switch (entity.type) {
    case "pre":
      return <pre data-language={entity.language}>{content}</pre>;
    case "code":
      return <Code copy={() => actions.copy(text)}>{content}</Code>;
    case "expandable_blockquote":
      return <Expandable>{content}</Expandable>;
    case "spoiler":
      return <Spoiler>{content}</Spoiler>;
    case "text_link":
      return <Anchor url={entity.url} actions={actions}>{content}</Anchor>;
    case "url":
      return <Anchor url={text} actions={actions}>{content}</Anchor>;
    case "mention":
      return <Anchor url={`https://t.me/${text.slice(1)}`} actions={actions}>{content}</Anchor>;
    case "email":
      return <Anchor url={`mailto:${text}`} actions={actions}>{content}</Anchor>;
    case "phone_number":
      return <Anchor url={`tel:${text}`} actions={actions}>{content}</Anchor>;
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return <span class="tag">{content}</span>;
    case "bot_command":
      return (
        <button type="button" class="command" onClick={() => actions.say(text)}>{content}</button>
      );
    default:
      return content;
  }
}

/** The words alone when no messenger would open such a link (`javascript:` …). */
function Anchor(
  { url, actions, children }: {
    url: string;
    actions: TextActions;
    children: ComponentChildren;
  },
) {
  const href = linkAddress(url);
  if (!href) return <>{children}</>;
  const follow = (event: Event) => {
    event.preventDefault();
    actions.follow(url);
  };
  return (
    <a href={href} title={href} target="_blank" rel="noopener noreferrer" onClick={follow}>
      {children}
    </a>
  );
}

/** No true button: those do not break over lines. */
function Code({ copy, children }: { copy: () => void; children: ComponentChildren }) {
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    copy();
  };
  return (
    <code role="button" tabIndex={-1} title={words.copyOnTap} onClick={copy} onKeyDown={press}>
      {children}
    </code>
  );
}

function Spoiler({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const shown = useRef<HTMLSpanElement>(null);
  // The button is gone by then, and the focus with it.
  useLayoutEffect(() => open ? shown.current?.focus() : undefined, [open]);
  if (open) return <span ref={shown} class="spoiler open" tabIndex={-1}>{children}</span>;
  return (
    <span class="spoiler">
      <span aria-hidden="true">{children}</span>
      <button type="button" aria-label={words.spoiler} onClick={() => setOpen(true)} />
    </span>
  );
}

function Expandable({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <blockquote class={open ? "expandable open" : "expandable"}>
      <div>{children}</div>
      <button type="button" onClick={() => setOpen(!open)}>
        {open ? words.collapse : words.expand}
      </button>
    </blockquote>
  );
}
