// @ts-check
/// <reference lib="dom" />
/** @import { Message } from "grammy/types" */
import { bubble } from "./bubble.js";
import { element } from "./element.js";
import { icon } from "./icon.js";
import { dayName } from "./wording.js";

/**
 * A line on the screen and the messages in it: one, or the photos of one album.
 * @typedef {{ key: string, messages: Message[], line: HTMLLIElement }} Group
 */

/** How far from the end a reader may be and still be reading the end, in CSS pixels. */
const NEAR_END = 80;

/** The messages of one chat, kept in order and at the end unless the reader scrolled up. */
export class Conversation {
  /** @type {Group[]} in order */
  #groups = [];
  /** @type {Map<string, Group>} */
  #byKey = new Map();
  #atEnd = true;
  #scrolledTo = 0;
  #scrolling = false;
  #actions;

  /** @param {import("./bubble.js").BubbleActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.list = element("ol", {
      class: "messages",
      role: "log",
      "aria-live": "polite",
      "aria-relevant": "additions text",
      "aria-label": "Сообщения",
    });
    this.viewport = element("div", {
      class: "viewport",
      tabindex: 0,
      onscroll: () => this.#noteScroll(),
    }, this.list);
    this.jump = element("button", {
      type: "button",
      class: "jump",
      "aria-label": "К последним сообщениям",
      hidden: true,
      onclick: () => this.toEnd(),
    }, icon("down"));
    this.root = element("div", { class: "conversation" }, this.viewport, this.jump);
    // Pictures arrive, keyboards open, windows turn: whoever reads the end goes on reading it.
    const keep = new ResizeObserver(() => this.#atEnd && this.toEnd());
    keep.observe(this.list);
    keep.observe(this.viewport);
  }

  get isEmpty() {
    return this.#groups.length === 0;
  }

  /** @param {readonly Message[]} messages the whole chat, in order */
  replaceAll(messages) {
    this.list.setAttribute("aria-busy", "true");
    this.#groups = [];
    this.#byKey.clear();
    this.list.replaceChildren();
    for (const message of messages) this.#place(message);
    this.list.removeAttribute("aria-busy");
    this.toEnd();
  }

  /** Puts in a new message or a newer form of a known one. @param {Message} message */
  upsert(message) {
    const follow = this.#atEnd || this.#actions.isOwn(message) && !message.edit_date;
    this.#place(message);
    if (follow) this.toEnd();
    else this.jump.hidden = false;
  }

  /** @param {readonly number[]} message_ids */
  remove(message_ids) {
    const gone = new Set(message_ids);
    for (const group of this.#groups.filter(({ messages }) => messages.some(isGone))) {
      group.messages = group.messages.filter((message) => !isGone(message));
      if (group.messages.length > 0) this.#draw(group);
      else {
        const at = this.#groups.indexOf(group);
        this.#groups.splice(at, 1);
        this.#byKey.delete(group.key);
        group.line.remove();
        this.#nameDay(at);
      }
    }
    /** @param {Message} message */
    function isGone({ message_id }) {
      return gone.has(message_id);
    }
  }

  /** Marks the buttons of a message as waiting or not. @param {number} message_id */
  redrawBusy(message_id) {
    const group = this.#find(message_id);
    for (const button of group?.line.querySelectorAll("button[data-callback]") ?? []) {
      const data = button.getAttribute("data-callback") ?? "";
      if (this.#actions.isBusy(message_id, data)) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }

  /** Scrolls to a message and lights it up for a moment. @param {number} message_id */
  show(message_id) {
    const line = this.#find(message_id)?.line;
    if (!line) return;
    line.scrollIntoView({ block: "center", behavior: "smooth" });
    line.classList.remove("lit");
    requestAnimationFrame(() => line.classList.add("lit"));
  }

  toEnd() {
    this.#atEnd = true;
    this.jump.hidden = true;
    if (this.#scrolling) return;
    // Once a frame: measuring after each of many messages would be slow.
    this.#scrolling = true;
    requestAnimationFrame(() => {
      this.#scrolling = false;
      if (this.#atEnd) this.viewport.scrollTop = this.viewport.scrollHeight;
    });
  }

  #noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.viewport;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_END;
    // Only a reader scrolls up; a window that shrank leaves them reading the end.
    if (near || scrollTop < this.#scrolledTo) this.#atEnd = near;
    this.#scrolledTo = scrollTop;
    this.jump.hidden = this.#atEnd;
  }

  /** @param {number} message_id */
  #find(message_id) {
    const holds = (/** @type {Message} */ message) => message.message_id === message_id;
    return this.#groups.findLast(({ messages }) => messages.some(holds));
  }

  /** @param {Message} message */
  #place(message) {
    const album = message.media_group_id;
    const key = album ? `album:${album}` : `message:${message.message_id}`;
    const known = this.#byKey.get(key);
    if (known) {
      const others = known.messages.filter(({ message_id }) => message_id !== message.message_id);
      known.messages = [...others, message].sort((a, b) => a.message_id - b.message_id);
      return this.#draw(known);
    }
    const group = { key, messages: [message], line: bubble([message], this.#actions) };
    const first = (/** @type {Group} */ { messages }) => messages[0]?.message_id ?? 0;
    const before = this.#groups.findLastIndex((other) => first(other) < message.message_id);
    this.#groups.splice(before + 1, 0, group);
    this.#byKey.set(key, group);
    this.list.insertBefore(group.line, this.#groups[before + 2]?.line ?? null);
    this.#nameDay(before + 1);
    this.#nameDay(before + 2);
  }

  /** Draws a group anew where it stands, leaving the focus where it was. @param {Group} group */
  #draw(group) {
    const old = group.line;
    const focusable = (/** @type {Element} */ line) =>
      Array.from(line.querySelectorAll("button, a")).filter((at) => at instanceof HTMLElement);
    const focused = focusable(old).findIndex((at) => at === document.activeElement);
    group.line = bubble(group.messages, this.#actions);
    old.replaceWith(group.line);
    this.#nameDay(this.#groups.indexOf(group));
    if (focused >= 0) focusable(group.line)[focused]?.focus({ preventScroll: true });
  }

  /** Puts the day's name above the first message of a day. @param {number} at */
  #nameDay(at) {
    const group = this.#groups[at];
    if (!group) return;
    const day = (/** @type {Group | undefined} */ of) =>
      of ? dayName(of.messages[0]?.date ?? 0) : null;
    const name = day(group);
    group.line.querySelector(".day")?.remove();
    if (name === null || name === day(this.#groups[at - 1])) return;
    group.line.prepend(element("div", { class: "day" }, element("span", {}, name)));
  }
}
