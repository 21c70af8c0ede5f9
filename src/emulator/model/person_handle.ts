/** What a person can do and see: what tests and demo data hold in their hands. */
import type { ChatPermissions, Contact, Message } from "grammy/types";
import type { SharedKind } from "./chat.ts";
import type { InlineAnswer } from "./inline_ask.ts";
import type { OtherKind } from "./person.ts";

/** One person in one chat, as their phone lets them act and see. Refusals reject with a sentence. */
export interface PersonHandle extends PersonInChats {
  readonly id: number;
  say(text: string, options?: Saying & { quote?: string }): Promise<Message>;
  /** Presses "Start", with the payload of a deep link if given. */
  start(payload?: string): Promise<Message>;
  photo(
    bytes: Uint8Array,
    options?: Saying & { caption?: string; media_group_id?: string },
  ): Promise<Message>;
  album(photos: readonly Uint8Array[], options?: { caption?: string }): Promise<Message[]>;
  document(
    bytes: Uint8Array,
    options: { file_name: string; mime_type: string; caption?: string },
  ): Promise<Message>;
  other(kind: OtherKind): Promise<Message>;
  /** Taps an inline button by its data; answers the callback query's id. */
  tap(message_id: number, data: string): Promise<string>;
  /**
   * Taps the button with this label on the newest message that has it; answers the callback
   * query's id. A button of the reply keyboard is said instead, and answers "".
   */
  tapButton(label: string): Promise<string>;
  /** The chat as this person sees it, in order. */
  messages(): Message[];
  toasts(): { callback_query_id: string; text: string; alert: boolean; url?: string }[];
  answered(callback_query_id: string): boolean;
  /** The newest message of the bot that fits, now or within `timeout_ms` (5000). */
  until(
    seen: (message: Message) => boolean,
    options?: { timeout_ms?: number; after?: number },
  ): Promise<Message>;
  file(file_id: string): Uint8Array;
  /** Scans the QR on a picture and follows its link: says `/start <payload>`. */
  scan(file_id: string): Promise<Message>;
  block(): void;
  unblock(): void;
}

/** Where in a chat a person speaks, and as whom. */
export interface Saying {
  /** A message that is answered. */
  reply_to?: number;
  /** A topic; without it what is said in a forum is said in General. */
  thread?: number;
  /** A chat in whose name they speak: the group itself, or a channel of theirs. */
  as?: number;
}

/** What a person does beyond talking to the bot. User ids may be the bot's. */
export interface PersonInChats {
  /** The same person in another of their chats; without a chat all is said to the bot. */
  in(chat_id: number): PersonHandle;
  /** Makes a group, a supergroup or a channel; answers its id. */
  create(chat: NewChat): Promise<number>;
  /** The chat with another person, which the bot does not see; answers its id. */
  direct(person_id: number): Promise<number>;
  join(chat_id: number): Promise<void>;
  leave(): Promise<void>;
  add(user_id: number, status?: "member" | "administrator"): Promise<void>;
  expel(user_id: number): Promise<void>;
  promote(user_id: number, administrator?: boolean): Promise<void>;
  /** Says what members of the group may send from now on; what is not named stays as it was. */
  permit(permissions: ChatPermissions): Promise<void>;
  /** Turns the group into a supergroup; answers its id. */
  migrate(): Promise<number>;
  /** Opens a topic in a forum, or where the bot has topics in private; answers its thread. */
  topic(name: string): Promise<number>;
  /** Closes a topic, or opens it again; General without a thread. */
  closeTopic(thread?: number, closed?: boolean): Promise<void>;
  deleteTopic(thread: number): Promise<void>;
  /** Has every post of this channel brought into a group from now on. */
  discussIn(group_id: number): Promise<void>;
  voice(bytes: Uint8Array, options?: { duration?: number; caption?: string }): Promise<Message>;
  location(latitude: number, longitude: number): Promise<Message>;
  contact(contact: Contact): Promise<Message>;
  dice(emoji?: string): Promise<Message>;
  forward(from_chat_id: number, message_id: number): Promise<Message>;
  edit(message_id: number, text: string): Promise<Message>;
  remove(...message_ids: number[]): Promise<void>;
  react(message_id: number, ...emojis: string[]): Promise<void>;
  pin(message_id: number): Promise<void>;
  unpin(message_id: number): Promise<void>;
  /** Types the bot's name and a query here; answers the inline query's id. */
  ask(query: string, offset?: string): Promise<string>;
  /** What the bot offered, now or within `timeout_ms` (5000). */
  offered(inline_query_id: string, options?: { timeout_ms?: number }): Promise<InlineAnswer>;
  /** Sends one of the results. */
  choose(inline_query_id: string, result_id: string): Promise<Message>;
  /** Deletes the person's account. */
  deactivate(): void;
}

/** What a person says of the chat that they make. */
export interface NewChat {
  kind: SharedKind;
  title: string;
  /** A public name, for a supergroup or a channel. */
  username?: string | undefined;
  /** Whether a supergroup has topics. */
  forum?: boolean | undefined;
  /** People who are in it from the beginning, by id. */
  members?: readonly number[] | undefined;
  /** As what the bot is in it; unless given, it is not. */
  bot?: "member" | "administrator" | undefined;
}
