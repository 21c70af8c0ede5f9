/** An engine over the test chart on a real database, and what it gave away. */
import type { NewTask } from "../../src/store/append.ts";
import { v4, v7 } from "uuid";
import { dialogueStream, personOfStream } from "../../events/stream.ts";
import type { Charts } from "../../machines/flow/chart.ts";
import type { Input } from "../../machines/flow/input.ts";
import { findOwnCard } from "../../machines/flows/own_cards.ts";
import { answering, answeringAll } from "../../src/runtime/answerer.ts";
import {
  type Engine,
  type EngineOptions,
  openEngine,
  type RightsOf,
} from "../../src/runtime/engine.ts";
import type { Handled, Incoming } from "../../src/runtime/incoming.ts";
import { openStreams, type Streams } from "../../src/runtime/streams.ts";
import { type Log, openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { openSnapshots } from "../../src/store/snapshots.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";
import { text } from "../machines/samples.ts";
import { testCharts } from "./test_chart.ts";

export type Sql = Database["sql"];

export interface GivenEngine {
  engine: Engine;
  log: Log;
  streams: Streams;
  /** What was handed over to be carried out. */
  offered: NewTask[];
  failures: { reference: string; stream: string; error: unknown }[];
  losses: { cause: string; error: unknown }[];
  /** Snapshots that were of no use. */
  useless: string[];
  /** How often the database did not answer. */
  outages: () => number;
  /** One update with a text. */
  hears(stream: string, words: string, more?: Partial<ToldUpdate>): Promise<Handled>;
}

export interface GivenOptions extends Partial<Pick<EngineOptions, "signal" | "ask" | "deliver">> {
  charts?: Charts;
  owner?: string;
  /** The log, changed for the test. */
  watched?: (log: Log) => Log;
}

export const dialogue = (person = v4()): string => dialogueStream(person);

/** An update with the rights of its sender; a maker is an owner here. */
export interface ToldUpdate extends Incoming {
  admin: boolean;
}

/** The rights that the update itself tells; an answer has those of an owner. */
export const toldRights: RightsOf = (who) => {
  const admin = !("admin" in who) || who.admin === true;
  return Promise.resolve({ admin, owner: admin });
};

/** An update of which there is only one. */
export const update = (
  stream: string,
  input: Input,
  more: Partial<ToldUpdate> = {},
): ToldUpdate => ({
  cause: `update:1:${v4()}`,
  stream,
  person: personOfStream(stream),
  input,
  at: 1_000,
  admin: false,
  query: null,
  ...more,
});

/** No card is anybody's own: the answer to every ask of the test chart. */
export const findNothing: EngineOptions["ask"] = answeringAll([
  answering(findOwnCard)(({ callId }, _: { stream: string }) =>
    Promise.resolve({ type: "OwnCardMissing", callId })
  ),
]);

export function givenEngine(sql: Sql, options: GivenOptions = {}): GivenEngine {
  const { charts = testCharts, owner = v4(), ask = findNothing, watched = (it) => it } = options;
  const { signal = new AbortController().signal } = options;
  const useless: string[] = [];
  const log = watched(openLog(sql, [], owner));
  const streams = openStreams({
    log,
    snapshots: openSnapshots(sql),
    charts,
    onCacheTrouble: (stream, error) => void useless.push(`${stream}: ${error}`),
  });
  const offered: NewTask[] = [];
  const failures: GivenEngine["failures"] = [];
  const losses: GivenEngine["losses"] = [];
  let outages = 0;
  const engine = openEngine({
    log,
    streams,
    charts,
    ask,
    circumstances: async (who) => ({ rights: await toldRights(who), locale: "ru" }),
    deliver(tasks, assigned) {
      offered.push(...tasks);
      options.deliver?.(tasks, assigned);
    },
    seal: (_person, words) => Promise.resolve(words),
    unseal: () => Promise.resolve(null),
    sealFailure: () => Promise.resolve("sealed"),
    onFailure: (reference, stream, error) => failures.push({ reference, stream, error }),
    onLoss: (cause, error) => losses.push({ cause, error }),
    onUnavailable: () => void outages++,
    newId: v7,
    newReference: v4,
    signal,
  });
  const hears: GivenEngine["hears"] = (stream, words, more) =>
    engine.handle(update(stream, text(words), more));
  return {
    engine,
    log,
    streams,
    offered,
    failures,
    losses,
    useless,
    outages: () => outages,
    hears,
  };
}

/** The facts of a stream, told shortly: "NameProvided ask 1", "OwnCardMissing 1:0". */
export async function toldBy(log: Log, stream: string): Promise<string[]> {
  const rows = await log.read(stream, 0);
  return rows.map(({ type, data }) => [type, data.name ?? data.callId ?? ""].join(" ").trim());
}

/** What is wrong with the log: nothing, one hopes. */
export async function faultsOf(sql: Sql, charts: Charts = testCharts): Promise<readonly string[]> {
  return (await verifyLog(sql, { charts, projections: [] })).faults;
}
