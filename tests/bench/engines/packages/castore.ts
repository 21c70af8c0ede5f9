/**
 * castore with its PostgreSQL adapter: the facts and the message's event as one group. Its
 * transaction takes events alone, so statistics are written behind it, as by its message bus.
 */
import { type EventDetail, GroupedEvent, isEventAlreadyExistsError } from "@castore/core";
import { PostgresEventStorageAdapter } from "@castore/event-storage-adapter-postgres";
import postgres from "postgres";
import {
  CONNECTIONS,
  type Contender,
  IDLE_SECONDS,
  serve,
  type Tally,
  type Update,
} from "../contender.ts";
import { openVersions } from "../versions.ts";
import { factsOf, STEP_TABLES, tallyOf, writeStatistics } from "./step_tables.ts";

const DIALOGUES = { eventStoreId: "dialogues" };
const MESSAGES = { eventStoreId: "messages" };

async function openCastore(url: string): Promise<Contender> {
  const sql = postgres(url, {
    max: CONNECTIONS,
    idle_timeout: IDLE_SECONDS,
    onnotice: () => {},
  });
  await sql.unsafe(STEP_TABLES);
  await PostgresEventStorageAdapter.createEventTable({
    connectionString: url,
    aggregateId: { type: "VARCHAR", length: 64 },
  });
  const adapter = new PostgresEventStorageAdapter({ connectionString: url });
  const versions = openVersions(async (person) => {
    const { events: [last] } = await adapter.getEvents(person, DIALOGUES, {
      reverse: true,
      limit: 1,
    });
    return last?.version ?? 0;
  });
  const grouped = (event: EventDetail, context: { eventStoreId: string }) =>
    new GroupedEvent({ event, context, eventStorageAdapter: adapter });

  /** The message's aggregate has the update's number, and one event: so it comes once. */
  function groupOf(
    update: Update,
    version: number,
  ): [GroupedEvent, ...GroupedEvent[]] {
    const timestamp = new Date().toISOString();
    const message = {
      ...{ aggregateId: String(update.number), version: 1, timestamp },
      ...{ type: "VerdictDue", payload: { card: update.card } },
    };
    const facts = factsOf(update).map(({ type, data }, i) => {
      const place = {
        aggregateId: update.person,
        version: version + i + 1,
        timestamp,
      };
      return grouped(
        { ...place, type, payload: data } as EventDetail,
        DIALOGUES,
      );
    });
    return [grouped(message as EventDetail, MESSAGES), ...facts];
  }

  return {
    apply: (update) =>
      versions.append(update.person, 2, async (version) => {
        try {
          await adapter.pushEventGroup({}, ...groupOf(update, version));
        } catch (error) {
          if (!isEventAlreadyExistsError(error)) throw error;
          return error.aggregateId === String(update.number) ? "known" : "conflict";
        }
        await writeStatistics(sql, update);
        return "appended";
      }),
    async tally() {
      const [row] = await sql<Pick<Tally, "facts" | "messages" | "gaps">[]>`
        select
          (select count(*)::int from event where aggregate_name = 'dialogues') as facts,
          (select count(*)::int from event where aggregate_name = 'messages') as messages,
          (select count(*)::int from (select from event group by aggregate_name, aggregate_id
            having max(version) <> count(*) or min(version) <> 1) as broken) as gaps`;
      return { ...await tallyOf(sql), ...row };
    },
    // The adapter has no end; its connections are closed with the process.
    [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }),
  };
}

if (import.meta.main) await serve(openCastore);
