/** What was shown at any moment can be shown again, whatever has become of it since. */
import { assert, assertEquals } from "@std/assert";
import { v4, v7 } from "uuid";
import { dialogueStream } from "../../../events/stream.ts";
import { openCardHistories } from "../../../src/flows/card_history/read_model.ts";
import { openCards } from "../../../src/flows/issue_card/read_model.ts";
import { openGalleries } from "../../../src/flows/own_cards/read_model.ts";
import { openMakers } from "../../../src/flows/makers/read_model.ts";
import type { LogPosition } from "../../../src/projections/log_position.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { openStats } from "../../../src/flows/stats/read_model.ts";
import { openLog } from "../../../src/store/log.ts";
import type { Database } from "../../../src/store/open_database.ts";
import { databaseTest } from "../../database.ts";
import {
  corrected,
  dismissed,
  type Draft,
  editionsIssued,
  invited,
  issued,
  presented,
  restored,
  verified,
  withdrawn,
  write,
} from "../../store/pen.ts";

/** A whole number from 0 up to `below`, the same ones on every run. */
function openChance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** All that is asked of the read models, now or as of `then`. */
async function lookAround(sql: Database["sql"], maker: string, at: number, then?: LogPosition) {
  const cards = openCards({ sql, ...then && { then } });
  const galleries = openGalleries({ sql, ...then && { then } });
  const histories = openCardHistories({ sql, ...then && { then } });
  const stats = openStats({ sql, ...then && { then } });
  const known = [];
  for (let number = 1; number <= 40; number++) known.push(await cards.byNumber(number));
  const there = known.filter((card) => card !== null);
  // Rows come with their query, which is another.
  return plain({
    cards: there,
    batch: await cards.ofBatch(there.find(({ batch }) => batch !== null)?.batch ?? v4()),
    pages: [
      await galleries.page(maker, 0, true),
      await galleries.page(maker, 0, false),
      await galleries.page(maker, 1, true, "раз"),
    ],
    histories: await Promise.all(there.map(({ card }) => histories.read(card, at, "UTC"))),
    stats: [await stats.read(at, "UTC", null), await stats.read(at, "UTC", maker)],
    makers: await openMakers({ sql, ...then && { then } }).page(0),
  });
}

const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

/** A few days, an hour and a bit at a time; a clock that stands; one that is set back each day. */
const clocks: Readonly<Record<string, (pos: number) => number>> = {
  "goes on": (pos) => pos * 4_000_000,
  "stands still": () => 400_000_000,
  "is set back": (pos) => pos * 4_000_000 - (pos % 20) * 7_000_000 + 200_000_000,
};
for (const [how, clock] of Object.entries(clocks)) {
  databaseTest(
    `cards, lists, counts and makers can be had as of any moment, though the clock ${how}`,
    ({ sql }) => lookBack(sql, clock),
  );
}

async function lookBack(sql: Database["sql"], clock: (pos: number) => number): Promise<void> {
  const chance = openChance(7);
  const [maker, other, ...people] = Array.from({ length: 6 }, () => v4());
  assert(maker && other);
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const ids: string[] = [];
  const one = () => ids[chance(ids.length)] ?? "";
  const digests: string[] = [];
  const own = dialogueStream(maker);
  const acts: readonly (() => [string, Draft])[] = [
    () => {
      ids.push(v7());
      return [
        chance(2) ? own : "elsewhere",
        issued(ids.at(-1)!, [maker, maker, other, people[0]!][chance(4)]!),
      ];
    },
    () => {
      const draft = editionsIssued(v4(), maker, [1, 2]);
      const made = draft.data.cards as unknown[];
      for (const card of made) ids.push((card as { card: string }).card);
      return [own, draft];
    },
    () => [own, corrected(one(), { name: `Раз ${chance(99)}` })],
    () => [own, corrected(one(), { description: "Два", packaged: "c".repeat(64) })],
    () => [own, withdrawn(one(), `${chance(99)}`)],
    () => [own, restored(one())],
    () => ["buyers", verified(one(), people[chance(people.length)]!)],
    () => ["buyers", verified(one(), people[chance(people.length)]!)],
    () => {
      digests.push(String(digests.length).repeat(64).slice(0, 64));
      const { data, ...draft } = invited(digests.at(-1)!);
      return [own, { ...draft, data: { ...data, until: Number.MAX_SAFE_INTEGER } }];
    },
    () => [dialogueStream(people[chance(2)]!), presented(digests.at(-1) ?? "0".repeat(64))],
    () => [own, dismissed(people[chance(2)]!)],
  ];
  const seen = [];
  for (let pos = 1; pos <= 120; pos++) {
    const at = clock(pos);
    const act = acts[pos <= 2 ? pos - 1 : chance(acts.length)]!;
    const [stream, draft] = act();
    await write(log, stream, { ...draft, at });
    if (pos % 8 === 0) seen.push({ then: { pos, at }, was: await lookAround(sql, maker, at) });
  }
  for (const { then, was } of seen) {
    assertEquals(await lookAround(sql, maker, then.at, then), was, `at position ${then.pos}`);
  }
  const last = seen.at(-1)?.was;
  assert(last && last.stats[1]!.checks > 0 && last.batch.length > 0);
  assert(last.cards.some(({ active }) => !active));
  assert(last.cards.some(({ corrected_at }) => corrected_at !== null));
  assert(seen.some(({ was }) => was.makers.total > 0));
}
