import { openLimiter } from "../../src/base/limiter.ts";
import { assertEquals, assertRejects } from "@std/assert";

Deno.test("gate lets its width in at once, and the rest in the order they came", async () => {
  const pass = openLimiter(2);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  await Promise.all(Array.from({ length: 9 }, (_, i) =>
    pass(async () => {
      most = Math.max(most, ++running);
      order.push(i);
      for (let turn = 0; turn <= i % 3; turn++) await Promise.resolve();
      running -= 1;
    })));
  assertEquals(most, 2);
  assertEquals(order, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("gate stays as narrow for those who come late", async () => {
  const pass = openLimiter(1);
  let running = 0;
  const work = async () => {
    assertEquals(++running, 1);
    await Promise.resolve();
    running -= 1;
  };
  const first = [pass(work), pass(work), pass(work)];
  await first[0];
  await Promise.all([...first, pass(work), pass(work)]);
});

Deno.test("gate opens again after work that failed", async () => {
  const pass = openLimiter(1);
  const failing = assertRejects(() => pass(() => Promise.reject(new Error("broken"))), Error);
  assertEquals(await pass(() => Promise.resolve("next")), "next");
  await failing;
});
