import { assertEquals, assertRejects } from "@std/assert";
import { openLanes } from "../../src/runtime/lanes.ts";

Deno.test("work of one lane is done in order, that of another beside it", async () => {
  const lanes = openLanes();
  const done: string[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const all = [
    lanes.run("a", () => gate.then(() => done.push("a1"))),
    lanes.run("a", () => Promise.resolve(done.push("a2"))),
    lanes.run("b", () => Promise.resolve(done.push("b1"))),
  ];
  await all[2];
  assertEquals(done, ["b1"]);
  open();
  await Promise.all(all);
  assertEquals(done, ["b1", "a1", "a2"]);
});

Deno.test("work that fails stops nobody behind it", async () => {
  const lanes = openLanes();
  const failed = lanes.run("a", () => Promise.reject(new Error("no paper")));
  const next = lanes.run("a", () => Promise.resolve("next"));
  await assertRejects(() => failed, Error, "no paper");
  assertEquals(await next, "next");
});
