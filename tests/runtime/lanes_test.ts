import { openLimiter } from "../../src/base/limiter.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { openLanes } from "../../src/runtime/lanes.ts";
import { setImmediate as turn } from "node:timers/promises";

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

Deno.test("slots let so many work at once, in the order they came, failures included", async () => {
  const slots = openLimiter(2);
  const begun: number[] = [];
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const all = gates.map(({ promise }, i) =>
    slots(() => {
      begun.push(i);
      return promise;
    })
  );
  await turn();
  assertEquals(begun, [0, 1]);
  gates[1]!.reject(new Error("no ink"));
  await assertRejects(() => all[1]!, Error, "no ink");
  assertEquals(begun, [0, 1, 2]);
  const latecomer = slots(() => Promise.resolve(begun.push(4)));
  await turn();
  assertEquals(begun, [0, 1, 2]);
  for (const { resolve } of gates) resolve();
  await Promise.all([all[0], all[2], all[3], latecomer]);
  assertEquals(begun, [0, 1, 2, 3, 4]);
});
