/** This project's core, from the input to the outbox row. */
import { migrations } from "../../../src/flows/migrations.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { openDatabase } from "../../../src/store/open_database.ts";
import { openWholePath } from "../whole_path.ts";
import { checks } from "../workloads.ts";
import { CARDS, type Contender, serve, type Tally } from "./contender.ts";

async function openCore(url: string): Promise<Contender> {
  const database = await openDatabase({ url });
  const { sql } = database;
  await migrate(database, migrations);
  const path = openWholePath(database);
  const there = await sql<{ code: string }[]>`select code from cards`;
  const codes = there.length > 0 ? there.map(({ code }) => code) : await path.issue(CARDS);
  const check = checks(codes);
  return {
    apply: ({ number, person, card }) => path.apply(person, check(card).input, number),
    async tally() {
      const [row] = await sql<Tally[]>`
        select
          (select count(*)::int from events where type in ('CodePresented', 'CardVerified')) as facts,
          (select sum(checks)::int from cards) as checks,
          (select count(*)::int from scans) as scans,
          (select count(*)::int from outbox where payload->'effect'->>'type' = 'showVerdict')
            as messages,
          (select count(*)::int from (select from events group by stream
            having max(version) <> count(*) or min(version) <> 1) as broken) as gaps`;
      if (!row) throw new Error("The core's database tells nothing");
      return row;
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
}

if (import.meta.main) await serve(openCore);
