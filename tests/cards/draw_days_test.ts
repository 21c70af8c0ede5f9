import { assertEquals, assertNotEquals } from "@std/assert";
import { type Day, drawDays } from "../../src/cards/draw_days.ts";
import { testPixels } from "./test_pixels.ts";

const daysOf = (...counts: number[]): Day[] =>
  counts.map((checks, i) => ({ day: `2026-11-${String(i + 1).padStart(2, "0")}`, checks }));

const monthOf = (day: string) => day.startsWith("2026-11") ? "ноябрь" : "декабрь";

/** How much of each third of the picture is of the colour of bars. */
async function redOf(days: readonly Day[]): Promise<number[]> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const { data, info } = await sharp(await drawDays(days, monthOf)).raw().toBuffer({
    resolveWithObject: true,
  });
  assertEquals([info.width, info.height], [960, 400]);
  const thirds = [0, 0, 0];
  for (let i = 0; i < info.width * info.height; i++) {
    const [red = 0, green = 0] = data.subarray(i * info.channels, i * info.channels + 2);
    if (red > 180 && green < 60) thirds[Math.floor(i % info.width / (info.width / 3))]! += 1;
  }
  return thirds;
}

testPixels("days are bars as high as their checks", async () => {
  const [first = 0, second = 0, third = 0] = await redOf(daysOf(10, 5, 0));
  assertEquals([Math.round(first / second * 10), third], [20, 0]);
});

testPixels("days without a check are a picture all the same", async () => {
  assertEquals(await redOf(daysOf(...new Array(30).fill(0))), [0, 0, 0]);
});

testPixels("day with millions of checks stays inside the picture", async () => {
  const [first = 0] = await redOf(daysOf(12_345_678, ...new Array(29).fill(0)));
  assertNotEquals(first, 0);
});

testPixels("month is named where it begins", async () => {
  const ofMonth = (called: string) => drawDays(daysOf(1, 2, 3), () => called);
  assertNotEquals(await ofMonth("ноябрь"), await ofMonth("декабрь"));
});

/** Days from this one on, without a check. */
const daysFrom = (day: string, count: number): Day[] =>
  Array.from({ length: count }, (_, i) => ({
    day: Temporal.PlainDate.from(day).add({ days: i }).toString(),
    checks: 0,
  }));

/** The months that were asked for, by their first days that are shown. */
async function namedIn(days: readonly Day[]): Promise<string[]> {
  const named: string[] = [];
  await drawDays(days, (day) => {
    named.push(day);
    return monthOf(day);
  });
  return named;
}

testPixels("each month that begins is named, and none twice", async () => {
  assertEquals(await namedIn(daysFrom("2026-11-16", 30)), ["2026-11-16", "2026-12-01"]);
  assertEquals(await namedIn(daysFrom("2026-11-01", 30)), ["2026-11-01"]);
});

testPixels("month without room before the next is not written over it", async () => {
  const days = daysFrom("2026-11-30", 30);
  const named = (first: string) => drawDays(days, (day) => day < "2026-12" ? first : "декабрь");
  assertEquals(await named("ноябрь"), await named("октябрь"));
});

testPixels("same days give the same picture, other counts another", async () => {
  const one = await drawDays(daysOf(1, 2, 3), monthOf);
  assertEquals(one, await drawDays(daysOf(1, 2, 3), monthOf));
  // Bars alone would be the same.
  assertNotEquals(one, await drawDays(daysOf(2, 4, 6), monthOf));
});
