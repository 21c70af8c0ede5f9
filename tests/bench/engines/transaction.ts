/** The usual way: begin, the rows that our path writes for it, commit. */
import postgres from "postgres";
import { dialogueStream } from "../../../events/stream.ts";
import { migrations } from "../../../src/flows/migrations.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { openDatabase } from "../../../src/store/open_database.ts";
import { prepareLines, transactionLine } from "../lines.ts";
import { checks } from "../workloads.ts";
import {
  CARDS,
  CONNECTIONS,
  type Contender,
  IDLE_SECONDS,
  serve,
  type Tally,
} from "./contender.ts";
import { openVersions } from "./versions.ts";

async function openTransaction(url: string): Promise<Contender> {
  await prepare(url);
  const sql = postgres(url, {
    max: CONNECTIONS,
    idle_timeout: IDLE_SECONDS,
    onnotice: () => {},
  });
  const check = checks(Array.from({ length: CARDS }, (_, i) => `card ${i}`));
  const versions = openVersions(async (person) => {
    const [row] = await sql<{ version: number }[]>`
      select coalesce(max(version), 0)::int as version from line.events
      where stream = ${dialogueStream(person)}`;
    return row?.version ?? 0;
  });
  return {
    apply: ({ number, person, card }) =>
      versions.append(person, 2, async (version) => {
        try {
          await transactionLine(sql, person, check(card), version + 1, `update:${number}`);
          return "appended";
        } catch (error) {
          if (!(error instanceof postgres.PostgresError) || error.code !== "23505") throw error;
          return error.constraint_name === "seen_pkey" ? "known" : "conflict";
        }
      }),
    async tally() {
      const [row] = await sql<Tally[]>`
        select
          (select count(*)::int from line.events) as facts,
          (select coalesce(sum(checks), 0)::int from line.checks) as checks,
          (select count(*)::int from line.scans) as scans,
          (select count(*)::int from line.outbox) as messages,
          (select count(*)::int from (select from line.events group by stream
            having max(version) <> count(*) or min(version) <> 1) as broken) as gaps`;
      if (!row) throw new Error("The line's database tells nothing");
      return row;
    },
    [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }),
  };
}

/** The project's tables, and those of the line beside them. */
async function prepare(url: string): Promise<void> {
  const database = await openDatabase({ url });
  await migrate(database, migrations);
  const [there] = await database.sql`select from pg_namespace where nspname = 'line'`;
  if (!there) await prepareLines(database.sql);
  await database.close();
}

if (import.meta.main) await serve(openTransaction);
