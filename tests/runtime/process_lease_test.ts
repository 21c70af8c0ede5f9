import { assertEquals, assertRejects } from "@std/assert";
import { v4 } from "uuid";
import { openProcessLease } from "../../src/runtime/process_lease.ts";
import { openLeases } from "../../src/store/leases.ts";
import { StoreUnavailable } from "../../src/store/store_unavailable.ts";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";
import type { Sql } from "./given_engine.ts";

const unworried = (error: unknown) => {
  throw error;
};

const namesOf = async (sql: Sql) => {
  const rows = await sql<{ name: string }[]>`
    select name from leases where until > clock_timestamp() order by name`;
  return rows.map(({ name }) => name);
};

databaseTest("of two processes one polls, until it ends", async ({ sql }) => {
  const owners = [v4(), v4()];
  const [one, two] = owners.map((owner) => openProcessLease(openLeases(sql), owner, unworried));
  for (const processLease of [one!, two!]) await processLease.start();
  assertEquals(await namesOf(sql), owners.map((owner) => `process:${owner}`).toSorted());
  assertEquals(await one!.mayPoll(), true);
  assertEquals(await two!.mayPoll(), false);
  assertEquals(await one!.mayPoll(), true);
  await one!.stop();
  // What it held is free at once, not only when the lease has run out.
  assertEquals(await two!.mayPoll(), true);
  assertEquals(await namesOf(sql), ["poll", `process:${owners[1]}`]);
  await two!.stop();
  assertEquals(await namesOf(sql), []);
});

databaseTest(
  "process that does not poll learns that another's poll was answered",
  async ({ sql }) => {
    const [one, two] = [v4(), v4()].map((it) => openProcessLease(openLeases(sql), it, unworried));
    for (const processLease of [one!, two!]) await processLease.start();
    assertEquals([await one!.mayPoll(), await two!.mayPoll()], [true, false]);
    assertEquals(await two!.wasAnswered(), false);
    one!.answered();
    await until("the other knows", () => two!.wasAnswered());
    await sql`update leases set until = clock_timestamp() where name = 'poll answered'`;
    assertEquals(await two!.wasAnswered(), false);
    for (const processLease of [one!, two!]) await processLease.stop();
  },
);

databaseTest("process that polls for long keeps both its leases", async ({ sql }) => {
  const processLease = openProcessLease(openLeases(sql), v4(), unworried);
  await processLease.start();
  await processLease.mayPoll();
  // As if almost all of their time had passed: the next beat prolongs them.
  await sql`update leases set until = clock_timestamp() + interval '3 s'`;
  await until("both are prolonged", async () => {
    const rows = await sql<{ long: boolean }[]>`
      select until > clock_timestamp() + interval '3 s' as long from leases`;
    return rows.length === 2 && rows.every(({ long }) => long);
  });
  await processLease.stop();
});

databaseTest("process that polled polls on while the database is away", async ({ sql }) => {
  const leases = openLeases(sql);
  let away: Error | null = null;
  const shaky = {
    ...leases,
    hold: (...of: Parameters<typeof leases.hold>) =>
      away ? Promise.reject(away) : leases.hold(...of),
  };
  const troubles: string[] = [];
  const note = (error: unknown) => void troubles.push(String(error));
  let now = 0;
  const clock = () => now;
  const [polling, waiting] = [v4(), v4()].map((it) => openProcessLease(shaky, it, note, clock));
  assertEquals(await polling!.mayPoll(), true);
  assertEquals(await waiting!.mayPoll(), false);
  away = new StoreUnavailable("The database is away");
  // What it held a moment ago it need not ask for.
  assertEquals([await polling!.mayPoll(), troubles], [true, []]);
  now += 2_000;
  assertEquals(await polling!.mayPoll(), true);
  await assertRejects(() => waiting!.mayPoll(), StoreUnavailable);
  assertEquals(troubles, ["StoreUnavailable: The database is away"]);
  away = new Error("A mistake");
  await assertRejects(() => polling!.mayPoll(), Error, "A mistake");
  away = null;
  for (const processLease of [polling!, waiting!]) await processLease.stop();
});

databaseTest("process that cannot hold its lease says so and lives on", async ({ sql }) => {
  const troubles: string[] = [];
  const leases = openLeases(sql);
  let away = false;
  const shaky = {
    ...leases,
    hold: (...of: Parameters<typeof leases.hold>) =>
      away ? Promise.reject(new Error("The database is away")) : leases.hold(...of),
  };
  const processLease = openProcessLease(shaky, v4(), (error) => void troubles.push(String(error)));
  await processLease.start();
  away = true;
  await until("it has tried", () => troubles.length > 0);
  await processLease.stop();
  assertEquals(troubles, ["Error: The database is away"]);
});
