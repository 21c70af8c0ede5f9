import { assertEquals } from "@std/assert";
import { worldNeeds } from "../bot/bot_world.ts";
import { inPlace, onServer } from "../bot/process_place.ts";
import { serverOnly } from "../database.ts";
import { unless } from "../permissions.ts";
import { missed } from "./finding.ts";
import { outage } from "./outage.ts";
import { findPostgres, openPostgres } from "./own_postgres.ts";

/** The server that is stopped is one of the test's own: others work on TEST_DATABASE_URL's. */
const lacks = worldNeeds({ name: "run" }, { name: "write" }) || serverOnly() ||
  (findPostgres() === null ? "needs PostgreSQL's programs" : "");

Deno.test({
  ...unless(lacks, "server that is away for long loses nothing, and people are told meanwhile"),
  async fn() {
    const seed = crypto.randomUUID();
    await using server = await openPostgres();
    await onServer(server.url, (url) =>
      inPlace(async (place) => {
        const findings = await outage(place, server, { outage_ms: 11_000, people: 40, seed });
        assertEquals(missed(findings), [], `with the seed ${seed}`);
      }, { DATABASE_URL: url }));
  },
});
