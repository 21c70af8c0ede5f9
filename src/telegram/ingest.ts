/** From a batch of updates to what the dialogues hear, in the order in which Telegram sent them. */
import { dialogueStream } from "../../events/stream.ts";
import type { Input } from "../../machines/flow/input.ts";
import { logOf } from "../base/log.ts";
import type { InlineAsk } from "./inline.ts";
import type { Turn } from "./read_only.ts";
import { type ReadingBot, type ReadUpdate, readUpdate, type Sender } from "./read_update.ts";
import type { SlowReplyNotice } from "./slow_reply_notice.ts";
import type { Logger } from "./sources.ts";

/** One update for the engine; see runtime/engine. */
export interface HeardUpdate {
  cause: string;
  stream: string;
  person: string;
  input: Input;
  at: number;
  query: string | null;
}

export interface IngestOptions {
  bot: ReadingBot & { id: number };
  /** The uuid behind each Telegram id; everybody is met once per batch. */
  meet(senders: readonly Sender[]): Promise<ReadonlyMap<number, { person: string }>>;
  /** Resolves when the update is committed. */
  handle(update: HeardUpdate): Promise<unknown>;
  /** Answers a read-only tap; never throws. */
  turn(turn: Turn): Promise<void>;
  /** Answers an inline query in the background. */
  ask(ask: InlineAsk): void;
  setReachable(person: string, reachable: boolean): Promise<void>;
  isOwner(telegram_id: number): boolean;
  /** Told of an owner when this process first hears of them in private. */
  onOwner?(telegram_id: number): void;
  now(): number;
  /** Told who waits from now on, and for which update no longer. */
  slowReplyNotice?: Pick<SlowReplyNotice, "wait" | "settle">;
  log?: Logger;
}

/** An update that the bot does something about. */
export type DialogueUpdate = Exclude<ReadUpdate, { is: "ignored" | "asked" }>;

/** Takes whole batches; resolves when each of their updates is committed. */
export function openIngest(options: IngestOptions): (updates: readonly unknown[]) => Promise<void> {
  const { bot, isOwner, log = logOf("telegram") } = options;
  const owners = new Set<number>();

  function noteOwner({ from: { telegram_id }, chat }: DialogueUpdate): void {
    if (!chat.private || !isOwner(telegram_id) || owners.has(telegram_id)) return;
    owners.add(telegram_id);
    options.onOwner?.(telegram_id);
  }

  function handOver(update: DialogueUpdate, person: string): Promise<unknown> {
    const { from, chat, update_id } = update;
    if (update.is === "reachable") return options.setReachable(person, update.reachable);
    const { tap, read_only, input } = update;
    if (tap && read_only) {
      const { telegram_id, language } = from;
      const whose = { person, telegram_id, language, chat: chat.id };
      return options.turn({ ...whose, ...tap, tap: read_only });
    }
    return options.handle({
      cause: `update:${bot.id}:${update_id}`,
      stream: dialogueStream(person, chat.private ? null : chat.id),
      person,
      input,
      at: options.now(),
      query: tap?.query_id ?? null,
    });
  }

  return async (updates) => {
    const heard = readHeard(updates, bot, (read) => {
      if (read.is === "asked") return options.ask(read.ask);
      const { update_id, reason } = read;
      log.info("Ignored update {update_id}: {reason}", { update_id, reason });
    });
    if (heard.length === 0) return;
    options.slowReplyNotice?.wait(heard);
    const people = await options.meet(heard.map(({ from }) => from));
    // All are begun in order before the first is awaited: the lanes keep that order.
    await Promise.all(heard.map(async (update) => {
      noteOwner(update);
      const met = people.get(update.from.telegram_id);
      if (!met) throw new Error(`Cannot take update ${update.update_id}: its sender was not met`);
      await handOver(update, met.person);
      options.slowReplyNotice?.settle(update.update_id);
    }));
  };
}

/** Those updates that a dialogue hears; `onOther` is told of the others. */
export function readHeard(
  updates: readonly unknown[],
  bot: ReadingBot,
  onOther: (other: Exclude<ReadUpdate, DialogueUpdate>) => void = () => {},
): DialogueUpdate[] {
  return updates.map((update) => readUpdate(update, bot)).filter((read): read is DialogueUpdate => {
    if (read.is !== "ignored" && read.is !== "asked") return true;
    onOther(read);
    return false;
  });
}
