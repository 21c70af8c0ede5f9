/** Inserts ids from the second argument on into the folder of the first; tells those that are in. */
import { openDatabase } from "../../../src/store/open_database.ts";

const [folder = "", first = "0"] = Deno.args;
const { sql } = await openDatabase({ folder });
await sql`create table if not exists written (id bigint primary key)`;
let next = Number(first);

async function write(): Promise<never> {
  for (;;) {
    const id = next++;
    await sql`insert into written values (${id})`;
    Deno.stdout.writeSync(new TextEncoder().encode(`${id}\n`));
  }
}
await Promise.all([write(), write(), write(), write()]);
