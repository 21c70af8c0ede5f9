// @ts-check
/// <reference lib="dom" />
/** @import { Bot, Person } from "./control.js" */
import { element } from "./element.js";
import { icon } from "./icon.js";
import { fullName, initials } from "./wording.js";

/** Whose phone it is, and whom they talk to. */
export class PhoneHeader {
  #doing = "";

  /**
   * @param {{ openPeople: (anchor: HTMLElement) => void, turn: () => void }} actions `turn` goes
   *   to the other phone where only one fits
   */
  constructor(actions) {
    this.avatar = element("span", { class: "avatar", "aria-hidden": "true" });
    this.owner = element("span", { class: "owner" });
    this.people = element("button", {
      type: "button",
      class: "people",
      title: "Чей это телефон",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => {
        actions.openPeople(this.people);
      },
    });
    this.people.append(this.avatar, this.owner, icon("chevron"));
    this.otherName = element("span", {});
    this.turn = element("button", { type: "button", class: "turn", onclick: () => actions.turn() });
    this.turn.append(icon("swap"), this.otherName);
    this.botAvatar = element("span", { class: "avatar bot", "aria-hidden": "true" });
    this.botName = element("strong", {});
    this.status = element("span", { class: "status", role: "status" });
    this.root = element(
      "header",
      { class: "phone-header" },
      element("div", { class: "whose" }, this.people, this.turn),
      element(
        "div",
        { class: "peer" },
        this.botAvatar,
        element("div", {}, this.botName, this.status),
      ),
    );
  }

  /**
   * @param {Person | null} person
   * @param {Bot} bot
   * @param {Person | null} other whose phone the other one is
   */
  show(person, bot, other) {
    this.avatar.textContent = person ? initials(person) : "?";
    this.avatar.dataset.hue = String((person?.id ?? 0) % 6);
    this.owner.textContent = person ? fullName(person) : "Выберите человека";
    const name = person?.username ? ` @${person.username}` : "";
    this.people.title = `Чей это телефон: ${this.owner.textContent}${name}`;
    this.otherName.textContent = other ? other.first_name : "Второй телефон";
    this.turn.setAttribute("aria-label", `Перейти на телефон: ${this.otherName.textContent}`);
    this.botAvatar.textContent = initials(bot);
    this.botName.textContent = bot.first_name;
    this.#showStatus();
  }

  /** Says what the bot is doing; empty when nothing. @param {string} doing */
  setDoing(doing) {
    this.#doing = doing;
    this.#showStatus();
  }

  /** Marks that the other phone has something new. @param {boolean} unread */
  setUnread(unread) {
    this.turn.classList.toggle("unread", unread);
  }

  #showStatus() {
    this.status.textContent = this.#doing || "бот";
    this.status.classList.toggle("doing", this.#doing !== "");
  }
}
