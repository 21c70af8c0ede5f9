/** What somebody is heard to say with the rights that they have, and with no others. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Chart } from "../../machines/flow/chart.ts";
import type { Rights } from "../../machines/flow/input_context.ts";
import { text } from "../machines/samples.ts";
import { dialogue, update } from "./given_engine.ts";
import { openStubEngine } from "./stub_engine.ts";
import { first } from "./test_chart.ts";

/** From those who may least to those who may most. */
const LADDER: readonly Rights[] = [
  { admin: false, owner: false },
  { admin: true, owner: false },
  { admin: true, owner: true },
];
const stepOf = ({ admin, owner }: Rights): number => owner ? 2 : admin ? 1 : 0;

/** What each step of the ladder is heard to say: whether admins differ, and whether owners do. */
const hearings = fc.tuple(fc.boolean(), fc.boolean()).map(([admins, owners]) => {
  const admin = admins ? "as an admin" : "as anybody";
  return ["as anybody", admin, owners ? "as an owner" : admin];
});

Deno.test("everybody is heard with their own rights, which the log keeps", async () => {
  await fc.assert(
    fc.asyncProperty(hearings, fc.constantFrom(...LADDER), async (heard, rights) => {
      const chart: Chart = {
        ...first,
        hear: (_, given) => ({ type: "NameProvided", name: heard[stepOf(given)] ?? "" }),
      };
      const { engine, appends } = openStubEngine({ chart, rights });
      await engine.handle(update(dialogue(), text("hello")));
      const events = appends.flatMap(({ events }) => events);
      assertEquals(events.map(({ data }) => data.name), [heard[stepOf(rights)]]);
      assertEquals(events.map(({ envelope }) => envelope), [{ v: 2, rights, locale: "ru" }]);
    }),
  );
});
