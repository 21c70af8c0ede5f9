import { assertAlmostEquals, assertEquals } from "@std/assert";
import { atShare, openRound } from "./scan_round.ts";

const codes = ["A", "B", "C"];

/** A clock that goes when it is told. */
function manualClock() {
  let now_ms = 1_000;
  return { now: () => now_ms, passes: (ms: number) => void (now_ms += ms) };
}

Deno.test("everybody scans at once, and again when their message is there", () => {
  const { now } = manualClock();
  const round = openRound({ codes, people: 2, scans: 3, per_second: null }, now);
  const first = round.due();
  assertEquals(first.map(({ text }) => text), ["/start v_A", "/start v_B"]);
  assertEquals(round.due(), []);
  const [, second] = first;
  round.arrived(second?.chat ?? 0);
  assertEquals(round.due().map(({ chat, text }) => [chat, text]), [[second?.chat, "/start v_C"]]);
  assertEquals(round.left, 2);
});

Deno.test("whoever is answered looks at the message before they scan again", () => {
  const { now, passes } = manualClock();
  const round = openRound({ codes, people: 1, scans: 2, per_second: null, pause_ms: 60 }, now);
  round.arrived(round.due()[0]?.chat ?? 0);
  passes(59);
  assertEquals(round.due(), []);
  passes(1);
  assertEquals(round.due().length, 1);
});

Deno.test("scans that are offered come at their pace, whatever becomes of them", () => {
  const { now, passes } = manualClock();
  const round = openRound({ codes, people: 2, scans: 5, per_second: 100 }, now);
  assertEquals(round.due().length, 1);
  passes(20);
  assertEquals(round.due().length, 2);
  passes(1_000);
  assertEquals(round.due().length, 2);
});

Deno.test("wait is counted from the first handing out, and from the scan", () => {
  const { now, passes } = manualClock();
  const round = openRound({ codes, people: 1, scans: 1, per_second: 10 }, now);
  passes(50);
  const [scan] = round.due();
  if (scan) round.handed(scan);
  passes(30);
  if (scan) round.handed(scan);
  round.arrived(scan?.chat ?? 0);
  const { p50_ms, p99_ms, scanned_p99_ms, per_second } = round.figures();
  assertEquals([p50_ms, p99_ms, scanned_p99_ms], [30, 30, 80]);
  assertAlmostEquals(per_second, 1_000 / 30);
});

Deno.test("messages of a chat answer its scans in their order", () => {
  const { now, passes } = manualClock();
  const round = openRound({ codes, people: 1, scans: 2, per_second: 1_000 }, now);
  passes(1);
  const both = round.due();
  for (const scan of both) round.handed(scan);
  for (const { chat } of both) {
    passes(10);
    round.arrived(chat);
  }
  assertEquals(both.map(({ arrived_ms }) => arrived_ms), [1_011, 1_021]);
  round.arrived(both[0]?.chat ?? 0);
  assertEquals(round.left, 0);
});

Deno.test("value at a share is that of the sorted values, and none of none", () => {
  assertEquals(atShare([3, 1, 2], 0.5), 2);
  assertEquals(atShare([3, 1, 2], 0.99), 3);
  assertEquals(atShare([], 0.5), NaN);
});
