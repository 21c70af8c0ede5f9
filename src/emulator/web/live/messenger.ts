/** Everything that the page knows of the server, kept up to date by its events. */
import { BotWatch } from "./bot_watch.ts";
import { Codes } from "./codes.ts";
import {
  type Bot,
  type ChatView,
  control,
  type NewChat,
  type Person,
  type SeenChat,
} from "./control.ts";
import type { LiveEvent, PersonEvent } from "./live.ts";
import {
  beginningOf,
  type ChatState,
  type Notice,
  PhoneState,
  withMessage,
} from "./phone_state.ts";
import { ReadMarks } from "./read_marks.ts";
import { refusalWords } from "./refusal.ts";
import { TraceLog } from "./trace_log.ts";
import { fullName } from "./wording.ts";

/** A bot is seen doing something for so long, unless it says so again. */
const doing_ms = 5000;

export class Messenger {
  bot: Bot = { id: 0, username: "", first_name: "…" };
  /** Null before the first connection. */
  online: boolean | null = null;
  readonly phones = new Map<number, PhoneState>();
  readonly codes = new Codes(() => this.changed());
  readonly watch = new BotWatch(() => this.changed());
  readonly trace = new TraceLog(() => this.changed());
  readonly #marks = new ReadMarks();
  readonly #listeners = new Set<() => void>();
  #telling = false;
  #notices = 0;

