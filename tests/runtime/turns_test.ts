import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { openTurns } from "../../src/runtime/turns.ts";

/** Work that lasts until it is let go, by the name of who causes it. */
function givenTurns(at_once: number) {
  const turns = openTurns(at_once);
  const begun: string[] = [];
  const going: { name: string; end: () => void }[] = [];
  let most_at_once = 0;
  /** `name` is the person and the number of their piece, as in `anna 2`. */
  function cause(name: string): Promise<void> {
    const [person = ""] = name.split(" ");
    return turns.run(person, () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      begun.push(name);
      going.push({ name, end: resolve });
      most_at_once = Math.max(most_at_once, going.length);
      return promise;
    });
  }
  /** Ends what has been going on for longest, and lets what follows begin. */
  async function end(which = 0): Promise<void> {
    const [it] = going.splice(which, 1);
    it?.end();
    // A piece ends, its person is done, the next begins.
    for (let ticks = 0; ticks < 8; ticks++) await Promise.resolve();
  }
  return { turns, cause, end, begun, going, most: () => most_at_once };
}

Deno.test("person who comes late is served before the next piece of one with many", async () => {
  const { cause, end, begun, going } = givenTurns(1);
  const all = [1, 2, 3, 4].map((n) => cause(`many ${n}`));
  const late = cause("late 1");
  while (going.length > 0) await end();
  await Promise.all([...all, late]);
  assertEquals(begun, ["many 1", "late 1", "many 2", "many 3", "many 4"]);
});

Deno.test("person who was not served lately comes before all who were", async () => {
  const { cause, end, begun, going } = givenTurns(1);
  const crowd = ["a", "b", "c"].flatMap((name) => [1, 2, 3].map((n) => cause(`${name} ${n}`)));
  for (let served = 0; served < 4; served++) await end();
  const late = cause("late 1");
  while (going.length > 0) await end();
  await Promise.all([...crowd, late]);
  assertEquals(begun.slice(4, 7), ["b 2", "late 1", "c 2"]);
});

Deno.test("of those who are new, whoever brought one piece comes before who brought many", async () => {
  const { cause, end, begun, going } = givenTurns(1);
  const busy = cause("busy 1");
  const crowd = ["a", "b", "c"].flatMap((name) =>
    Array.from({ length: 10 }, (_, i) => cause(`${name} ${i + 1}`))
  );
  await end();
  const late = [cause("late 1"), cause("later 1")];
  while (going.length > 0) await end();
  await Promise.all([busy, ...crowd, ...late]);
  assertEquals(begun.slice(0, 6), ["busy 1", "a 1", "late 1", "later 1", "b 1", "c 1"]);
});

Deno.test("one person has one piece under way, whatever is free", async () => {
  const { cause, end, going } = givenTurns(4);
  const all = [cause("anna 1"), cause("anna 2"), cause("boris 1")];
  assertEquals(going.map(({ name }) => name), ["anna 1", "boris 1"]);
  while (going.length > 0) await end();
  await Promise.all(all);
});

Deno.test("work that fails is told to whoever caused it, and the next begins", async () => {
  const turns = openTurns(1);
  const failed = turns.run("anna", () => Promise.reject(new Error("no paper")));
  const next = turns.run("anna", () => Promise.resolve("next"));
  await assertRejects(() => failed, Error, "no paper");
  assertEquals(await next, "next");
  const thrown = turns.run("anna", () => {
    throw new Error("at once");
  });
  await assertRejects(() => thrown, Error, "at once");
  assertEquals(await turns.run("boris", () => Promise.resolve("on")), "on");
});

/** Who comes, and which of the pieces under way ends, in any order. */
const happenings = fc.array(
  fc.oneof(
    fc.record({ comes: fc.constantFrom("anna", "boris", "clara", "dora", "egor") }),
    fc.record({ ends: fc.nat(3) }),
  ),
  { maxLength: 200 },
);

Deno.test("nobody waits for more than one piece of each other person", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), happenings, async (at_once, all) => {
      const { cause, end, begun, going, most } = givenTurns(at_once);
      const caused: Promise<void>[] = [];
      const counts = new Map<string, number>();
      /** When each person began to wait with nothing of theirs under way, by what had begun. */
      const waiting = new Map<string, number>();
      let looked_at = 0;
      const isServed = (person: string) => going.some(({ name }) => name.startsWith(`${person} `));
      const left = (person: string) =>
        (counts.get(person) ?? 0) - begun.filter((name) => name.startsWith(`${person} `)).length;
      function look(): void {
        for (; looked_at < begun.length; looked_at++) {
          const [person = ""] = begun[looked_at]?.split(" ") ?? [];
          const between = begun.slice(waiting.get(person) ?? looked_at, looked_at);
          const others = between.map((name) => name.split(" ")[0]);
          assertEquals(others.length, new Set(others).size, `${person} waited for ${between}`);
          waiting.delete(person);
        }
        for (const person of counts.keys()) {
          if (left(person) > 0 && !isServed(person) && !waiting.has(person)) {
            waiting.set(person, begun.length);
          }
        }
      }
      for (const it of all) {
        if ("comes" in it) {
          const number = (counts.get(it.comes) ?? 0) + 1;
          counts.set(it.comes, number);
          caused.push(cause(`${it.comes} ${number}`));
        } else if (going.length > 0) await end(it.ends % going.length);
        look();
      }
      while (going.length > 0) {
        await end();
        look();
      }
      await Promise.all(caused);
      assert(most() <= at_once);
      for (const [person, number] of counts) {
        const theirs = begun.filter((name) => name.startsWith(`${person} `));
        assertEquals(theirs, Array.from({ length: number }, (_, i) => `${person} ${i + 1}`));
      }
    }),
    { numRuns: 2000 },
  );
});
