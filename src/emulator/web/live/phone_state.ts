/** What one person's phone holds: their chats, and what is on its screen. */
import type { BotCommand, Message, ReplyKeyboardMarkup } from "grammy/types";
import type { ChatView, Person, ReactionView } from "./control.ts";
import type { PersonEvent } from "./live.ts";
import { Taps } from "./taps.ts";
import { serviceWords } from "./wording.ts";

/** One chat on one phone. Lists are replaced, never changed, so that a drawing can tell. */
export interface ChatState {
  view: ChatView;
  messages: readonly Message[];
  keyboard: ReplyKeyboardMarkup | null;
  reactions: ReadonlyMap<number, readonly ReactionView[]>;
  commands: readonly BotCommand[];
  /** What the bot says of itself in an empty chat; "" when nothing. */
  description: string;
  /** What the bot is seen doing, by the name of its chat action. */
  doing: { action: string } | null;
  /** The newest message that was seen. */
  read: number;
  /** What the text field is to begin with. */
  draft: string | null;
  loaded: boolean;
  /** Events that came while the chat was being read. */
  queue: PersonEvent[] | null;
}

/** A line that goes away by itself, or with `alert` a box to be closed. */
export interface Notice {
  id: number;
  text: string;
  alert: boolean;
}

export class PhoneState {
  person: Person;
  readonly chats = new Map<number, ChatState>();
  readonly taps: Taps;
  /** The chat on the screen; null shows the list of chats. */
  open: number | null;
  notice: Notice | null = null;
  /** Whether its chats were read once: what appears afterwards is new. */
  isRead = false;
  /** Inline queries that the bot has answered. */
  readonly answered = new Set<string>();

  constructor(person: Person, changed: () => void) {
    this.person = person;
    const kept = sessionStorage.getItem(`open:${person.id}`);
    this.open = kept === null ? person.id : Number(kept) || null;
    this.taps = new Taps(changed);
  }

  /** The chats as the list shows them: the newest message first. */
  get list(): ChatState[] {
    // One that was just made is about to be looked for.
    const at = ({ messages, view }: ChatState) =>
      messages.at(-1)?.message_id ?? (view.kind === "private" ? 0 : Infinity);
    return [...this.chats.values()].sort((a, b) => at(b) - at(a));
  }

  /** Puts a chat on the screen, also after the page was loaded again; null is the list. */
  show(chat: number | null): void {
    this.open = chat;
    sessionStorage.setItem(`open:${this.person.id}`, String(chat));
  }

  get unread(): number {
    return this.list.reduce((sum, chat) => sum + unreadIn(chat, this.person.id), 0);
  }

  /** The chat of this id, begun when there is none. */
  chat(view: ChatView): ChatState {
    const known = this.chats.get(view.id);
    if (known) {
      known.view = view;
      return known;
    }
    const begun: ChatState = {
      view,
      messages: [],
      reactions: new Map(),
      commands: [],
      description: "",
      keyboard: null,
      doing: null,
      read: 0,
      draft: null,
      loaded: false,
      queue: null,
    };
    this.chats.set(view.id, begun);
    return begun;
  }
}

/** The last message before the first that somebody has said; 0 when there is none. */
export function beginningOf(messages: readonly Message[]): number {
  const said = messages.findIndex((message) => serviceWords(message) === null);
  const before = said === -1 ? messages.length : said;
  return messages[before - 1]?.message_id ?? 0;
}

/** How many messages of others came after what was seen. */
export function unreadIn({ messages, read }: ChatState, person: number): number {
  let count = 0;
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i];
    if (!message || message.message_id <= read) break;
    if (message.from?.id !== person && serviceWords(message) === null) count++;
  }
  return count;
}

/** The messages with this one put in its place, or in place of its older form. */
export function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const { message_id } = message;
  const at = messages.findLastIndex((known) => known.message_id <= message_id);
  if (messages[at]?.message_id === message_id) return messages.with(at, message);
  return messages.toSpliced(at + 1, 0, message);
}
