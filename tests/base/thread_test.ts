import { assert, assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { openThread, ThreadOver } from "../../src/base/thread.ts";
import { counts, countThreads } from "./count_threads.ts";

const PROGRAM = new URL("https://example.com/nothing.js");
const open = (signal?: AbortSignal) =>
  openThread<unknown, unknown>(PROGRAM, { name: "test", ...signal && { signal } });

Deno.test("thread answers one question after the other, until its block ends", async () => {
  using threads = countThreads({ program: "onmessage = ({ data }) => postMessage(data + 1)" });
  {
    using thread = open();
    assertEquals([await thread.ask(1), await thread.ask(2)], [2, 3]);
    assertEquals(counts(threads), { begun: 1, alive: 1 });
  }
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

Deno.test("thread takes buffers over instead of copying them", async () => {
  using _threads = countThreads({ program: "onmessage = ({ data }) => postMessage(data.length)" });
  using thread = open();
  const bytes = new Uint8Array(3);
  assertEquals(await thread.ask(bytes, { buffers: [bytes.buffer] }), 3);
  assertEquals(bytes.length, 0);
});

Deno.test("thread may touch nothing: neither disk nor network nor environment", async () => {
  const program = `onmessage = async () => {
    const states = ["read", "write", "net", "env", "sys", "run", "ffi", "import"]
      .map(async (name) => (await Deno.permissions.query({ name })).state);
    postMessage(await Promise.all(states));
  }`;
  using threads = countThreads({ program });
  using thread = open();
  const states = await thread.ask(null);
  assert(Array.isArray(states));
  assertEquals(states.length, 8);
  assertEquals(states.includes("granted"), false);
  assertEquals(threads.permitted, ["none"]);
});

Deno.test("thread that breaks is over for whoever waits, and for all who ask later", async () => {
  for (const program of ["throw new Error('broken')", "onmessage = () => { throw 'broken' }"]) {
    using threads = countThreads({ program });
    const told: string[] = [];
    using thread = openThread(PROGRAM, { name: "test", onBroken: (it) => told.push(it) });
    const error = await assertRejects(() => thread.ask(1), ThreadOver, "broken");
    assertEquals(told, [error.message]);
    await assertRejects(() => thread.ask(2), ThreadOver, "broken");
    assertEquals(counts(threads), { begun: 1, alive: 0 });
  }
});

Deno.test("thread whose time is over is over, however busy it is", async () => {
  using threads = countThreads({ program: "while (true) {}" });
  using thread = open();
  await assertRejects(() => thread.ask(1, { limit_ms: 1 }), ThreadOver, "more than 1 ms");
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

Deno.test("thread ends where its signal says so, and none begins after that", async () => {
  using threads = countThreads({ program: "while (true) {}" });
  const giving_up = new AbortController();
  using thread = open(giving_up.signal);
  const asked = thread.ask(1).catch((error: unknown) => error);
  giving_up.abort();
  assertInstanceOf(await asked, DOMException);
  assertThrows(() => open(giving_up.signal), DOMException);
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});
