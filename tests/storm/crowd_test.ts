import { assertEquals } from "@std/assert";
import { processTest } from "../bot/process_place.ts";
import { crowd } from "./crowd.ts";
import { missed } from "./finding.ts";

processTest(
  "twenty makers at once on a rough road each end with a card, in order",
  async (place) => {
    const seed = crypto.randomUUID();
    const findings = await crowd(place, { people: 20, seed });
    assertEquals(missed(findings), [], `with the seed ${seed}`);
  },
);
