// @ts-check
/// <reference lib="dom" />
/** @import { Bot, OtherKind, Person } from "./control.js" */
/** @import { ChatEvent } from "./live.js" */
import { Composer } from "./composer.js";
import { control, ControlError } from "./control.js";
import { follow, scan } from "./crossing.js";
import { Conversation } from "./conversation.js";
import { element } from "./element.js";
import { lightbox } from "./lightbox.js";
import { notice } from "./notice.js";
import { PhoneHeader } from "./phone_header.js";
import { ask } from "./sheet.js";
import { Taps } from "./taps.js";
import { askUpload, hearDrops } from "./upload.js";
import { doing, initials } from "./wording.js";

/**
 * What a phone needs of the page around it.
 * @typedef {{
 *   bot: () => Bot,
 *   other: (phone: Phone) => Phone,
 *   bring: (phone: Phone) => void,
 *   arrived: (phone: Phone) => void,
 *   openPeople: (phone: Phone, anchor: HTMLElement) => void,
 * }} Surroundings
 */

/** A bot is seen doing something for so long, unless it says so again, in milliseconds. */
const DOING = 5000;

/** One phone: a person's private chat with the bot. */
export class Phone {
  /** @type {Person | null} */
  person = null;
  /** Events that came while the chat was being read. @type {ChatEvent[] | null} */
  #queue = null;
  #reading = 0;
  #doingUntil = 0;
  #around;

  /** @param {Surroundings} around @param {string} id unique on the page */
  constructor(around, id) {
    this.#around = around;
    this.root = element("section", { class: "phone", id });
    this.header = new PhoneHeader({
      openPeople: (anchor) => around.openPeople(this, anchor),
      turn: () => around.bring(around.other(this)),
    });
    this.taps = new Taps((message_id) => this.conversation.redrawBusy(message_id));
    this.conversation = new Conversation(this.#bubbleActions());
    this.composer = new Composer(this.root, {
      say: (text, reply_to) => this.say(text, reply_to),
      upload: (files) => void this.upload(files),
      other: (kind) => void this.#sendOther(kind),
    }, `${id}-commands`);
    // Until it is known whose phone this is, nobody can write.
    this.composer.root.hidden = true;
    this.welcome = element("div", { class: "welcome", hidden: true });
    this.unblock = element("button", {
      type: "button",
      class: "unblock",
      hidden: true,
      onclick: () => void this.block(false),
    }, "Разблокировать бота");
    this.root.append(
      this.header.root,
      this.conversation.root,
      this.welcome,
      this.composer.root,
      this.unblock,
    );
    hearDrops(this.root, (files) => void this.upload(files));
  }

  /** Shows whose phone it is and reads their chat anew. @param {Person | null} person */
  async show(person) {
    if (person?.id !== this.person?.id) {
      this.composer.reset();
      this.conversation.replaceAll([]);
    }
    this.person = person;
    this.refresh();
    if (person) await this.#read(person);
  }

  /** Shows again what does not come from the chat: names, and whether the bot is blocked. */
  refresh() {
    const other = this.#around.other(this);
    this.header.show(this.person, this.#around.bot(), other.person);
    const blocked = this.person?.blocked ?? false;
    this.root.setAttribute("aria-label", `Телефон: ${this.person?.first_name ?? "ничей"}`);
    this.composer.root.hidden = blocked || !this.person;
    this.unblock.hidden = !blocked;
    this.#welcome();
  }

  /** @param {ChatEvent} event */
  receive(event) {
    if (this.#queue) this.#queue.push(event);
    else this.#apply(event);
  }

  /** @param {string} text @param {number} [reply_to] @returns {Promise<boolean>} whether it went */
  async say(text, reply_to) {
    return await this.#try((id) => control.say(id, text, reply_to));
  }

  /** @param {readonly File[]} files */
  async upload(files) {
    if (files.length === 0) return;
    const upload = await askUpload(this.root, files);
    if (!upload) return;
    await this.#try((id) => control.upload(id, upload.files, upload.as, upload.caption));
    this.composer.input.focus();
  }

  /** @param {boolean} blocked */
  async block(blocked) {
    await this.#try((id) => control.block(id, blocked));
  }

  /** @param {string} text */
  note(text) {
    notice(this.conversation.root, text);
  }

  /** @param {Person} person */
  async #read(person) {
    const reading = ++this.#reading;
    this.#queue = [];
    try {
      const chat = await control.chat(person.id);
      if (reading !== this.#reading) return;
      this.conversation.replaceAll(chat.messages);
      this.composer.setCommands(chat.commands);
      this.composer.setKeyboard(chat.keyboard);
    } catch (error) {
      this.note(sentence(error));
    }
    if (reading !== this.#reading) return;
    const missed = this.#queue;
    this.#queue = null;
    for (const event of missed) this.#apply(event);
    this.#welcome();
  }

  /** @param {ChatEvent} event */
  #apply(event) {
    switch (event.name) {
      case "message":
      case "edited":
        this.conversation.upsert(event.message);
        if (event.message.from?.is_bot) this.#setDoing(null);
        if (event.name === "message") this.#around.arrived(this);
        break;
      case "deleted":
        this.conversation.remove(event.message_ids);
        break;
      case "toast":
        if (event.alert) void ask(this.root, alertOf(event.text));
        else this.note(event.text);
        break;
      case "answered":
        this.taps.answered(event.callback_query_id);
        break;
      case "typing":
        this.#setDoing(event.action);
        break;
      case "commands":
        this.composer.setCommands(event.commands);
        break;
      case "keyboard":
        this.composer.setKeyboard(event.keyboard);
    }
    this.#welcome();
  }
  /** @param {OtherKind} kind */
  async #sendOther(kind) {
    await this.#try((id) => control.other(id, kind));
  }

  /** @returns {import("./bubble.js").BubbleActions} */
  #bubbleActions() {
    const other = () => this.#around.other(this);
    const scanThere = (/** @type {string} */ file_id) =>
      void this.#try(() => scan(file_id, this, other(), this.#around.bring));
    return {
      isOwn: (message) => message.from?.id === this.person?.id,
      say: (text) => void this.say(text),
      tap: (message_id, data) =>
        void this.#try((id) =>
          this.taps.tap(message_id, data, () => control.tap(id, message_id, data))
        ),
      isBusy: (message_id, data) => this.taps.isBusy(message_id, data),
      follow: (url) => void follow(url, this.#around.bot(), this, other(), this.#around.bring),
      look: (pictures, at) => lightbox(pictures, at, scanThere),
      scan: scanThere,
      reply: (message) => this.composer.replyTo(message),
      show: (message_id) => this.conversation.show(message_id),
      note: (text) => this.note(text),
    };
  }

  /**
   * Does something as this phone's person; a failure becomes a notice.
   * @param {(person: number) => Promise<unknown>} act
   * @returns {Promise<boolean>} whether it went
   */
  async #try(act) {
    if (!this.person) return false;
    try {
      await act(this.person.id);
      return true;
    } catch (error) {
      this.note(sentence(error));
      return false;
    }
  }

