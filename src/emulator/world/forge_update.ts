/** What Telegram itself would never say: for bots that must stand it. */
import { isRecord } from "../model/json_value.ts";
import type { World } from "./world.ts";

/**
 * Hands the bot this instead of an update, as it is and whatever it asked for. An object without an
 * `update_id` gets the next; with an id of its own it is confirmed by that, with anything else in
 * its turn. A higher id moves those that follow, a lower one is what an idle week brings.
 */
export function forgeUpdate({ ids, updates }: World, forged: unknown): void {
  const given = isRecord(forged) ? forged.update_id : null;
  if (isRecord(forged) && given === undefined) {
    const update_id = ids.next("update_id");
    updates.forge({ update_id, ...forged }, update_id);
  } else if (typeof given === "number" && Number.isSafeInteger(given) && given >= 0) {
    ids.atLeast({ update_id: given + 1 });
    updates.forge(forged, given);
  } else {
    updates.forge(forged, ids.next("update_id"));
  }
}
