/** What somebody is heard to say with the rights that they have, and with no others. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { v4 } from "uuid";
import type { Chart } from "../../machines/flow/chart.ts";
import type { Rights } from "../../machines/flow/input_context.ts";
import { type EngineOptions, openEngine } from "../../src/runtime/engine.ts";
import { openStreams } from "../../src/runtime/streams.ts";
import type { Append } from "../../src/store/append.ts";
import type { Log } from "../../src/store/log.ts";
import { text } from "../machines/samples.ts";
import { dialogue, findNothing, update } from "./given_engine.ts";
import { chartsOf, first } from "./test_chart.ts";

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
      const events = await hear(heard, rights);
      assertEquals(events.map(({ data }) => data.name), [heard[stepOf(rights)]]);
      assertEquals(events.map(({ envelope }) => envelope), [{ v: 2, rights, locale: "ru" }]);
    }),
  );
});

/** What is appended when somebody with these rights says something. */
async function hear(heard: readonly string[], rights: Rights) {
  const chart: Chart = {
    ...first,
    hear: (_, given) => ({ type: "NameProvided", name: heard[stepOf(given)] ?? "" }),
  };
  const charts = chartsOf(chart);
  const appends: Append[] = [];
  const log: Log = {
    append(append) {
      appends.push(append);
      return Promise.resolve({ is: "appended", assigned: new Map(), waiting: new Set() });
    },
    read: () => Promise.resolve([]),
    tip: () => Promise.resolve({ version: 0, hash: "" }),
    idle: () => Promise.resolve(),
  };
  const snapshots = { newest: () => Promise.resolve(null), keep: () => Promise.resolve() };
  const options: EngineOptions = {
    log,
    charts,
    streams: openStreams({ log, snapshots, charts, onCacheTrouble() {} }),
    ask: findNothing,
    circumstances: () => Promise.resolve({ rights, locale: "ru" }),
    deliver() {},
    seal: (_, words) => Promise.resolve(words),
    sealFailure: () => Promise.resolve(""),
    onFailure(_, __, error) {
      throw error;
    },
    onUnavailable() {},
    newId: v4,
    newReference: v4,
    signal: new AbortController().signal,
  };
  await openEngine(options).handle(update(dialogue(), text("hello")));
  return appends.flatMap(({ events }) => events);
}
