/** The thread that draws labels: people are answered meanwhile, and it ends with its paper. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async";
import { ThreadOver } from "../../src/base/thread.ts";
import { drawLabels } from "../../src/cards/draw_labels.ts";
import { drawSheets, type Label, LABELS_ON_SHEET } from "../../src/cards/draw_sheets.ts";
import { counts, countThreads } from "../base/count_threads.ts";

const SHEETS = 4;
const LABELS: readonly Label[] = Array.from({ length: LABELS_ON_SHEET * SHEETS }, (_, i) => ({
  link: `https://t.me/amanita_bot?start=v_7F3K9QZX2M0A8VBW${1000 + i}`,
  code: `7F3K 9QZX 2M0A 8VBW ${1000 + i}`,
  title: `№ ${i + 1}`,
  name: i % 2 === 0 ? "Зимнее море" : "Море שלום עולם x",
  cut: "не полностью",
}));
const FEW = LABELS.slice(0, 2);

Deno.test("labels are the same, whichever thread draws them", async () => {
  using threads = countThreads();
  const [there, here] = [await drawLabels(LABELS), await drawSheets(LABELS)];
  assert(undated(there) === undated(here));
  assertEquals(counts(threads), { begun: 1, alive: 0 });
  assertEquals(threads.permitted, ["none"]);
});

Deno.test("the loop goes on while labels are drawn", async () => {
  let is_drawn = false;
  const drawing = drawLabels(LABELS).finally(() => is_drawn = true);
  let turns = 0;
  while (!is_drawn) {
    await delay(0);
    turns++;
  }
  await drawing;
  // One between every two sheets would not be enough.
  assert(turns > SHEETS * 3, `${turns} turns`);
});

Deno.test("labels are drawn one paper after the other", async () => {
  using threads = countThreads();
  const drawn = await Promise.all([FEW, FEW, FEW].map((labels) => drawLabels(labels)));
  assertEquals(drawn.map((pdf) => new TextDecoder().decode(pdf.subarray(0, 5))), [
    ...["%PDF-", "%PDF-", "%PDF-"],
  ]);
  assertEquals({ ...counts(threads), most: threads.most }, { begun: 3, alive: 0, most: 1 });
});

Deno.test("labels that break their thread fail, and the next have another", async () => {
  for (const program of ["throw new Error('broken')", "onmessage = () => { throw 'broken' }"]) {
    using threads = countThreads({ program });
    await assertRejects(() => drawLabels(FEW), ThreadOver, "broken");
    assertEquals(counts(threads), { begun: 1, alive: 0 });
  }
  assertEquals((await drawLabels(FEW)).length > 0, true);
});

Deno.test("labels whose drawing throws fail with what it said", async () => {
  const unfit = { ...FEW[0]!, link: "x".repeat(10_000) };
  using threads = countThreads();
  await assertRejects(() => drawLabels([unfit]), ThreadOver, "Capacity");
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

Deno.test("labels whose time is over fail, and their thread is ended", async () => {
  using threads = countThreads({ program: "while (true) {}" });
  await assertRejects(() => drawLabels(FEW, { limit_ms: 1 }), ThreadOver, "more than 1 ms");
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

Deno.test("labels are given up where the signal says so, those that wait as well", async () => {
  using threads = countThreads({ program: "while (true) {}" });
  const { signal, ...giving_up } = abortable();
  const drawings = [1, 2].map(() => drawLabels(FEW, { signal }));
  const failed = Promise.allSettled(drawings);
  await delay(0);
  giving_up.abort();
  assertEquals((await failed).map(({ status }) => status), ["rejected", "rejected"]);
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** Without the moment it was made, and the name that follows from it. */
const undated = (pdf: Uint8Array): string =>
  new TextDecoder("latin1").decode(pdf)
    .replace(/\(D:\d{14}Z\)/, "").replace(/\/ID \[<\w+> <\w+>\]/, "");
