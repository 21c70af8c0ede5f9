/** A round of scans with what it cost, and how long the loop of a bot stood still meanwhile. */
import { delay } from "@std/async";
import type { BenchBot } from "./bench_bots.ts";
import { cpuOf, rssOf } from "./process_cost.ts";
import type { Order, RoundFigures } from "./scan_round.ts";
import type { Seed } from "./seed_cards.ts";
import type { WatchedServer } from "./watched_server.ts";

/** Per verdict, where it can be; NaN where there is nothing to be measured. */
export interface Measured extends RoundFigures {
  cpu_ms: number;
  postgres_ms: number;
  statements: number;
  rss_mb: number;
}

/** What a bot does after the last message has arrived is its cost as well. */
const AFTERMATH_MS = 300;

/** Lets the bot answer these scans. */
export async function measureRound(
  { pid, stub, database }: BenchBot,
  server: WatchedServer,
  order: Order,
): Promise<Measured> {
  await server.begin();
  const [bot_ms, server_ms] = [cpuOf(pid), server.cpu()];
  const figures = await stub.round(order);
  await delay(AFTERMATH_MS);
  const each = (total: number) => total / order.scans;
  return {
    ...figures,
    cpu_ms: each(cpuOf(pid) - bot_ms),
    postgres_ms: database === null ? NaN : each(server.cpu() - server_ms),
    statements: database === null ? NaN : each(await server.statements(database)),
    rss_mb: rssOf(pid),
  };
}

/** The longest time that the loop did nothing else, before the labels and while they were made. */
export interface Stalls {
  before_ms: number;
  labels_ms: number;
}

const PROBE_MS = 3;
const BEFORE_MS = 2_000;

/** Asks for the labels of 500 cards while people scan. */
export async function measureStalls(
  { stub, address }: BenchBot,
  { maker, batch }: Seed,
  order: Order,
): Promise<Stalls> {
  if (address === null) throw new Error("There is nothing to probe");
  const scanning = stub.round(order);
  // Waited for below; until then its failure must not end the bench with everything running.
  scanning.catch(() => undefined);
  const before_ms = await longestWait(address, delay(BEFORE_MS));
  const labels = stub.tapForDocument({ chat: maker, data: `1:batch_labels:${batch}` });
  const labels_ms = await longestWait(address, labels);
  await scanning;
  return { before_ms, labels_ms };
}

/** Asks again and again for what the loop answers by itself: it answers when it is free. */
async function longestWait(address: string, until: Promise<unknown>): Promise<number> {
  let is_over = false;
  let longest_ms = 0;
  const ending = until.finally(() => is_over = true);
  ending.catch(() => undefined);
  while (!is_over) {
    const began_ms = performance.now();
    await (await fetch(address)).text();
    longest_ms = Math.max(longest_ms, performance.now() - began_ms);
    await delay(PROBE_MS);
  }
  await ending;
  return longest_ms;
}
