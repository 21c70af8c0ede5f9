import log from "./migrations/0001_log.sql" with { type: "text" };
import projections from "./migrations/0002_projections.sql" with { type: "text" };
import outboxOwners from "./migrations/0003_outbox_owners.sql" with { type: "text" };
import makersDay from "./migrations/0004_makers_day.sql" with { type: "text" };
import languages from "./migrations/0005_languages.sql" with { type: "text" };
import makers from "./migrations/0006_makers.sql" with { type: "text" };
import findable from "./migrations/0007_findable.sql" with { type: "text" };
import galleryWords from "./migrations/0008_gallery_words.sql" with { type: "text" };
import outboxOneIndex from "./migrations/0009_outbox_one_index.sql" with { type: "text" };

/** Every migration, in order. One that was released is never edited: a change is a new file. */
export const migrations: readonly { name: string; sql: string }[] = [
  { name: "0001_log", sql: log },
  { name: "0002_projections", sql: projections },
  { name: "0003_outbox_owners", sql: outboxOwners },
  { name: "0004_makers_day", sql: makersDay },
  { name: "0005_languages", sql: languages },
  { name: "0006_makers", sql: makers },
  { name: "0007_findable", sql: findable },
  { name: "0008_gallery_words", sql: galleryWords },
  { name: "0009_outbox_one_index", sql: outboxOneIndex },
];
