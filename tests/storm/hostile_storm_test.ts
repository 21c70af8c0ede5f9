import { assertEquals } from "@std/assert";
import { processTest } from "../bot/process_place.ts";
import { missed } from "./finding.ts";
import { hostileStorm } from "./hostile_storm.ts";

processTest("scans among updates that mean harm are each counted once", async (place) => {
  const seed = crypto.randomUUID();
  const findings = await hostileStorm(place, { updates: 500, seed });
  assertEquals(missed(findings), [], `with the seed ${seed}`);
});
