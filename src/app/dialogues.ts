/** The dialogues without Telegram: log, read models, people and the engine over them. */
import { v7 } from "uuid";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/effects.ts";
import { openAsks } from "../cards/answer_asks.ts";
import { mintCode } from "../cards/mint_code.ts";
import { describe, logOf } from "../base/log.ts";
import { type Cards, openCards } from "../flows/issue_card/read_model.ts";
import { inline } from "../projections/projection.ts";
import { projections } from "../flows/projections.ts";
import { type Engine, type EngineOptions, openEngine, type RightsOf } from "../runtime/engine.ts";
import { openPatience, type Patience } from "../runtime/patience.ts";
import { openStreams } from "../runtime/streams.ts";
import { type Log, openLog } from "../store/log.ts";
import type { MasterKey } from "../store/master_key.ts";
import type { Database } from "../store/open_database.ts";
import { openPeople, type People } from "../store/people.ts";
import { openSnapshots } from "../store/snapshots.ts";
import { stampKey } from "../store/stamps.ts";
import { personOfStream } from "../../events/stream.ts";

export interface DialoguesParts {
  sql: Database["sql"];
  master: MasterKey;
  /** This process, as the owner of what it appends. */
  owner: string;
  deliver: EngineOptions["deliver"];
  /** What people may do, given who they are. */
  rights: (people: People) => RightsOf;
  /** Ends the waiting for a database that does not answer. */
  signal: AbortSignal;
}

export interface Dialogues {
  readonly engine: Engine;
  readonly people: People;
  readonly cards: Cards;
  readonly log: Log;
  readonly rights: RightsOf;
  /** For everything else that must not fail because the database is away. */
  readonly patiently: Patience;
}

/** Opens the dialogues on a migrated database; throws `ForeignDatabase` where the key is not its own. */
export async function openDialogues(parts: DialoguesParts): Promise<Dialogues> {
  const { sql, master, owner, deliver, signal } = parts;
  await stampKey(sql, master.fingerprint);
  const lines = logOf("runtime");
  const onUnavailable: EngineOptions["onUnavailable"] = (error, again_ms) =>
    lines.warn("{error} Trying again in {again_ms} ms.", { error: error.message, again_ms });
  const people = openPeople(sql, master.key);
  const cards = openCards(sql);
  const rights = parts.rights(people);
  const log = openLog(sql, projections.map(inline), owner);
  const engine = openEngine({
    log,
    charts,
    streams: openStreams({
      log,
      snapshots: openSnapshots(sql),
      charts,
      onCacheTrouble: (stream, error) =>
        lines.warn("Snapshot of {stream} is of no use: {error}", {
          stream,
          error: describe(error),
        }),
    }),
    ask: askOf(cards, {
      sealedNames: async (person) => (await people.find(person))?.sealed_names ?? null,
      seal: people.seal,
      rights,
    }),
    rights,
    deliver,
    seal: people.seal,
    sealFailure: (incoming) => people.seal(incoming.person, JSON.stringify(incoming)),
    onFailure: (reference, stream, error) =>
      lines.error("Update failed, reference {reference}, in {stream}: {error}", {
        reference,
        stream,
        error: describe(error),
      }),
    onUnavailable,
    newId: v7,
    newReference: () => mintCode().slice(0, 8),
    signal,
  });
  const patiently = openPatience({ signal, onUnavailable });
  return { engine, people, cards, log, rights, patiently };
}

/** What answers a dialogue's asks; reads, and writes nothing. */
export function askOf(
  { idOfCode, byNumber }: Pick<Cards, "idOfCode" | "byNumber">,
  { sealedNames, seal, rights }: {
    sealedNames: (person: string) => Promise<string | null>;
    seal: People["seal"];
    rights: RightsOf;
  },
): EngineOptions["ask"] {
  const asks = openAsks({ idOfCode, byNumber, sealedNames, seal, newId: v7 });
  return async (effect: Effect, { stream }) => {
    const person = personOfStream(stream);
    switch (effect.type) {
      case "findCode":
        return await asks.findCode(effect.params, person);
      case "findOwnCard":
        return await asks.findOwnCard(effect.params, person);
      case "restoreCard":
        return await asks.restoreCard(effect.params, person);
      case "issueCard":
        // The last photo's check may take longer than the right lasts.
        if (!(await rights({ stream })).admin) {
          return { type: "IssueRefused", callId: effect.params.callId };
        }
        return await asks.issueCard(effect.params, person);
      case "inviteMaker":
        return await asks.inviteMaker(effect.params, person);
      case "issueEditions":
        if (!(await rights({ stream })).admin) {
          return { type: "BatchStopped", callId: effect.params.callId };
        }
        return await asks.issueEditions(effect.params, person);
      case "correctCard":
        // Whoever is no maker any more has no cards of their own either.
        if (!(await rights({ stream })).admin) {
          return { type: "OwnCardMissing", callId: effect.params.callId };
        }
        return await asks.correctCard(effect.params, person);
      default:
        throw new Error(`Cannot answer ${effect.type}: nobody answers this ask`);
    }
  };
}
