// @ts-check
/// <reference lib="dom" />
/** @import { BotCommand, Message, ReplyKeyboardMarkup } from "grammy/types" */
/** @import { OtherKind } from "./control.js" */
import { CommandMenu } from "./command_menu.js";
import { element } from "./element.js";
import { icon } from "./icon.js";
import { replyKeyboard } from "./keyboards.js";
import { openMenu } from "./menu.js";
import { summary } from "./wording.js";

/**
 * What a person can send; `say` answers whether it went.
 * @typedef {{
 *   say: (text: string, reply_to?: number) => Promise<boolean>,
 *   upload: (files: readonly File[]) => void,
 *   other: (kind: OtherKind) => void,
 * }} ComposerActions
 */

/** @type {readonly { kind: OtherKind, label: string }[]} */
const OTHERS = [
  { kind: "sticker", label: "Стикер" },
  { kind: "voice", label: "Голосовое" },
  { kind: "video", label: "Видео" },
  { kind: "location", label: "Геопозиция" },
  { kind: "contact", label: "Контакт" },
];

/** The text field of one phone with everything around it. */
export class Composer {
  /** @type {Message | null} */
  #answered = null;
  /** @type {ReplyKeyboardMarkup | null} */
  #markup = null;
  #host;
  #actions;

  /**
   * @param {HTMLElement} host the phone
   * @param {ComposerActions} actions
   * @param {string} id unique on the page
   */
  constructor(host, actions, id) {
    this.#host = host;
    this.#actions = actions;
    this.input = element("textarea", {
      rows: 1,
      placeholder: "Сообщение",
      "aria-label": "Сообщение",
      autocomplete: "off",
      enterkeyhint: "send",
      oninput: () => this.#fit(),
    });
    this.menu = new CommandMenu(this.input, (command) => void this.#send(command), id);
    this.files = element("input", { type: "file", multiple: true, hidden: true });
    this.files.addEventListener("change", () => {
      if (this.files.files) actions.upload(Array.from(this.files.files));
      this.files.value = "";
    });
    this.strip = element("div", { class: "reply-strip", hidden: true });
    this.keyboard = element("div", { class: "keyboard-place", hidden: true });
    this.attach = this.#button("Прикрепить", "attach", () => this.#openAttachments());
    this.attach.setAttribute("aria-haspopup", "menu");
    this.commands = this.#button("Команды бота", "menu", () => this.#toggleCommands());
    this.commands.hidden = true;
    // The button must not take the focus, or the field's blur would close what it just opened.
    this.commands.addEventListener("pointerdown", (event) => event.preventDefault());
    this.toggle = this.#button("Клавиатура бота", "keyboard", () => this.#toggleKeyboard());
    this.toggle.hidden = true;
    this.form = this.#form();
    this.root = element(
      "div",
      { class: "composer" },
      this.menu.root,
      this.strip,
      this.form,
      this.keyboard,
    );
  }

  /** @param {readonly BotCommand[]} commands */
  setCommands(commands) {
    this.menu.commands = commands;
    this.commands.hidden = commands.length === 0;
  }

  /** @param {ReplyKeyboardMarkup | null} markup */
  setKeyboard(markup) {
    if (JSON.stringify(markup) === JSON.stringify(this.#markup)) return;
    this.#markup = markup;
    this.toggle.hidden = markup === null;
    this.keyboard.hidden = markup === null;
    this.input.placeholder = markup?.input_field_placeholder ?? "Сообщение";
    this.keyboard.replaceChildren(
      ...(markup ? [replyKeyboard(markup, (text, request) => this.#press(text, request))] : []),
    );
  }

  /** Starts an answer to a message; null gives it up. @param {Message | null} message */
  replyTo(message) {
    this.#answered = message;
    this.strip.hidden = message === null;
    this.strip.replaceChildren();
    if (!message) return;
    this.strip.append(
      icon("reply"),
      element(
        "span",
        { class: "quote" },
        element("strong", {}, message.from?.first_name),
        element("span", {}, summary(message)),
      ),
      this.#button("Не отвечать", "close", () => this.replyTo(null)),
    );
    this.input.focus();
  }

  /** Leaves what was typed for another person. */
  reset() {
    this.replyTo(null);
    this.input.value = "";
    this.#fit();
  }

  #form() {
    const send = this.#button("Отправить", "send", () => void this.#send());
    send.classList.add("send");
    const form = element(
      "form",
      { class: "write" },
      this.commands,
      this.attach,
      this.files,
      this.input,
      this.toggle,
      send,
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    this.input.addEventListener("keydown", (event) => {
      if (this.menu.takes(event) || event.isComposing) return;
      if (event.key === "Escape") this.replyTo(null);
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      void this.#send();
    });
    this.input.addEventListener("paste", (event) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      if (files.length === 0) return;
      event.preventDefault();
      this.#actions.upload(files);
    });
    return form;
  }

  /** @param {string} [command] sent instead of what is typed */
  async #send(command) {
    const typed = this.input.value;
    const text = command ?? typed.trim();
    if (text === "") return this.input.focus();
    const answered = this.#answered;
    this.reset();
    this.input.focus();
    if (await this.#actions.say(text, answered?.message_id)) return;
    // Nothing typed is lost, unless the person has already begun another text.
    if (this.input.value === "") this.input.value = typed;
    this.#fit();
  }

  /** @param {string} text @param {"contact" | "location" | null} request */
  #press(text, request) {
    if (this.#markup?.one_time_keyboard) this.keyboard.hidden = true;
    if (request) this.#actions.other(request);
    else void this.#actions.say(text);
  }

  #toggleCommands() {
    if (this.menu.isOpen) return this.menu.close();
    this.input.focus();
    this.menu.open();
  }

  #toggleKeyboard() {
    this.keyboard.hidden = !this.keyboard.hidden;
  }

  #openAttachments() {
    openMenu(this.#host, this.attach, [
      { label: "Фото или файл", drawing: "photo", act: () => this.files.click() },
      ...OTHERS.map(({ kind, label }) => ({
        label,
        drawing: kind,
        act: () => this.#actions.other(kind),
      })),
    ]);
  }

  #fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  /**
   * @param {string} label
   * @param {import("./icon.js").IconName} drawing
   * @param {() => void} act
   */
  #button(label, drawing, act) {
    const attributes = { type: "button", class: "tool", title: label, "aria-label": label };
    return element("button", { ...attributes, onclick: act }, icon(drawing));
  }
}
