import { assertEquals } from "@std/assert";
import { openMovedGroups } from "../../src/store/moved_groups.ts";
import { databaseTest } from "../database.ts";

databaseTest("group that moved is found by both ids, in every process, once", async ({ sql }) => {
  const here = openMovedGroups(sql);
  const there = openMovedGroups(sql);
  assertEquals([await there.now(-5), await there.first(-1005)], [-5, -1005]);
  await here.moved(-5, -1005);
  await there.moved(-5, -1005);
  await here.moved(-5, -1005);
  for (const groups of [here, there, openMovedGroups(sql)]) {
    assertEquals([await groups.now(-5), await groups.first(-1005)], [-1005, -5]);
    assertEquals([await groups.now(-1005), await groups.first(-5)], [-1005, -5]);
  }
  assertEquals((await sql`select from moved_groups`).length, 1);
});
