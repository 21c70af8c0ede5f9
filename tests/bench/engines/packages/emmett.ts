/** emmett-postgresql: facts appended with an inline projection, in its transaction. */
import { type SQL, sql as statement } from "@event-driven-io/dumbo";
import { type Event, isExpectedVersionConflictError, projections } from "@event-driven-io/emmett";
import {
  getPostgreSQLEventStore,
  postgreSQLRawSQLProjection,
} from "@event-driven-io/emmett-postgresql";
import pg from "pg";
import postgres from "postgres";
import { CONNECTIONS, type Contender, IDLE_SECONDS, serve, type Tally } from "../contender.ts";
import { openVersions } from "../versions.ts";
import { factsOf, STEP_TABLES, tallyOf } from "./step_tables.ts";

type CodePresented = Event<"CodePresented", { update: number; card: number }>;
type CardVerified = Event<
  "CardVerified",
  { update: number; card: number; names: string; person: string }
>;

/** Statistics, the message, and the update's row, whose key lets it be applied once. */
function projected({ type, data }: CodePresented | CardVerified): SQL[] {
  // An append that has one event for a projection gives it all of its events.
  if (type !== "CardVerified") return [];
  const { update, card, person } = data;
  const payload = JSON.stringify({ type: "showVerdict", card });
  return [
    statement("insert into step.seen (update) values (%L)", update),
    statement(
      `with counted as (
         insert into step.checks as c (card, checks) values (%L, 1)
         on conflict (card) do update set checks = c.checks + 1 returning checks)
       insert into step.scans (update, card, person, number)
       select %L, %L, %L, checks from counted`,
      ...[card, update, card, person],
    ),
    statement(
      "insert into step.outbox (effect, payload) values (%L, %L)",
      update,
      payload,
    ),
  ];
}

async function openEmmett(url: string): Promise<Contender> {
  const sql = postgres(url, {
    max: 2,
    idle_timeout: IDLE_SECONDS,
    onnotice: () => {},
  });
  await sql.unsafe(STEP_TABLES);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    idleTimeoutMillis: IDLE_SECONDS * 1000,
  });
  const store = getPostgreSQLEventStore(url, {
    connectionOptions: { pool },
    projections: projections.inline([
      postgreSQLRawSQLProjection<CodePresented | CardVerified>({
        name: "step",
        canHandle: ["CardVerified"],
        evolve: projected,
      }),
    ]),
  });
  await store.schema.migrate();
  const streamOf = (person: string) => `dialogue-${person}`;
  const versions = openVersions(async (person) =>
    Number((await store.readStream(streamOf(person))).currentStreamVersion)
  );

  return {
    apply: (update) =>
      versions.append(update.person, 2, async (version) => {
        const [presented, verified] = factsOf(update);
        const events: (CodePresented | CardVerified)[] = [
          { ...presented, kind: "Event" },
          {
            ...verified,
            kind: "Event",
            data: { ...verified.data, person: update.person },
          },
        ];
        try {
          await store.appendToStream(streamOf(update.person), events, {
            expectedStreamVersion: BigInt(version),
          });
          return "appended";
        } catch (error) {
          // It tells of every unique index that is broken in this way.
          if (!isExpectedVersionConflictError(error)) throw error;
          const seen = await sql`select from step.seen where update = ${update.number}`;
          return seen.length > 0 ? "known" : "conflict";
        }
      }),
    async tally() {
      const [row] = await sql<Pick<Tally, "facts" | "gaps">[]>`
        select
          (select count(*)::int from emt_messages) as facts,
          (select count(*)::int from (select from emt_messages group by stream_id
            having max(stream_position) <> count(*) or min(stream_position) <> 1) as broken)
            as gaps`;
      return { ...await tallyOf(sql), ...row };
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await pool.end();
      await sql.end({ timeout: 5 });
    },
  };
}

if (import.meta.main) await serve(openEmmett);
