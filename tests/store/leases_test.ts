import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { openLeases } from "../../src/store/leases.ts";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";

databaseTest("lease is held by one at a time, who may prolong it", async ({ sql }) => {
  const leases = openLeases(sql);
  const [one, two] = [v4(), v4()];
  assertEquals(await leases.hold("poll", one, 60_000), true);
  assertEquals(await leases.hold("poll", two, 60_000), false);
  assertEquals(await leases.hold("poll", one, 60_000), true);
  assertEquals(await leases.hold("another", two, 60_000), true);
});

databaseTest("lease that ran out or was given back is anybody's", async ({ sql }) => {
  const leases = openLeases(sql);
  const [one, two] = [v4(), v4()];
  await leases.hold("poll", one, 50);
  await until("it runs out", () => leases.hold("poll", two, 60_000));
  assertEquals(await leases.hold("poll", one, 60_000), false);
  await leases.release("poll", one);
  assertEquals(await leases.hold("poll", one, 60_000), false);
  await leases.release("poll", two);
  assertEquals(await leases.hold("poll", one, 60_000), true);
});

databaseTest("of many who reach for a lease at once, one gets it", async ({ sql }) => {
  const leases = openLeases(sql);
  const held = await Promise.all(
    Array.from({ length: 20 }, () => leases.hold("poll", v4(), 60_000)),
  );
  assertEquals(held.filter(Boolean).length, 1);
});
