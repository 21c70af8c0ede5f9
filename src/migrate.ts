/** `deno task migrate [--role NAME]`: the tables brought up to date, as their owner. */
import { migrateDatabase } from "./app/migrate_database.ts";

if (import.meta.main) Deno.exit(await migrateDatabase(Deno.args));
