import { flowParts } from "./all_flows.ts";
import { assembleMigrations } from "../store/assemble_migrations.ts";
import { migrations as ofStore } from "../store/migrations.ts";

/** Every migration, in order. One that was released is never edited: a change is a new file. */
export const migrations = assembleMigrations(
  ofStore,
  ...flowParts.map(({ migrations = [] }) => migrations),
);
