import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { openStats } from "../../../src/flows/stats/read_model.ts";
import { openLog } from "../../../src/store/log.ts";
import { databaseTest } from "../../database.ts";
import { issued, verified, withdrawn, write } from "../../store/pen.ts";

databaseTest("statistics of an empty log are zeros", async ({ sql }) => {
  const { top, ...counts } = await openStats({ sql }).read(Date.now(), "UTC", null);
  assertEquals([...top], []);
  assertEquals(counts, { cards: 0, active: 0, checks: 0, people: 0, today: 0, last_7_days: 0 });
});

databaseTest(
  "statistics count cards, checks and people, and name the most checked",
  async ({ sql }) => {
    const log = openLog(sql, projections.map(inlineProjection), v4());
    const cards = Array.from({ length: 5 }, () => v4());
    const people = Array.from({ length: 4 }, () => v4());
    const maker = v4();
    await write(
      log,
      "maker",
      ...cards.map((card, i) => issued(card, i < 3 ? v4() : maker)),
      withdrawn(cards[1]!),
    );
    // Card n (from 0) is checked n times; the last two as often as each other.
    const checks = [0, 1, 2, 3, 3].flatMap((times, card) =>
      Array.from({ length: times }, (_, i) => verified(cards[card]!, people[(card + i) % 4]!))
    );
    await write(log, "buyers", ...checks);
    const { top, ...counts } = await openStats({ sql }).read(5_000, "UTC", null);
    assertEquals(counts, { cards: 5, active: 4, checks: 9, people: 4, today: 9, last_7_days: 9 });
    assertEquals(top.map(({ number, checks }) => [number, checks]), [[4, 3], [5, 3], [3, 2]]);
    const { top: best, ...own } = await openStats({ sql }).read(5_000, "UTC", maker);
    assertEquals(own, { cards: 2, active: 2, checks: 6, people: 4, today: 6, last_7_days: 6 });
    assertEquals(best.map(({ number }) => number), [4, 5]);
    assertEquals((await openStats({ sql }).read(DAY_MS + 5_000, "UTC", maker)).today, 0);
  },
);

const zones = [
  "UTC",
  "Europe/Moscow",
  "Asia/Kathmandu",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Apia",
];

/** Moments just after and long after midnight, also on days when clocks were changed. */
const moments = [
  "2026-03-29T00:05:00+01:00[Europe/Berlin]",
  "2026-03-29T23:59:59+02:00[Europe/Berlin]",
  "2026-10-25T03:30:00+01:00[Europe/Berlin]",
  "2026-11-01T12:00:00-05:00[America/New_York]",
  "2026-04-05T00:20:00+11:00[Australia/Lord_Howe]",
  "2026-05-14T00:00:00+05:45[Asia/Kathmandu]",
  "2026-05-13T23:59:59+05:45[Asia/Kathmandu]",
].map((text) => Temporal.ZonedDateTime.from(text).epochMilliseconds).toSorted((a, b) => a - b);

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

databaseTest("today and the last 7 days begin at midnight of any time zone", async ({ sql }) => {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const card = v4();
  await write(log, "maker", issued(card, v4()));
  const checks: number[] = [];
  for (const now of moments) {
    // About every half hour over the last ten days, and right at the midnights.
    const spread = Array.from({ length: 480 }, (_, i) => now - Math.round(i * DAY_MS / 48.3));
    const begins = zones.map((zone) => [dayBegins(now, zone, 0), dayBegins(now, zone, 6)]);
    const fresh = [...spread, ...begins.flat().flatMap((begin) => [begin - 1, begin])];
    await write(log, "buyers", ...fresh.map((at) => verified(card, v4(), { at })));
    checks.push(...fresh);
    for (const [i, zone] of zones.entries()) {
      const { today, last_7_days } = await openStats({ sql }).read(now, zone, null);
      const counted = begins[i]!.map((begin) => checks.filter((at) => at >= begin).length);
      assertEquals([now, zone, today, last_7_days], [now, zone, ...counted]);
    }
  }
});

/** When the day at `now` less `days` began in `zone`: found by walking back, quarter by quarter. */
function dayBegins(now: number, zone: string, days: number): number {
  const format = new Intl.DateTimeFormat("sv", { timeZone: zone });
  const dateAt = (ms: number) => format.format(new Date(ms));
  const [year, month, day] = dateAt(now).split("-").map(Number);
  const wanted = new Date(Date.UTC(year!, month! - 1, day! - days)).toISOString().slice(0, 10);
  let begin = Math.floor(now / QUARTER_MS) * QUARTER_MS;
  while (dateAt(begin - 1) >= wanted) begin -= QUARTER_MS;
  return begin;
}
