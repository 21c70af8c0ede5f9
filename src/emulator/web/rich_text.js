// @ts-check
/// <reference lib="dom" />
/** @import { MessageEntity } from "grammy/types" */
import { element } from "./element.js";
import { linkAddress } from "./links.js";

/**
 * What the words of a message can do when touched.
 * @typedef {{ say: (text: string) => void, follow: (url: string) => void }} TextActions
 */

/** @type {Readonly<Record<string, keyof HTMLElementTagNameMap>>} */
const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * Renders a text with its entities, whose offsets count UTF-16 units, as strings here do. An
 * entity that crosses another's end is continued after it.
 * @param {string} text
 * @param {readonly MessageEntity[]} entities
 * @param {TextActions} actions
 * @returns {DocumentFragment}
 */
export function richText(text, entities, actions) {
  const spans = entities
    .map((entity) => ({ entity, from: entity.offset, to: entity.offset + entity.length }))
    .filter(({ from, to }) => from >= 0 && from < to && to <= text.length);
  return render(text, 0, text.length, spans, actions);
}

/** @typedef {{ entity: MessageEntity, from: number, to: number }} Span */

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {readonly Span[]} spans all inside from–to
 * @param {TextActions} actions
 * @returns {DocumentFragment}
 */
function render(text, from, to, spans, actions) {
  const made = document.createDocumentFragment();
  const queue = spans.toSorted((a, b) => a.from - b.from || b.to - a.to);
  let at = from;
  for (let outer = queue.shift(); outer; outer = queue.shift()) {
    const { from: start, to: end } = outer;
    const inside = queue.filter((span) => span.from < end);
    const after = queue.filter((span) => span.to > end);
    const cut = (/** @type {Span} */ span) => ({ ...span, from: Math.max(span.from, end) });
    queue.splice(0, queue.length, ...after.map(cut));
    const within = inside.map((span) => ({ ...span, to: Math.min(span.to, end) }));
    made.append(text.slice(at, start));
    const content = render(text, start, end, within, actions);
    made.append(wrap(outer.entity, text.slice(start, end), content, actions));
    // A block ends its line by itself.
    at = BLOCKS.has(outer.entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  made.append(text.slice(at, to));
  return made;
}

/**
 * @param {MessageEntity} entity
 * @param {string} words the text it covers
 * @param {DocumentFragment} content
 * @param {TextActions} actions
 * @returns {Node}
 */
function wrap(entity, words, content, actions) {
  const tag = TAGS[entity.type];
  if (tag) return element(tag, {}, content);
  switch (entity.type) {
    case "pre":
      return element("pre", { "data-language": entity.language }, content);
    case "spoiler":
      return spoiler(content);
    case "text_link":
      return link(entity.url, content, actions);
    case "url":
      return link(words, content, actions);
    case "mention":
      return link(`https://t.me/${words.slice(1)}`, content, actions);
    case "email":
      return link(`mailto:${words}`, content, actions);
    case "bot_command":
      return element(
        "button",
        { type: "button", class: "command", onclick: () => actions.say(words) },
        content,
      );
    default:
      return content;
  }
}

/**
 * @param {string} url
 * @param {DocumentFragment} content
 * @param {TextActions} actions
 * @returns {Node} the words alone when no messenger would open such a link (`javascript:` …)
 */
function link(url, content, actions) {
  const href = linkAddress(url);
  if (!href) return content;
  const attributes = { href, title: href, target: "_blank", rel: "noopener noreferrer" };
  return element("a", {
    ...attributes,
    onclick: (event) => {
      event.preventDefault();
      actions.follow(url);
    },
  }, content);
}

/** @param {DocumentFragment} content @returns {HTMLElement} */
function spoiler(content) {
  const open = () => {
    made.classList.add("open");
    made.removeAttribute("aria-label");
  };
  const made = element("span", {
    class: "spoiler",
    role: "button",
    tabindex: 0,
    "aria-label": "Показать скрытый текст",
    onclick: open,
    onkeydown: (event) => {
      if (event instanceof KeyboardEvent && event.key === "Enter") open();
    },
  }, content);
  return made;
}
