/** What a person does on their phone, as sentences. Refusals become notices there. */
import type { Message } from "grammy/types";
import { control, type FileKind } from "./control.ts";
import type { Messenger } from "./messenger.ts";
import type { PhoneState } from "./phone_state.ts";

/** What one person can do in one chat. */
export class Acts {
  readonly #messenger: Messenger;
  readonly #phone: PhoneState;
  readonly #chat: number;

  constructor(messenger: Messenger, phone: PhoneState, chat: number) {
    this.#messenger = messenger;
    this.#phone = phone;
    this.#chat = chat;
  }

  /** Whether it went. */
  async say(text: string, reply_to?: number): Promise<boolean> {
    return await this.#do("say", { text, ...reply_to !== undefined && { reply_to } }) !== null;
  }

  /** Whether it went. */
  async edit(message_id: number, text: string): Promise<boolean> {
    return await this.#do("edit", { message_id, text }) !== null;
  }

  async upload(
    files: readonly File[],
    as: FileKind,
    extra: { caption?: string; reply_to?: number; duration?: number } = {},
  ): Promise<boolean> {
    const upload = { files, as, chat: this.#chat, ...extra };
    const sent = () => control.upload(this.#phone.person.id, upload);
    return await this.#messenger.attempt(this.#phone, sent) !== null;
  }

  /** `act` is dice, location or contact. */
  send(act: "dice" | "location" | "contact", body: Record<string, unknown> = {}) {
    return this.#do(act, body);
  }

  sticker() {
    return this.#do("other", { kind: "sticker" });
  }

  /** A tap on an inline button. */
  async tap(message_id: number, data: string): Promise<void> {
    const { taps, person } = this.#phone;
    const send = () =>
      control.act<{ callback_query_id: string }>(person.id, "tap", {
        message_id,
        data,
        chat: this.#chat,
      });
    await this.#messenger.attempt(this.#phone, () => taps.tap(message_id, data, send));
  }

  remove(message_id: number) {
    return this.#do("delete", { message_id });
  }

  forward(message: Message, to: number) {
    const { message_id, chat } = message;
    return this.#do("forward", { from_chat: chat.id, message_id, chat: to });
  }

  react(message_id: number, emoji: string | null) {
    return this.#do("react", { message_id, emojis: emoji === null ? [] : [emoji] });
  }

  /** Asks the bot inline; answers the query's id, null when it could not be asked. */
  async inline(query: string): Promise<string | null> {
    const asked = await this.#do<{ inline_query_id: string }>("inline", { query });
    return asked?.inline_query_id ?? null;
  }

  choose(inline_query_id: string, result_id: string) {
    return this.#do("choose", { inline_query_id, result_id });
  }

  block(blocked: boolean) {
    return this.#do(blocked ? "block" : "unblock", {});
  }

  leave() {
    return this.#do("leave", {});
  }

  #do<T>(act: string, body: Record<string, unknown>): Promise<T | null> {
    const { id } = this.#phone.person;
    return this.#messenger.attempt(
      this.#phone,
      () => control.act<T>(id, act, { chat: this.#chat, ...body }),
    );
  }
}

/** Points a phone's camera at a picture; whether it led to the bot. */
export async function scanWith(
  messenger: Messenger,
  phone: PhoneState,
  file_id: string,
): Promise<boolean> {
  const scan = () => control.act(phone.person.id, "scan", { file_id });
  return await messenger.attempt(phone, scan) !== null;
}
