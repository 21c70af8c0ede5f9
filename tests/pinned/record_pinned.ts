/** Records the pinned tables anew. */
import { pinnedTables } from "./pinned_tables.ts";

for (const [name, text] of Object.entries(await pinnedTables())) {
  await Deno.writeTextFile(new URL(`${name}.txt`, import.meta.url), `${text}\n`);
}
