import log from "./migrations/0001_log.sql" with { type: "text" };
import outboxOwners from "./migrations/0003_outbox_owners.sql" with { type: "text" };
import outboxOneIndex from "./migrations/0009_outbox_one_index.sql" with { type: "text" };
import envelopes from "./migrations/0010_envelopes.sql" with { type: "text" };
import movedGroups from "./migrations/0011_moved_groups.sql" with { type: "text" };
import deliveredLanes from "./migrations/0021_delivered_lanes.sql" with { type: "text" };
import drawnPictures from "./migrations/0022_drawn_pictures.sql" with { type: "text" };
import type { Migration } from "./migrate.ts";

/** Those of the store; the others are beside the read models of their flows. */
export const migrations: readonly Migration[] = [
  { name: "0001_log", sql: log },
  { name: "0003_outbox_owners", sql: outboxOwners },
  { name: "0009_outbox_one_index", sql: outboxOneIndex },
  { name: "0010_envelopes", sql: envelopes },
  { name: "0011_moved_groups", sql: movedGroups },
  { name: "0021_delivered_lanes", sql: deliveredLanes },
  { name: "0022_drawn_pictures", sql: drawnPictures },
];
