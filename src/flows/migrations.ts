import { assembleMigrations } from "../store/assemble_migrations.ts";
import { migrations as ofStore } from "../store/migrations.ts";
import { migrations as ofLanguage } from "./language/read_model.ts";
import { migrations as ofMakers } from "./makers/read_model.ts";
import { migrations as ofOwnCards } from "./own_cards/read_model.ts";
import { migrations as ofShareCard } from "./share_card/read_model.ts";

/** Every migration, in order. One that was released is never edited: a change is a new file. */
export const migrations = assembleMigrations(
  ofStore,
  ofLanguage,
  ofMakers,
  ofOwnCards,
  ofShareCard,
);