  /** A chat in which nothing was said yet begins with one big button. */
  #welcome() {
    const empty = this.person !== null && !this.person.blocked && this.conversation.isEmpty &&
      !this.#queue;
    if (this.welcome.hidden !== empty) return;
    this.welcome.hidden = !empty;
    if (!empty) return;
    const bot = this.#around.bot();
    this.welcome.replaceChildren(
      element("span", { class: "avatar bot", "aria-hidden": "true" }, initials(bot)),
      element("strong", {}, bot.first_name),
      element("p", {}, "Здесь пока пусто. Поздоровайтесь с ботом — он ответит."),
      element(
        "button",
        { type: "button", class: "start", onclick: () => void this.say("/start") },
        "Начать",
      ),
    );
  }

  /** @param {string | null} action */
  #setDoing(action) {
    this.#doingUntil = action ? Date.now() + DOING : 0;
    this.header.setDoing(action ? doing(action) : "");
    if (!action) return;
    setTimeout(() => Date.now() >= this.#doingUntil && this.header.setDoing(""), DOING);
  }
}

/** @param {unknown} error @returns {string} */
function sentence(error) {
  if (error instanceof ControlError) return `Не получилось: ${error.message}`;
  return "Сервер не отвечает. Попробуйте ещё раз";
}

/** @param {string} text */
function alertOf(text) {
  const choices = [{ label: "Понятно", value: true, primary: true }];
  return { body: [element("p", {}, text)], choices, urgent: true };
}