  /** Answers how to stop. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells those who draw, once for all that changes in one go. */
  changed(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      for (const listener of this.#listeners) listener();
    });
  }

  /** Reads everything anew: on the first connection and after each break. */
  async reload(): Promise<void> {
    try {
      const { bot, people } = await control.state();
      this.bot = bot;
      for (const person of people) this.meet(person);
      const gone = [...this.phones.keys()].filter((id) => !people.some((it) => it.id === id));
      for (const id of gone) this.phones.delete(id);
      await Promise.all([...this.phones.values()].map((phone) => this.#readChats(phone)));
      this.online = true;
    } catch {
      // A server that answers the stream but not the state is going away: the next try will tell.
      this.online = false;
    }
    this.changed();
  }

  lost(): void {
    this.online = false;
    this.changed();
  }

  receive(event: LiveEvent): void {
    switch (event.name) {
      case "reset":
        return void this.reload();
      case "clock":
        return;
      case "person":
        return void this.#readChats(this.meet(event.person));
      case "call":
        return this.trace.call(event.call);
      case "update":
        this.watch.update(event.update);
        return this.trace.update(event.update);
      default: {
        const phone = this.phones.get(event.person);
        if (phone) this.#take(phone, event);
        this.changed();
      }
    }
  }

  /** Does something as a person; a failure becomes a notice on their phone. */
  async attempt<T>(phone: PhoneState, act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      this.note(phone, refusalWords(error));
      return null;
    }
  }

  note(phone: PhoneState, text: string, alert = false): void {
    const notice: Notice = { id: ++this.#notices, text, alert };
    phone.notice = notice;
    this.changed();
    if (alert) return;
    setTimeout(() => this.dismiss(phone, notice), 2500 + 45 * text.length);
  }

  dismiss(phone: PhoneState, notice: Notice): void {
    if (phone.notice !== notice) return;
    phone.notice = null;
    this.changed();
  }

  /** Puts a chat on the phone's screen, its text field beginning with `draft`; null is the list. */
  show(phone: PhoneState, chat: number | null, draft?: string): void {
    phone.show(chat);
    const state = chat === null ? undefined : phone.chats.get(chat);
    if (state && draft !== undefined) state.draft = draft;
    this.changed();
  }

  /** Makes a chat and reads it, so that it can be shown; null when that is refused. */
  async addChat(phone: PhoneState, wanted: NewChat): Promise<ChatView | null> {
    return await this.attempt(phone, async () => {
      const view = await control.addChat(wanted);
      await this.#readChat(phone, view);
      return view;
    });
  }

  /** The reader of this phone has seen the chat to its end. */
  markRead(phone: PhoneState, state: ChatState): void {
    const last = state.messages.at(-1)?.message_id ?? 0;
    if (last <= state.read) return;
    state.read = last;
    this.#marks.set(phone.person.id, state.view.id, last);
    this.changed();
  }

  /** The phone of a person, who is new or known by another name. */
  meet(person: Person): PhoneState {
    const known = this.phones.get(person.id);
    if (known) {
      known.person = person;
      return known;
    }
    const phone = new PhoneState(person, () => this.changed());
    this.phones.set(person.id, phone);
    return phone;
  }

  /** The first name, or more of it where two have the same. */
  nameOf(person: Person): string {
    const others = [...this.phones.values()].filter((other) => other.person.id !== person.id);
    const isTaken = (name: (of: Person) => string) =>
      others.some((other) => name(other.person) === name(person));
    if (!isTaken(({ first_name }) => first_name)) return person.first_name;
    return isTaken(fullName) ? `${fullName(person)} ${person.id}` : fullName(person);
  }

  async #readChats(phone: PhoneState): Promise<void> {
    const { chats } = await control.chats(phone.person.id);
    for (const id of [...phone.chats.keys()]) {
      if (!chats.some(({ view }) => view.id === id)) this.#lose(phone, id);
    }
    await Promise.all(chats.map(({ view }) => this.#readChat(phone, view)));
    phone.isRead = true;
    this.changed();
  }

  #lose(phone: PhoneState, chat: number): void {
    phone.chats.delete(chat);
    if (phone.open === chat) phone.show(null);
  }

  async #readChat(phone: PhoneState, view: ChatView): Promise<void> {
    const state = phone.chat(view);
    if (state.queue) return;
    state.queue = [];
    try {
      const seen = await control.chat(phone.person.id, view.id);
      state.view = seen.view;
      state.messages = seen.messages;
      state.reactions = reactionsOf(seen);
      state.keyboard = seen.keyboard;
      state.description = seen.description;
      state.commands = seen.commands;
      this.#findRead(phone, state);
      state.loaded = true;
    } finally {
      const missed = state.queue;
      state.queue = null;
      for (const event of missed) this.#apply(phone, state, event);
    }
  }

  /** How far a chat that was read from the server had been read by its person. */
  #findRead(phone: PhoneState, state: ChatState): void {
    const last = state.messages.at(-1)?.message_id ?? 0;
    const mark = this.#marks.get(phone.person.id, state.view.id);
    const begun = phone.isRead ? beginningOf(state.messages) : last;
    const read = state.loaded ? state.read : mark ?? begun;
    // A server that began anew counts from one again.
    state.read = Math.min(read, last);
    // What comes while nobody looks is new after a reload too.
    this.#marks.set(phone.person.id, state.view.id, state.read);
  }

  #take(phone: PhoneState, event: PersonEvent): void {
    const id = "chat" in event ? event.chat : phone.person.id;
    const state = phone.chats.get(id);
    if (state?.queue) state.queue.push(event);
    else if (state) this.#apply(phone, state, event);
    else if (event.name === "chat") {
      // A server that goes away is told of by the stream.
      this.#readChat(phone, event.view).then(() => this.changed(), () => undefined);
    }
  }

  #apply(phone: PhoneState, state: ChatState, event: PersonEvent): void {
    switch (event.name) {
      case "toast":
        return this.note(phone, event.text, event.alert);
      case "answered":
        return phone.taps.answered(event.callback_query_id);
      case "inline_results":
        return void phone.answered.add(event.inline_query_id);
      case "gone":
        return this.#lose(phone, event.chat);
      case "chat":
        state.view = event.view;
        return;
      case "message":
      case "edited":
        state.messages = withMessage(state.messages, event.message);
        if (event.message.from?.id === this.bot.id) state.doing = null;
        return;
      case "deleted": {
        const gone = new Set(event.message_ids);
        state.messages = state.messages.filter(({ message_id }) => !gone.has(message_id));
        return;
      }
      case "typing":
        return this.#setDoing(state, event.action);
      case "commands":
        state.commands = event.commands;
        return;
      case "keyboard":
        state.keyboard = event.keyboard;
        return;
      case "reactions":
        state.reactions = new Map(state.reactions).set(event.message_id, event.reactions);
    }
  }

  #setDoing(state: ChatState, action: string): void {
    const doing = { action };
    state.doing = doing;
    setTimeout(() => {
      // A newer one goes on.
      if (state.doing !== doing) return;
      state.doing = null;
      this.changed();
    }, doing_ms);
  }
}

function reactionsOf({ reactions }: SeenChat): ChatState["reactions"] {
  return new Map(Object.entries(reactions).map(([id, felt]) => [Number(id), felt]));
}
