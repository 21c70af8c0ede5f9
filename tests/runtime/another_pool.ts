/** A second set of connections to a test's database on the server, as another process has. */
import { type Database, openDatabase } from "../../src/store/open_database.ts";

/** Of `max` connections; closed at the end of the block. */
export async function anotherPool(
  sql: Database["sql"],
  max = 6,
): Promise<Database & AsyncDisposable> {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`;
  const url = new URL(Deno.env.get("TEST_DATABASE_URL") ?? "");
  url.pathname = `/${row?.name}`;
  const database = await openDatabase({ url: url.href }, { max });
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}
