/** The road to a test's database on the server: it can be closed for a while. */
import { type Database, openDatabase } from "../../src/store/open_database.ts";

export interface Road extends AsyncDisposable {
  /** A database at the end of the road. */
  database: Database;
  /** Breaks every connection off, and lets none through. */
  close(): Promise<void>;
  /** Lets connections through again. */
  open(): void;
}

interface Pair {
  near: Deno.Conn;
  far: Deno.Conn;
}

/** A way of its own to the database of `sql`, as open as any other at first. */
export async function roadTo(sql: Database["sql"]): Promise<Road> {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`;
  const url = new URL(Deno.env.get("TEST_DATABASE_URL") ?? "");
  const target = { hostname: url.hostname, port: Number(url.port || 5432) };
  const pairs = new Set<Pair>();
  let listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  let travelling = letThrough(listener, target, pairs);

  async function close(): Promise<void> {
    listener.close();
    for (const { near, far } of pairs) for (const end of [near, far]) shut(end);
    await travelling;
  }
  url.hostname = "127.0.0.1";
  url.port = String(port);
  url.pathname = `/${row?.name}`;
  const database = await openDatabase({ url: url.href });
  return {
    database,
    close,
    open() {
      listener = Deno.listen({ hostname: "127.0.0.1", port });
      travelling = letThrough(listener, target, pairs);
    },
    async [Symbol.asyncDispose]() {
      await database.close();
      await close();
    },
  };
}

/** Resolves when the listener is closed and nobody is on the road any more. */
async function letThrough(
  listener: Deno.TcpListener,
  target: Deno.ConnectOptions,
  pairs: Set<Pair>,
): Promise<void> {
  const trips: Promise<unknown>[] = [];
  try {
    for await (const near of listener) {
      const pair = { near, far: await Deno.connect(target) };
      pairs.add(pair);
      const ways = [
        pair.near.readable.pipeTo(pair.far.writable),
        pair.far.readable.pipeTo(pair.near.writable),
      ];
      trips.push(Promise.allSettled(ways).finally(() => pairs.delete(pair)));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
  await Promise.all(trips);
}

function shut(end: Deno.Conn): void {
  try {
    end.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
