import { assertEquals } from "@std/assert";
import { processTest } from "../bot/process_place.ts";
import { missed } from "./finding.ts";
import { killStorm } from "./kill_storm.ts";

processTest("bot killed again and again loses no scan and counts none twice", async (place) => {
  const seed = crypto.randomUUID();
  const findings = await killStorm(place, { kills: 4, scans: 200, seed });
  assertEquals(missed(findings), [], `with the seed ${seed}`);
});
