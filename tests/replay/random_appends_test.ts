import type { Append, Appended } from "../../src/store/append.ts";
import type { Json } from "../../src/base/json.ts";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { v4 } from "uuid";
import { inlineProjection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import type { Log } from "../../src/store/log.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";
import {
  anyCharts,
  appendOf,
  type Draft,
  helpAsked,
  issued,
  nothing,
  restored,
  verified,
  withdrawn,
  write,
} from "../store/pen.ts";

/** One append: by which process, to which stream, and what. Numbers stand for ids. */
const act = fc.record({
  process: fc.nat({ max: 1 }),
  stream: fc.nat({ max: 7 }),
  facts: fc.array(
    fc.record({
      kind: fc.constantFrom("verify", "verify", "verify", "withdraw", "restore", "help", "issue"),
      card: fc.nat({ max: 2 }),
      person: fc.nat({ max: 4 }),
      at: fc.nat({ max: 2_000_000_000 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  again: fc.boolean(),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** Appends of a group are on their way at once. */
const groups = fc.array(fc.array(act, { minLength: 1, maxLength: 12 }), {
  minLength: 4,
  maxLength: 8,
});

databaseTest("log stays whole under random appends of two processes", async ({ sql }) => {
  const logs = [v4(), v4()].map((owner) => openLog(sql, projections.map(inlineProjection), owner));
  await fc.assert(
    fc.asyncProperty(groups, async (groups) => {
      const world = await beginWorld(logs[0]!);
      for (const group of groups) await actAtOnce(logs, world, group);
      const report = await verifyLog(sql, { charts: anyCharts, projections, page_size: 37 });
      assertEquals(report.faults, []);
      await expectScansOf(sql, world.assigned);
    }),
    { numRuns: 12 },
  );
});

interface World {
  streams: string[];
  cards: string[];
  people: string[];
  /** What appends told of checks, by fact. */
  assigned: Map<string, Json>;
}

async function beginWorld(log: Log): Promise<World> {
  const ids = (n: number) => Array.from({ length: n }, () => v4());
  const world = { streams: ids(8), cards: ids(3), people: ids(5), assigned: new Map() };
  await write(log, v4(), ...world.cards.map((card) => issued(card, world.people[0]!)));
  return world;
}

function draftsOf({ cards, people }: World, { facts }: Act): Draft[] {
  return facts.map(({ kind, card, person, at }) => {
    if (kind === "verify") return verified(cards[card]!, people[person]!, { at });
    if (kind === "withdraw") return withdrawn(cards[card]!, `причина ${person}`);
    if (kind === "restore") return restored(cards[card]!);
    if (kind === "issue") return issued(v4(), people[person]!, { at });
    return helpAsked;
  });
}

/** All decide on what they saw before; of those of one stream, one is right and the rest hear so. */
async function actAtOnce(logs: readonly Log[], world: World, group: readonly Act[]) {
  const tips = await Promise.all(world.streams.map((stream) => logs[0]!.tip(stream)));
  const appends = group.map((act) =>
    appendOf(world.streams[act.stream]!, tips[act.stream] ?? nothing, draftsOf(world, act))
  );
  const outcomes = await Promise.all(appends.flatMap((append, i) => {
    const times = group[i]!.again ? [0, 1] : [0];
    return times.map((time) => appendBy(logs[(group[i]!.process + time) % 2]!, append, world));
  }));
  const accepted = outcomes.filter(({ appended }) => appended.is === "appended");
  const streams = new Set(group.map(({ stream }) => stream));
  assertEquals(accepted.length, streams.size);
  for (const { append, appended } of outcomes) {
    const winner = accepted.find((one) => one.append.stream === append.stream);
    const version = append.expected + winner!.append.events.length;
    if (appended.is === "conflict") assertEquals(appended.actual, version);
    if (appended.is === "duplicate") assertEquals(append, winner!.append);
  }
}

async function appendBy(log: Log, append: Append, { assigned }: World) {
  const appended: Appended = await log.append(append);
  if (appended.is === "appended") {
    for (const { id, type } of append.events) {
      if (type === "CardVerified") assigned.set(id, appended.assigned.get(id) ?? null);
    }
  }
  return { append, appended };
}

interface Counted {
  checks: number;
  people: Set<Json>;
  first_at: number;
  by_maker: number;
  others_first_at: number | null;
}

/** The checks as a person would count them who reads the log from the beginning. */
async function expectScansOf(sql: Database["sql"], assigned: ReadonlyMap<string, Json>) {
  const rows = await sql<EventRow[]>`select id, type, data, at from events order by pos`;
  const cards = new Map<string, Counted>();
  const makers = new Map<string, Json>();
  const standing = new Map<Json, { active: boolean; reason: Json }>();
  for (const { id, type, data, at } of rows) {
    const card = String(data.card);
    if (type === "CardIssued") makers.set(card, data.maker ?? null);
    if (type === "CardIssued" || type === "CardRestored") {
      standing.set(card, { active: true, reason: null });
    } else if (type === "CardWithdrawn") {
      standing.set(card, { active: false, reason: data.reason ?? null });
    } else if (type === "CardVerified") {
      const unchecked = { checks: 0, people: new Set<Json>(), first_at: at };
      const counted: Counted = cards.get(card) ??
        { ...unchecked, by_maker: 0, others_first_at: null };
      const own = data.verifier === makers.get(card);
      cards.set(card, counted);
      counted.checks++;
      counted.people.add(data.verifier ?? null);
      if (own) counted.by_maker++;
      else counted.others_first_at ??= at;
      if (!assigned.has(id)) continue;
      assertEquals<unknown>(assigned.get(id), {
        number: counted.checks,
        people: counted.people.size,
        first_at: counted.first_at,
        ...{ own, by_maker: counted.by_maker, others_first_at: counted.others_first_at },
        ...standing.get(card),
        // Nothing here corrects a card.
        revision: 0,
      });
    }
  }
}
