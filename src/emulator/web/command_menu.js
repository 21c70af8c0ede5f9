// @ts-check
/// <reference lib="dom" />
/** @import { BotCommand } from "grammy/types" */
import { element } from "./element.js";

/** The bot's commands over the text field: all on the menu button, fitting ones while typing. */
export class CommandMenu {
  /** @type {readonly BotCommand[]} */
  #commands = [];
  /** @type {readonly BotCommand[]} */
  #shown = [];
  #at = 0;
  #input;
  #pick;

  /**
   * @param {HTMLTextAreaElement} input
   * @param {(command: string) => void} pick told `/command`
   * @param {string} id of the list, unique on the page
   */
  constructor(input, pick, id) {
    this.#input = input;
    this.#pick = pick;
    this.root = element("ul", {
      id,
      class: "commands",
      role: "listbox",
      "aria-label": "Команды бота",
      hidden: true,
    });
    input.setAttribute("aria-controls", id);
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.#fit());
    input.addEventListener("blur", () => this.close());
  }

  /** @param {readonly BotCommand[]} commands */
  set commands(commands) {
    this.#commands = commands;
    if (!this.root.hidden) this.#fit();
  }

  get isOpen() {
    return !this.root.hidden;
  }

  open() {
    this.#show(this.#commands);
  }

  close() {
    this.#show([]);
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the menu took the key */
  takes(event) {
    if (!this.isOpen) return false;
    const { key } = event;
    if (key === "Escape") this.close();
    else if (key === "ArrowDown" || key === "ArrowUp") {
      const count = this.#shown.length;
      this.#mark((this.#at + (key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if ((key === "Enter" && !event.shiftKey) || key === "Tab") this.#choose(this.#at);
    else return false;
    event.preventDefault();
    return true;
  }

  #fit() {
    const text = this.#input.value;
    const fits = /^\/[a-z0-9_]*$/i.test(text) ? this.#commands : [];
    this.#show(fits.filter(({ command }) => command.startsWith(text.slice(1).toLowerCase())));
  }

  /** @param {readonly BotCommand[]} commands */
  #show(commands) {
    this.#shown = commands;
    this.root.hidden = commands.length === 0;
    this.#input.removeAttribute("aria-activedescendant");
    this.root.replaceChildren(...commands.map(({ command, description }, at) =>
      element(
        "li",
        {
          id: `${this.root.id}-${at}`,
          role: "option",
          // The field keeps the focus, so that a touch is no blur.
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => this.#choose(at),
        },
        element("strong", {}, `/${command}`),
        element("span", {}, description),
      )
    ));
    if (commands.length > 0) this.#mark(0);
  }

  /** @param {number} at */
  #mark(at) {
    this.#at = at;
    for (const [index, option] of Array.from(this.root.children).entries()) {
      option.setAttribute("aria-selected", String(index === at));
      if (index === at) option.scrollIntoView({ block: "nearest" });
    }
    this.#input.setAttribute("aria-activedescendant", `${this.root.id}-${at}`);
  }

  /** @param {number} at */
  #choose(at) {
    const chosen = this.#shown[at];
    this.close();
    if (chosen) this.#pick(`/${chosen.command}`);
  }
}
