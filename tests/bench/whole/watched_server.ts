/** A PostgreSQL server of the bench's own, which tells what it was asked and how long it computed. */
import postgres from "postgres";
import { openPostgres } from "../../storm/own_postgres.ts";
import { familyCpuOf, parentOf } from "./process_cost.ts";

export interface WatchedServer extends AsyncDisposable {
  /** Makes an empty database; answers its address. */
  create(name: string): Promise<string>;
  /** Lets nobody pay for what another has written, and counts statements from now on. */
  begin(): Promise<void>;
  /** How many statements the database has carried out, BEGIN and COMMIT among them. */
  statements(database: string): Promise<number>;
  /** How long the server was computing so far, in ms. */
  cpu(): number;
}

/** Starts it; statements are counted by pg_stat_statements, which PostgreSQL's package has. */
export async function openWatchedServer(): Promise<WatchedServer> {
  await using opening = new AsyncDisposableStack();
  const server = opening.use(
    await openPostgres({ shared_preload_libraries: "pg_stat_statements", max_connections: "200" }),
  );
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  opening.defer(() => sql.end({ timeout: 5 }));
  await sql`create extension pg_stat_statements`;
  const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const postmaster = parentOf(backend?.pid ?? 0);
  const open = opening.move();
  return {
    async create(name) {
      await sql`create database ${sql(name)}`;
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async begin() {
      await sql`checkpoint`;
      await sql`select pg_stat_statements_reset()`;
    },
    async statements(database) {
      const [row] = await sql<{ calls: number }[]>`
        select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
        where dbid = (select oid from pg_database where datname = ${database})`;
      return row?.calls ?? 0;
    },
    cpu: () => familyCpuOf(postmaster),
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}
