/** What databases on a server have written. */
import postgres from "postgres";

export interface Written extends AsyncDisposable {
  /** Makes an empty database, which is dropped at the end; answers its address. */
  create(name: string): Promise<string>;
  /** Bytes of the server's write-ahead log so far. */
  bytes(): Promise<number>;
  /** Rows that were written to a database's tables; complete when its connections are closed. */
  rows(url: string): Promise<number>;
}

const POLL_MS = 50;

export function openWritten(url: string): Written {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const made: string[] = [];

  async function untilClosed(database: string): Promise<void> {
    for (;;) {
      const busy = await admin`
        select from pg_stat_activity where datname = ${database} and backend_type = 'client backend'`;
      if (busy.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  return {
    async create(name) {
      const database = `engines_${name}_${crypto.randomUUID().slice(0, 8)}`;
      await admin`create database ${admin(database)}`;
      made.push(database);
      const own = new URL(url);
      own.pathname = `/${database}`;
      return own.href;
    },
    async bytes() {
      const [row] = await admin<{ bytes: number }[]>`
        select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`;
      return row?.bytes ?? NaN;
    },
    async rows(own) {
      await untilClosed(new URL(own).pathname.slice(1));
      const sql = postgres(own, { max: 1 });
      const [row] = await sql<{ rows: number }[]>`
        select sum(n_tup_ins + n_tup_upd)::float8 as rows from pg_stat_user_tables`;
      await sql.end({ timeout: 5 });
      return row?.rows ?? NaN;
    },
    async [Symbol.asyncDispose]() {
      for (const database of made) await admin`drop database ${admin(database)} with (force)`;
      await admin.end({ timeout: 5 });
    },
  };
}
