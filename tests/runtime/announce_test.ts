/** What is said once to a dialogue, and what becomes of an append that never fits. */
import { assertEquals, assertRejects } from "@std/assert";
import { kitWords } from "../../machines/flow/kit_words.ts";
import { text } from "../machines/samples.ts";
import { dialogue, update } from "./given_engine.ts";
import { openStubEngine } from "./stub_engine.ts";

const params = kitWords.say("apology", { reference: "r" });

Deno.test("announcement is said in its dialogue, and leaves that as it is", async () => {
  const { engine, appends, delivered } = openStubEngine();
  assertEquals(await engine.announce({ cause: "c", stream: "s", at: 7, params }), "applied");
  const task = {
    effect: "c:said",
    lane: "s",
    kind: "send",
    stream: "s",
    payload: { effect: { type: "say", params }, fact: "" },
    correlation: "c",
    due_at: 7,
  } as const;
  assertEquals(appends, [{ stream: "s", expected: 0, events: [], cause: "c", tasks: [task] }]);
  assertEquals(delivered, [task]);
});

Deno.test("announcement that comes again is not said again", async () => {
  const { engine, delivered } = openStubEngine({ answer: () => ({ is: "duplicate" }) });
  assertEquals(await engine.announce({ cause: "c", stream: "s", at: 7, params }), "duplicate");
  assertEquals(delivered, []);
});

Deno.test("announcement that must wait for another process is left to the outbox", async () => {
  const { engine, delivered } = openStubEngine({
    answer: () => ({
      is: "appended",
      assigned: new Map(),
      along: null,
      waiting: new Set(["c:said"]),
    }),
  });
  assertEquals(await engine.announce({ cause: "c", stream: "s", at: 7, params }), "applied");
  assertEquals(delivered, []);
});

Deno.test("update that conflicts again and again is left to another try, and says so", async () => {
  const ending = new AbortController();
  const told: string[] = [];
  const { engine, appends } = openStubEngine({
    answer: () => ({ is: "conflict", actual: 1 }),
    signal: ending.signal,
    onUnavailable(error) {
      told.push(error.message);
      ending.abort(new Error("enough"));
    },
  });
  const stream = dialogue();
  await assertRejects(() => engine.handle(update(stream, text("hello"))), Error, "enough");
  assertEquals(told, [`Cannot append to ${stream}: 50 conflicts in a row`]);
  assertEquals(appends.length, 51);
});
