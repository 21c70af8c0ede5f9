/** The one path of an update: load, hear, step, ask, append; on a conflict, again. */
import { type Circumstances, envelopeOf, type Place } from "../../events/envelope.ts";
import { openWithin } from "../base/sealed_words.ts";
import type { Append, NewTask } from "../store/append.ts";
import type { Fact } from "../../events/facts.ts";
import { kitWords } from "../../machines/flow/kit_words.ts";
import type { Rights } from "../../machines/flow/input_context.ts";
import type { Charts } from "../../machines/flow/chart.ts";
import type { Effect } from "../../machines/flow/effect.ts";

import { StoreUnavailable } from "../store/store_unavailable.ts";
import { decide, type Decision, type DecisionMetadata, upgrade } from "./decide.ts";
import { type FailureOptions, openFailures } from "./keep_failure.ts";
import type { Handled, Incoming } from "./incoming.ts";
import { openLanes } from "./lanes.ts";
import { answerTap, sayTask } from "./reply_tasks.ts";
import { openRetryWhileUnavailable } from "./retry_while_unavailable.ts";
import { sealWords } from "./seal_words.ts";
import type { Streams, StreamState } from "./streams.ts";

/** An answer to a job, a timer or a tell: a fact that comes from no person. */
export interface Answer {
  /** `effect:<id>`. */
  cause: string;
  correlation: string;
  stream: string;
  fact: Fact;
  at: number;
  /** Where the dialogue speaks, where that is more than the stream tells. */
  place?: Place;
}

/** Looks rights up at the moment of acting. */
export type RightsOf = (who: { stream: string }) => Promise<Rights>;

/** Looks up what is decided outside the chart, at the moment of acting. */
export type CircumstancesOf = (who: { stream: string }) => Promise<Circumstances>;

/** Words that no fact led to. */
export interface Announcement {
  cause: string;
  stream: string;
  /** In ms. */
  at: number;
  params: ReturnType<typeof kitWords.say>;
}

export interface EngineOptions extends FailureOptions {
  streams: Streams;
  charts: Charts;
  /** Answers an ask for the person of this stream. */
  ask: (effect: Effect, who: { stream: string }) => Promise<Fact>;
  circumstances: CircumstancesOf;
  /** Seals what a person typed with their key. */
  seal: (person: string, text: string) => Promise<string>;
  /** Opens what was sealed with their key; null where the key is gone. */
  unseal: (person: string, token: string) => Promise<string | null>;
  onUnavailable: (error: StoreUnavailable, again_ms: number) => void;
  newId: () => string;
  /** Ends the waiting for a database that does not answer. */
  signal: AbortSignal;
}

export interface Engine {
  /** Applies an update once. Resolves when it is committed, whatever became of it. */
  handle(incoming: Incoming): Promise<Handled>;
  /** Applies an update that failed before; throws where it fails again. */
  retry(incoming: Incoming): Promise<Handled>;
  /** Says something once, and leaves the dialogue as it is. */
  announce(announcement: Announcement): Promise<Handled>;
  /** Applies an answer once; throws where the chart fails over it. */
  answer(answer: Answer): Promise<Handled>;
}

/** What is told of an update or an answer before anything is looked up. */
type Settled = Pick<Answer, "stream" | "cause" | "correlation" | "at" | "place"> & {
  who: { stream: string };
};

/** Conflicts with other processes over one dialogue before it is left to another try. */
const CONFLICTS_MAX = 50;

export function openEngine(options: EngineOptions): Engine {
  const { log, streams, charts, ask, deliver } = options;
  const lanes = openLanes();
  const retryWhileUnavailable = openRetryWhileUnavailable(options);
  const keepFailure = openFailures(options);

  /** Decides and appends until no other process was faster; looks everything up each time. */
  async function settle(
    { who, place, ...known }: Settled,
    propose: (streamState: StreamState, circumstances: Circumstances) => Fact | Promise<Fact>,
    withTap: (decision: Decision) => readonly NewTask[],
  ): Promise<Handled> {
    const { stream, cause } = known;
    for (let conflicts = 0; conflicts <= CONFLICTS_MAX; conflicts++) {
      const [loaded, circumstances] = await Promise.all([
        streams.load(stream),
        options.circumstances(who),
      ]);
      const envelope = envelopeOf(circumstances, place);
      const metadata: DecisionMetadata = { ...known, envelope, newId: options.newId };
      const upgraded = upgrade(metadata, loaded, charts.current);
      const streamState = upgraded?.streamState ?? loaded;
      const decision = await decide(
        metadata,
        streamState,
        await propose(streamState, circumstances),
        (effect) => ask(effect, { stream }),
      );
      if (decision === null) return "stale";
      const append: Append = {
        stream,
        expected: loaded.version,
        events: upgraded ? [upgraded.event, ...decision.events] : decision.events,
        cause,
        tasks: [...withTap(decision), ...decision.tasks],
      };
      const appended = await log.append(append);
      if (appended.is === "appended") {
        streams.keep(stream, decision.streamState);
        deliver(
          append.tasks.filter(({ effect }) => !appended.waiting.has(effect)),
          appended.assigned,
        );
        return "applied";
      }
      streams.drop(stream);
      if (appended.is === "duplicate") return "duplicate";
    }
    throw new StoreUnavailable(`Cannot append to ${stream}: ${CONFLICTS_MAX} conflicts in a row`);
  }

  async function handleOnce(incoming: Incoming): Promise<Handled> {
    const { stream, cause, at, place } = incoming;
    return await settle(
      { who: incoming, stream, cause, correlation: cause, at, ...place && { place } },
      (streamState, circumstances) => hear(incoming, streamState, circumstances),
      (decision) => answerTap(incoming, decision),
    );
  }

  async function hear(
    { person, input, at }: Incoming,
    { chart, snapshot }: StreamState,
    { rights }: Circumstances,
  ): Promise<Fact> {
    const { value } = snapshot;
    // What is heard is compared with what they typed before: in memory that is sealed.
    const context = await openWithin(
      snapshot.context,
      (token) => options.unseal(person, token),
    );
    const fact = chart.hear(value, { input, at, context, ...rights });
    return await sealWords(fact, (text) => options.seal(person, text));
  }

  async function announceOnce({ params, ...about }: Announcement): Promise<Handled> {
    const { cause, stream } = about;
    const tasks = [sayTask({ ...about, effect: `${cause}:said` }, params)];
    const appended = await log.append({ stream, expected: 0, events: [], cause, tasks });
    if (appended.is !== "appended") return "duplicate";
    deliver(tasks.filter(({ effect }) => !appended.waiting.has(effect)), appended.assigned);
    return "applied";
  }

  return {
    handle: (incoming) =>
      lanes.run(incoming.stream, () =>
        retryWhileUnavailable(async () => {
          try {
            return await handleOnce(incoming);
          } catch (error) {
            if (error instanceof StoreUnavailable) throw error;
            streams.drop(incoming.stream);
            return await keepFailure(incoming, error);
          }
        })),
    retry: (incoming) =>
      lanes.run(incoming.stream, () => retryWhileUnavailable(() => handleOnce(incoming))),
    announce: (announcement) => retryWhileUnavailable(() => announceOnce(announcement)),
    answer: ({ fact, ...answered }) =>
      lanes.run(
        answered.stream,
        () =>
          retryWhileUnavailable(() => settle({ who: answered, ...answered }, () => fact, () => [])),
      ),
  };
}
