/** From a batch of updates to what the dialogues hear, in the order in which Telegram sent them. */
import type { Place } from "../../events/envelope.ts";
import { dialogueStream } from "../../events/stream.ts";
import type { Input } from "../../machines/flow/input.ts";
import { describe, logOf } from "../base/log.ts";
import type { InlineAsk } from "./inline.ts";
import type { Turn } from "./read_only.ts";
import { type ReadingBot, type ReadUpdate, readUpdate } from "./read_update.ts";
import type { SlowReplyNotice } from "./slow_reply_notice.ts";
import type { Groups, Logger } from "./sources.ts";
import type { Sender } from "./speaker.ts";

/** One update for the engine; see runtime/engine. */
export interface HeardUpdate {
  cause: string;
  stream: string;
  person: string;
  input: Input;
  at: number;
  query: string | null;
  /** Where it was said, where that is more than the stream tells. */
  place?: Place;
}

/** Something to be said because the bot came somewhere. */
export interface Greeting {
  cause: string;
  stream: string;
  at: number;
  channel: boolean;
}

export interface IngestOptions {
  bot: ReadingBot;
  groups: Groups;
  /** The uuid behind each Telegram id; everybody is met once per batch. */
  meet(senders: readonly Sender[]): Promise<ReadonlyMap<number, { person: string }>>;
  /** Resolves when the update is committed. */
  handle(update: HeardUpdate): Promise<unknown>;
  /** Says what the bot does where it came to; resolves when that is committed. */
  greet(greeting: Greeting): Promise<unknown>;
  /** Answers a read-only tap; never throws. */
  turn(turn: Turn): Promise<void>;
  /** Answers an inline query in the background. */
  ask(ask: InlineAsk): void;
  setReachable(person: string, reachable: boolean): Promise<void>;
  /** Whether it is the database, or our own end, that failed: then nothing is confirmed. */
  passes(error: unknown): boolean;
  isOwner(telegram_id: number): boolean;
  /** Told of an owner when this process first hears of them in private. */
  onOwner?(telegram_id: number): void;
  now(): number;
  /** Told who waits from now on, and for which update no longer. */
  slowReplyNotice?: Pick<SlowReplyNotice, "wait" | "settle">;
  log?: Logger;
}

/** An update that somebody is the cause of, and that the bot does something about. */
export type DialogueUpdate = Extract<ReadUpdate, { is: "heard" | "reachable" | "added" }>;

/** Takes whole batches; resolves when each of their updates is committed. */
export function openIngest(options: IngestOptions): (updates: readonly unknown[]) => Promise<void> {
  const { bot, groups, isOwner, log = logOf("telegram") } = options;
  const owners = new Set<number>();

  function noteOwner({ from: { telegram_id }, chat }: DialogueUpdate): void {
    if (!chat.private || !isOwner(telegram_id) || owners.has(telegram_id)) return;
    owners.add(telegram_id);
    options.onOwner?.(telegram_id);
  }

  function handOver(
    update: DialogueUpdate,
    person: string,
    first: ReadonlyMap<number, number>,
  ): Promise<unknown> {
    const { from, chat, update_id } = update;
    if (update.is === "reachable") return options.setReachable(person, update.reachable);
    const group = first.get(chat.id) ?? chat.id;
    const known = {
      cause: `update:${bot.id}:${update_id}`,
      stream: dialogueStream(person, chat.private ? null : group),
      at: options.now(),
    };
    if (update.is === "added") {
      // Where a group moved to, the bot does not come: it was there before.
      if (group !== chat.id) return Promise.resolve();
      return options.greet({ ...known, channel: update.channel });
    }
    const { tap, read_only, input } = update;
    if (tap && read_only) {
      const { telegram_id, language } = from;
      const whose = { person, stream: known.stream, telegram_id, language, chat: chat.id };
      return options.turn({ ...whose, ...tap, tap: read_only });
    }
    const place = { ...group !== chat.id && { group: chat.id }, ...update.place };
    return options.handle({
      ...known,
      person,
      input,
      query: tap?.query_id ?? null,
      ...Object.keys(place).length > 0 && { place },
    });
  }

  /** What fails for a reason of its own is given up, so that it stops none of the others. */
  async function alone(update_id: number, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (options.passes(error)) throw error;
      log.error("Gave up update {update_id}: {error}", { update_id, error: describe(error) });
    }
  }

  /** Everybody at once; where that fails, one by one, without those over whom it does. */
  async function meetAll(heard: readonly DialogueUpdate[]) {
    try {
      return await options.meet(heard.map(({ from }) => from));
    } catch (error) {
      if (options.passes(error)) throw error;
    }
    const met = new Map<number, { person: string }>();
    for (const { update_id, from } of heard) {
      await alone(update_id, async () => {
        for (const [id, person] of await options.meet([from])) met.set(id, person);
      });
    }
    return met;
  }

  /** The first ids of groups that are written to or that speak, where they have others now. */
  async function firstIds(updates: readonly DialogueUpdate[]): Promise<Map<number, number>> {
    const ids = updates.flatMap(({ chat, from }) => [chat.id, from.telegram_id]);
    const found = [...new Set(ids)].filter((id) => id < 0)
      .map(async (id) => {
        const first = groups.first(id).catch((error) => {
          if (options.passes(error)) throw error;
          return id;
        });
        return [id, await first] as const;
      });
    return new Map(await Promise.all(found));
  }

  return async (updates) => {
    const moved: Extract<ReadUpdate, { is: "moved" }>[] = [];
    const read = readHeard(updates, bot, (other) => {
      if (other.is === "asked") return options.ask(other.ask);
      if (other.is === "moved") return void moved.push(other);
      const { update_id, reason } = other;
      log.info("Ignored update {update_id}: {reason}", { update_id, reason });
    });
    for (const { update_id, old, now } of moved) {
      await alone(update_id, () => groups.moved(old, now));
    }
    if (read.length === 0) return;
    options.slowReplyNotice?.wait(read);
    const first = await firstIds(read);
    const heard = read.map((update): DialogueUpdate => {
      const telegram_id = first.get(update.from.telegram_id) ?? update.from.telegram_id;
      return { ...update, from: { ...update.from, telegram_id } };
    });
    const people = await meetAll(heard);
    // All are begun in order before the first is awaited: the lanes keep that order.
    await Promise.all(heard.map(async (update) => {
      await alone(update.update_id, async () => {
        noteOwner(update);
        const met = people.get(update.from.telegram_id);
        if (!met) throw new Error("Its sender was not met");
        await handOver(update, met.person, first);
      });
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
    if (read.is === "heard" || read.is === "reachable" || read.is === "added") return true;
    onOther(read);
    return false;
  });
}
