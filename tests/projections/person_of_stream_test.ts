import { assertEquals } from "@std/assert";
import { dialogueStream, personOfStream as read } from "../../events/stream.ts";
import { personOfStream } from "../../src/projections/person_of_stream.ts";
import { databaseTest } from "../database.ts";

const PERSON = "0191e2f0-0000-4000-8000-00000000000a";

databaseTest("streams are read in SQL as everywhere", async ({ sql }) => {
  const streams = [dialogueStream(PERSON), dialogueStream(PERSON, -100_500)];
  const rows = await sql<{ stream: string; person: string }[]>`
    select d.stream, ${personOfStream(sql, "d.stream")} as person
    from unnest(${streams}::text[]) as d(stream)`;
  assertEquals(rows.map(({ stream }) => stream), streams);
  for (const { stream, person } of rows) assertEquals(person, read(stream));
});
