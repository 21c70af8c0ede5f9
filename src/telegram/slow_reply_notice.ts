/** Tells people that it takes longer, where what they did is not committed soon. */
import type { Api } from "grammy";
import type { Place } from "../../events/envelope.ts";
import { kitWords } from "../../machines/flow/kit_words.ts";
import type { Catalogue } from "../locales/catalogue.ts";
import type { Locale } from "../locales/locales.ts";
import { logOf } from "../base/log.ts";
import { callSignal } from "./api.ts";
import { destinationOf } from "./destination.ts";
import { failureOf } from "./failure.ts";
import type { ReadUpdate } from "./read_update.ts";
import type { Logger } from "./sources.ts";

export interface SlowReplyNoticeOptions {
  api: Api;
  catalogues: Readonly<Record<Locale, Catalogue>>;
  /** In which language somebody is spoken to, by what is known without asking for long. */
  localeFor: (from: Sender) => Promise<Locale>;
  /** Ends everything. */
  signal: AbortSignal;
  /** How long somebody waits before they are told, in ms; 10,000 unless given. */
  after_ms?: number;
  log?: Logger;
}

/** Who waits for what they did. */
export interface SlowReplyNotice {
  /** Notes that these wait; what is noted already goes on waiting. */
  wait(updates: readonly Waiting[]): void;
  /** This update is committed, or there is no hope for it here. */
  settle(update_id: number): void;
  /** Nobody waits here any more. */
  forget(): void;
}

type Waiting =
  & Pick<
    Extract<ReadUpdate, { is: "heard" | "reachable" | "added" }>,
    "update_id" | "from" | "chat"
  >
  & { place?: Place };
type Sender = Waiting["from"];

interface Chat {
  updates: Set<number>;
  timer: ReturnType<typeof setTimeout>;
}

const AFTER_MS = 10_000;

/** A word to everybody in private who waits for longer, once each until they are answered. */
export function openSlowReplyNotice(options: SlowReplyNoticeOptions): SlowReplyNotice {
  const { api, catalogues, signal, after_ms = AFTER_MS, log = logOf("telegram") } = options;
  const chats = new Map<number, Chat>();
  const chatOf = new Map<number, number>();

  async function tell(chat: number, from: Sender, place: Place): Promise<void> {
    try {
      const text = catalogues[await options.localeFor(from)].text(
        kitWords.say("taking_longer", {}).text,
        {},
      );
      const to = destinationOf(chat, place);
      await api.raw.sendMessage({ ...to, text, parse_mode: "HTML" }, callSignal(signal));
    } catch (error) {
      // Not tried again: by then the answer itself may be there.
      const words = failureOf(error)?.words ?? "unknown";
      if (!signal.aborted) log.warn("Cannot tell that it takes longer: {words}", { words });
    }
  }

  function note({ update_id, from, chat: { id }, place = {} }: Waiting): void {
    if (signal.aborted || chatOf.has(update_id)) return;
    chatOf.set(update_id, id);
    const chat = chats.get(id) ??
      { updates: new Set(), timer: setTimeout(() => void tell(id, from, place), after_ms) };
    chats.set(id, chat);
    chat.updates.add(update_id);
  }

  function forget(): void {
    for (const { timer } of chats.values()) clearTimeout(timer);
    chats.clear();
    chatOf.clear();
  }
  signal.addEventListener("abort", forget, { once: true });

  return {
    wait: (updates) => updates.filter(({ chat }) => chat.private).forEach(note),
    settle(update_id) {
      const id = chatOf.get(update_id);
      const chat = id === undefined ? undefined : chats.get(id);
      if (id === undefined || chat === undefined) return;
      chatOf.delete(update_id);
      chat.updates.delete(update_id);
      if (chat.updates.size > 0) return;
      clearTimeout(chat.timer);
      chats.delete(id);
    },
    forget,
  };
}
