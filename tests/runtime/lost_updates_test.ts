/** Updates that fail, and whose failure cannot be kept either. */
import { assertEquals, assertMatch } from "@std/assert";
import type { Append } from "../../src/store/append.ts";
import type { Log } from "../../src/store/log.ts";
import { tap, text } from "../machines/samples.ts";
import { databaseTest } from "../database.ts";
import { dialogue, givenEngine, type Sql, update } from "./given_engine.ts";

const refused = (code: string) => Object.assign(new Error(`refused with ${code}`), { code });

/** A log that refuses appends for a reason of its own. */
const refusing = (error: (append: Append) => Error | null) => (log: Log): Log => ({
  ...log,
  append(append) {
    const why = error(append);
    return why ? Promise.reject(why) : log.append(append);
  },
});

const failedOf = async (sql: Sql) => [
  ...await sql<{ payload: string; error: string }[]>`select payload, error from failed_updates`,
];

databaseTest("failure that cannot be kept is kept without its payload", async ({ sql }) => {
  const watched = refusing(({ failure, events }) =>
    failure?.payload === "" ? null : events.length > 0 || failure ? refused("22P05") : null
  );
  const { engine, failures, losses, offered } = givenEngine(sql, { watched });
  const tapped = update(dialogue(), tap(null), { query: "q", place: { reply: 5 } });
  assertEquals(await engine.handle(tapped), "failed");
  assertEquals(await failedOf(sql), [{ payload: "", error: "Error: refused with 22P05" }]);
  assertEquals([failures.length, losses.length], [1, 0]);
  // The apology alone: what is answered may be what cannot be kept.
  assertEquals(offered.map(({ kind, lane }) => [kind, lane]), [["send", tapped.stream]]);
  assertEquals(await engine.handle(tapped), "duplicate");
});

databaseTest("update of which nothing can be kept is told, and over", async ({ sql }) => {
  const { engine, losses, hears } = givenEngine(sql, {
    watched: refusing(({ cause }) => cause.endsWith(":666") ? refused("54000") : null),
  });
  const stream = dialogue();
  const poison = update(stream, text("poison"), { cause: "update:1:666" });
  assertEquals(await engine.handle(poison), "lost");
  assertEquals(losses.map(({ cause }) => cause), ["update:1:666"]);
  assertEquals(await failedOf(sql), []);
  assertEquals(await hears(stream, "ask 1"), "applied");
});

for (const code of ["25006", "42501", "58030", "XX001", "28P01", "ENOTFOUND"]) {
  databaseTest(
    `update is not lost to a database that refuses everything with ${code}`,
    async (db) => {
      // Two tries: the update, its failure, its bare failure.
      let refusals = 6;
      const { engine, losses, failures, outages } = givenEngine(db.sql, {
        watched: refusing(() => refusals-- > 0 ? refused(code) : null),
      });
      assertEquals(await engine.handle(update(dialogue(), text("patience"))), "applied");
      assertEquals([losses.length, failures.length, outages()], [0, 0, 2]);
    },
  );
}

databaseTest("id that comes again after an idle week is another update", async ({ sql }) => {
  const { engine, offered } = givenEngine(sql);
  const tapped = (query: string) =>
    engine.handle(update(dialogue(), tap(null), { cause: "update:1:5", query }));
  assertEquals(await tapped("first"), "applied");
  await sql`update outbox set done_at = now(), payload = null, stream = null, answer = '{}'`;
  await sql`delete from seen_updates`;
  assertEquals(await tapped("second"), "applied");
  assertEquals(offered.length, 2);
  const rows = await sql<{ query: string; done: boolean }[]>`
    select payload->'effect'->'params'->>'query' as query, done_at is not null as done from outbox`;
  assertEquals([...rows], [{ query: "second", done: false }]);
  assertMatch(String((await sql`select lane from outbox`)[0]?.lane), /^update:1:5:tap$/);
});
