import log from "./migrations/0001_log.sql" with { type: "text" };
import projections from "./migrations/0002_projections.sql" with { type: "text" };
import outboxOwners from "./migrations/0003_outbox_owners.sql" with { type: "text" };
import makersDay from "./migrations/0004_makers_day.sql" with { type: "text" };
import outboxOneIndex from "./migrations/0009_outbox_one_index.sql" with { type: "text" };
import type { Migration } from "./migrate.ts";

/** Those of the store, and those that are several flows'; the others are beside their read models. */
export const migrations: readonly Migration[] = [
  { name: "0001_log", sql: log },
  { name: "0002_projections", sql: projections },
  { name: "0003_outbox_owners", sql: outboxOwners },
  { name: "0004_makers_day", sql: makersDay },
  { name: "0009_outbox_one_index", sql: outboxOneIndex },
];
