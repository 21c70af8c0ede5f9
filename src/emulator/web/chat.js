// @ts-check
/// <reference lib="dom" />
/** @import { Bot, Person } from "./control.js" */
/** @import { LiveEvent } from "./live.js" */
import { control } from "./control.js";
import { listen } from "./live.js";
import { openPeople } from "./people.js";
import { Phone } from "./phone.js";

/** Where the browser tab remembers whose phones it shows. */
const REMEMBERED = "phones";

/** The page: two phones side by side, or one at a time where only one fits. */
class Chat {
  /** @type {Bot} */
  #bot = { id: 0, username: "", first_name: "…" };
  /** @type {Map<number, Person>} */
  #people = new Map();
  #left;
  #right;

  /** @param {HTMLElement} place */
  constructor(place) {
    const around = {
      bot: () => this.#bot,
      other: (/** @type {Phone} */ phone) => phone === this.#left ? this.#right : this.#left,
      bring: (/** @type {Phone} */ phone) => this.#bring(phone),
      arrived: (/** @type {Phone} */ phone) => this.#markUnread(phone),
      openPeople: (/** @type {Phone} */ phone, /** @type {HTMLElement} */ anchor) =>
        openPeople(phone, anchor, [...this.#people.values()], (person) => {
          this.#people.set(person.id, person);
          void this.#choose(phone, person);
        }),
    };
    this.#left = new Phone(around, "left");
    this.#right = new Phone(around, "right");
    place.append(this.#left.root, this.#right.root);
    this.#left.root.classList.add("active");
  }

  /** Reads everything anew: on the first connection and after each break. */
  async reload() {
    const { bot, people } = await control.state();
    this.#bot = bot;
    this.#people = new Map(people.map((person) => [person.id, person]));
    document.title = `${bot.first_name} — телефоны рядом`;
    const [left, right] = this.#owners();
    await this.#seat(left, right);
  }

  /** @param {LiveEvent} event */
  receive(event) {
    if (event.name === "person") {
      this.#people.set(event.person.id, event.person);
      for (const phone of [this.#left, this.#right]) {
        if (phone.person?.id === event.person.id) phone.person = event.person;
        phone.refresh();
      }
      return;
    }
    for (const phone of [this.#left, this.#right]) {
      if (phone.person?.id === event.person) phone.receive(event);
    }
  }

  /** Who holds the phones: as now, else as this tab remembers, else the first people. */
  #owners() {
    const remembered = (sessionStorage.getItem(REMEMBERED) ?? "").split(",").map(Number);
    const left = this.#people.get(this.#left.person?.id ?? remembered[0] ?? 0);
    const right = this.#people.get(this.#right.person?.id ?? remembered[1] ?? 0);
    const free = [...this.#people.values()].filter((person) => person !== left && person !== right);
    return [left ?? free.shift() ?? null, right ?? free.shift() ?? null];
  }

  /**
   * Gives a phone to a person; if they hold the other one, its owner takes this.
   * @param {Phone} phone
   * @param {Person} person
   */
  #choose(phone, person) {
    const other = phone === this.#left ? this.#right : this.#left;
    const theirs = other.person?.id === person.id ? phone.person : other.person;
    return phone === this.#left ? this.#seat(person, theirs) : this.#seat(theirs, person);
  }

  /** @param {Person | null | undefined} left @param {Person | null | undefined} right */
  async #seat(left, right) {
    sessionStorage.setItem(REMEMBERED, `${left?.id ?? ""},${right?.id ?? ""}`);
    await Promise.all([this.#left.show(left ?? null), this.#right.show(right ?? null)]);
    this.#left.refresh();
  }

  /** Makes a phone the one in sight, where only one is. @param {Phone} phone */
  #bring(phone) {
    for (const each of [this.#left, this.#right]) {
      each.root.classList.toggle("active", each === phone);
      each.header.setUnread(false);
    }
    phone.conversation.toEnd();
  }

  /** @param {Phone} phone that got something new */
  #markUnread(phone) {
    if (phone.root.classList.contains("active")) return;
    const seen = phone === this.#left ? this.#right : this.#left;
    seen.header.setUnread(true);
  }
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`Cannot start the page: it has no #${id}`);
  return found;
}

const offline = byId("offline");
const chat = new Chat(byId("phones"));
listen({
  opened() {
    // A server that answers the stream but not the state is going away: the next try will tell.
    chat.reload().then(() => offline.hidden = true, () => offline.hidden = false);
  },
  lost: () => offline.hidden = false,
  happened: (event) => chat.receive(event),
});
