/** The thread that writes tables: the same bytes, page by page, and over with its table. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async";
import { ThreadOver } from "../../../src/base/thread.ts";
import { writeRows } from "../../../src/flows/export_cards/table_rows.ts";
import type { CardRow, ScanRow } from "../../../src/flows/export_cards/tables.ts";
import { writeTable } from "../../../src/flows/export_cards/write_table.ts";
import { StoreUnavailable } from "../../../src/store/store_unavailable.ts";
import { counts, countThreads } from "../../base/count_threads.ts";
import { readXlsx } from "./read_xlsx.ts";

const AT = Date.UTC(2026, 10, 20, 12);
const told = {
  words: { heading: ["№", "…"], active: "действует", withdrawn: "отозвана" },
  time_zone: "Europe/Moscow",
};

const card = (number: number): CardRow => ({
  ...{ number, name: "Море", description: "=1+1", edition: null, editions: null },
  ...{ code: "7F3K9QZX2M0A8VBWN1H4", issued_at: AT, corrected_at: null, active: number > 1 },
  ...{ reason: null, checks: 2, people: 1, first_at: AT },
});
const scan = (number: number): ScanRow => ({
  ...{ card: 1, name: "Море", number, people: 1, at: AT, active: true },
});

async function* pagesOf<Row>(...pages: Row[][]): AsyncGenerator<Row[]> {
  for (const page of pages) yield await Promise.resolve(page);
}
const cards = () => pagesOf([card(1), card(2)], [card(3)]);

Deno.test("tables are the same, whichever thread writes them", async () => {
  using threads = countThreads();
  const scans = () => pagesOf(Array.from({ length: 500 }, (_, i) => scan(i + 1)), [scan(501)]);
  for (const pages of [cards, scans, () => pagesOf<CardRow>()]) {
    const [there, here] = [await writeTable(told, pages()), await writeRows(told, pages())];
    assertEquals(undated(there), undated(here));
  }
  assertEquals(counts(threads), { begun: 3, alive: 0 });
  assertEquals(threads.permitted, ["none", "none", "none"]);
});

Deno.test("table tells times by the clock of its time zone, and cards by their status", async () => {
  const [[, ...rows] = []] = readXlsx(await writeTable(told, cards()));
  const time = { days: (AT + 3 * 3_600_000 - Date.UTC(1899, 11, 30)) / 86_400_000 };
  assertEquals(rows.map((row) => [row[0], row[6], row[8]]), [
    [1, time, "отозвана"],
    [2, time, "действует"],
    [3, time, "действует"],
  ]);
});

Deno.test("the loop goes on while a table is written", async () => {
  const page = Array.from({ length: 10_000 }, (_, i) => scan(i + 1));
  let is_written = false;
  const writing = writeTable(told, pagesOf(page)).finally(() => is_written = true);
  let turns = 0;
  while (!is_written) {
    await delay(0);
    turns++;
  }
  await writing;
  // Written here, it would take a handful.
  assert(turns > 12, `${turns} turns`);
});

Deno.test("table that breaks its thread fails, and the next has another", async () => {
  for (const program of ["throw new Error('broken')", "onmessage = () => { throw 'broken' }"]) {
    using threads = countThreads({ program });
    await assertRejects(() => writeTable(told, cards()), ThreadOver, "broken");
    assertEquals(counts(threads), { begun: 1, alive: 0 });
  }
  assertEquals((await writeTable(told, cards())).length > 0, true);
});

Deno.test("table whose rows cannot be read fails as they do, and its thread is ended", async () => {
  async function* away(): AsyncGenerator<CardRow[]> {
    yield await Promise.resolve([card(1)]);
    throw new StoreUnavailable("away");
  }
  using threads = countThreads();
  await assertRejects(() => writeTable(told, away()), StoreUnavailable);
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

Deno.test("table whose time is over fails, and its thread is ended", async () => {
  using threads = countThreads({ program: "while (true) {}" });
  await assertRejects(() => writeTable(told, cards(), { limit_ms: 1 }), ThreadOver, "1 ms");
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

/** Without the times that its parts carry: of two seconds each, in a header and in the list. */
function undated(file: Uint8Array): Uint8Array {
  const bare = file.slice();
  const view = new DataView(bare.buffer);
  for (let at = 0; at + 16 < bare.length; at++) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) view.setUint32(at + 10, 0);
    if (signature === 0x02014b50) view.setUint32(at + 12, 0);
  }
  return bare;
}
