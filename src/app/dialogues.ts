/** The dialogues without Telegram: log, read models, people and the engine over them. */
import { openAll } from "../base/sealed_words.ts";
import { v7 } from "uuid";
import { charts } from "../../machines/charts.ts";
import { mintCode } from "../cards/mint_code.ts";
import { describe, logOf } from "../base/log.ts";
import { flowParts } from "../flows/all_flows.ts";
import type { AskKit } from "../flows/flow_parts.ts";
import { inlineProjection } from "../projections/projection.ts";
import { projections } from "../flows/projections.ts";
import type { Readers } from "../projections/readers.ts";
import { answeringAll } from "../runtime/answerer.ts";
import { type Engine, type EngineOptions, openEngine, type RightsOf } from "../runtime/engine.ts";
import {
  openRetryWhileUnavailable,
  type RetryWhileUnavailable,
} from "../runtime/retry_while_unavailable.ts";
import { openStreams } from "../runtime/streams.ts";
import { type Log, openLog } from "../store/log.ts";
import type { MasterKey } from "../store/master_key.ts";
import type { Database } from "../store/open_database.ts";
import { openPeople, type People } from "../store/people.ts";
import { openSnapshots } from "../store/snapshots.ts";
import type { Locale } from "../locales/locales.ts";
import { openChosenLanguages, readChosen } from "./chosen_languages.ts";
import { type Locales, openLocales } from "./message_sources.ts";
import { claimForKey } from "../store/database_identity.ts";
import { tellingLog } from "./tell_work.ts";
import { personOfStream } from "../../events/stream.ts";

export interface DialoguesParts {
  sql: Database["sql"];
  read: Readers;
  master: MasterKey;
  /** This process, as the owner of what it appends. */
  owner: string;
  deliver: EngineOptions["deliver"];
  /** What people may do, given who they are. */
  rights: (people: People) => RightsOf;
  /** For whoever has chosen no language, on a phone that speaks none of the bot's. */
  default_locale: Locale;
  /** Ends the waiting for a database that does not answer. */
  signal: AbortSignal;
}

export interface Dialogues {
  readonly engine: Engine;
  readonly people: People;
  readonly log: Log;
  readonly rights: RightsOf;
  readonly locales: Locales;
  /** For everything else that must not fail because the database is away. */
  readonly retryWhileUnavailable: RetryWhileUnavailable;
}

/** Opens the dialogues on a migrated database; throws `ForeignDatabase` where the key is not its own. */
export async function openDialogues(parts: DialoguesParts): Promise<Dialogues> {
  const { sql, read, master, owner, deliver, signal } = parts;
  await claimForKey(sql, master.fingerprint);
  const lines = logOf("runtime");
  const onUnavailable: EngineOptions["onUnavailable"] = (error, again_ms) =>
    lines.warn("{error} Trying again in {again_ms} ms.", { error: error.message, again_ms });
  const people = openPeople(sql, master.key);
  const rights = parts.rights(people);
  const chosen = openChosenLanguages();
  const fallback = parts.default_locale;
  const locales = openLocales(sql, { people, chosenAfter: chosen.after, fallback });
  const inline = projections.map(inlineProjection);
  const log = tellingLog(chosen.keptFrom(openLog(sql, inline, owner, readChosen)));
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
    ask: asksOf({
      read,
      isMaker: async (asker) => (await rights(asker)).admin,
      sealedNames: async (person) => (await people.find(person))?.sealed_names ?? null,
      seal: people.seal,
      open: (person, words) => openAll(words, (token) => people.unseal(person, token)),
      newId: v7,
    }),
    circumstances: async (who) => {
      const looked = [rights(who), locales.ofStream(who.stream)] as const;
      const [allowed, locale] = await Promise.all(looked);
      return { rights: allowed, locale };
    },
    deliver,
    seal: people.seal,
    unseal: people.unseal,
    sealFailure: (incoming) => people.seal(incoming.person, JSON.stringify(incoming)),
    onFailure: (reference, stream, error) =>
      lines.error("Update failed, reference {reference}, in {stream}: {error}", {
        reference,
        stream,
        error: describe(error),
      }),
    onLoss: (cause, error) =>
      lines.error("{cause} failed, and nothing of it could be kept: {error}", {
        cause,
        error: describe(error),
      }),
    onUnavailable,
    newId: v7,
    newReference: () => mintCode().slice(0, 8),
    signal,
  });
  const retryWhileUnavailable = openRetryWhileUnavailable({ signal, onUnavailable });
  return { engine, people, log, rights, locales, retryWhileUnavailable };
}

/** What answers the asks of every flow; reads, and writes nothing. */
export function asksOf(kit: AskKit): EngineOptions["ask"] {
  const answer = answeringAll(flowParts.flatMap(({ asks }) => asks?.(kit) ?? []));
  return (effect, { stream }) => answer(effect, { stream, person: personOfStream(stream) });
}
