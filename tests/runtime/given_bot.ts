/** A process without Telegram: an engine over the test chart and the delivery of what it queues. */
import type { Json } from "../../src/base/json.ts";
import { v4 } from "uuid";
import type { Charts } from "../../machines/flow/chart.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { readCode } from "../../machines/flows/verify_card.ts";
import {
  type Delivery,
  type DeliveryOptions,
  type DeliveryOutcome,
  openDelivery,
} from "../../src/runtime/delivery.ts";
import { answering, answeringAll } from "../../src/runtime/answerer.ts";
import { openLeases } from "../../src/store/leases.ts";
import { openOutboxTable, type OutboxTable, type Task } from "../../src/store/outbox.ts";
import { type GivenEngine, givenEngine, type Sql } from "./given_engine.ts";

export interface GivenBot extends GivenEngine, AsyncDisposable {
  delivery: Delivery;
  owner: string;
  /** What was said, in order: the texts of all sends that came to their end. */
  said: string[];
  troubles: { effect: string; error: unknown }[];
  unreachable: string[];
}

export interface GivenBotOptions
  extends Partial<Pick<DeliveryOptions, "work" | "now" | "isPatient">> {
  /** The test chart unless given. */
  charts?: Charts;
  /** How a message goes out; at once unless told. */
  send?: (words: string, task: Task, signal: AbortSignal) => Promise<DeliveryOutcome>;
  /** The table, changed for the test. */
  table?: (table: OutboxTable) => OutboxTable;
  onUnreachable?: (stream: string) => Promise<void>;
}

export const sentAs = (answer: Json): DeliveryOutcome => ({
  is: "done",
  answer,
  kept: [],
  cleared: [],
});

/** Sends nothing until it is broken off, as a call to a Telegram that is silent. */
export const hang = (signal: AbortSignal): Promise<DeliveryOutcome> =>
  new Promise((resolve) => {
    const end = () => resolve({ is: "retry", after_ms: 0, error: "broken off" });
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });

/** The words of a send. */
export const wordsOf = ({ payload }: Pick<Task, "payload">): string => {
  const { effect } = payload as { readonly effect: Effect & Json };
  return "text" in effect.params ? String(effect.params.text) : effect.type;
};

/** Answers a job: no picture can be read. */
export const readNothing: DeliveryOptions["work"] = answeringAll([
  answering(readCode)(({ callId }, _: Task) =>
    Promise.resolve({ type: "CodeUnreadable", callId, reason: "no_code" })
  ),
]);

/** Stopped at the end of the block, without any grace. */
export function givenBot(sql: Sql, options: GivenBotOptions = {}): GivenBot {
  const owner = v4();
  const said: string[] = [];
  const troubles: GivenBot["troubles"] = [];
  const unreachable: string[] = [];
  const { now = Date.now, work = readNothing, table = (it) => it } = options;
  const { send = () => Promise.resolve(sentAs({ messages: [1] })) } = options;
  const { charts, isPatient } = options;
  const given = givenEngine(sql, {
    owner,
    ...charts && { charts },
    deliver: (tasks, assigned) => delivery.offer(tasks, assigned),
  });
  const delivery: Delivery = openDelivery({
    table: table(openOutboxTable(sql)),
    owner,
    async send(task, signal) {
      const outcome = await send(wordsOf(task), task, signal);
      if (outcome.is === "done") said.push(wordsOf(task));
      return outcome;
    },
    work,
    ...isPatient && { isPatient },
    answer: given.engine.answer,
    async onUnreachable(stream) {
      await options.onUnreachable?.(stream);
      unreachable.push(stream);
    },
    onTrouble: ({ effect }, error) => void troubles.push({ effect, error }),
    now,
  });
  return {
    ...given,
    delivery,
    owner,
    said,
    troubles,
    unreachable,
    [Symbol.asyncDispose]: () => delivery.stop(0),
  };
}

/** Tells other processes that this one lives. */
export const live = (sql: Sql, owner: string, ms = 60_000) =>
  openLeases(sql).hold(`process:${owner}`, owner, ms);

/** Effects that are not done yet, in order. */
export async function undone(sql: Sql): Promise<string[]> {
  const rows = await sql<{ effect: string }[]>`
    select effect from outbox where done_at is null order by seq`;
  return rows.map(({ effect }) => effect);
}
