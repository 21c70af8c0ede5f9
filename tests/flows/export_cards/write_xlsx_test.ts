import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Cell, writeXlsx } from "../../../src/flows/export_cards/write_xlsx.ts";
import { readXlsx } from "./read_xlsx.ts";

async function* pagesOf(rows: readonly (readonly Cell[])[]) {
  for (const row of rows) yield await Promise.resolve([row]);
}
const table = async (heading: readonly string[], rows: readonly (readonly Cell[])[]) =>
  readXlsx(await writeXlsx(heading, pagesOf(rows)));

Deno.test("table has texts, numbers, times and empty cells in columns of their own", async () => {
  const at = { wall_ms: Date.UTC(2026, 10, 20, 12) };
  assertEquals(
    await table(["Номер", "Название", "Когда"], [[1, "Море; ветер,\n", at], [2, null]]),
    [
      [["Номер", "Название", "Когда"], [1, "Море; ветер,\n", { days: 46346.5 }], [2, null]],
    ],
  );
});

Deno.test("table defuses formulas, and leaves numbers alone", async () => {
  const formulas = ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\u200b=1"];
  const [[, ...rows] = []] = await table(["a"], formulas.map((formula) => [formula]));
  assertEquals(rows, formulas.map((formula) => [`'${formula}`]));
  assertEquals(await table(["a"], [[-5, "a=1", "1-2"]]), [[["a"], [-5, "a=1", "1-2"]]]);
});

Deno.test("table that one sheet cannot hold goes on in the next, under the same heading", async () => {
  const rows = Array.from({ length: 5 }, (_, i) => [i]);
  const sheets = readXlsx(await writeXlsx(["a"], pagesOf(rows), 3));
  assertEquals(sheets, [[["a"], [0], [1]], [["a"], [2], [3]], [["a"], [4]]]);
  assertEquals(readXlsx(await writeXlsx(["a"], pagesOf([]), 3)), [[["a"]]]);
});

Deno.test("any table is read back as it was, but for apostrophes and what no file may hold", () =>
  fc.assert(fc.asyncProperty(
    fc.array(
      fc.tuple(
        fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("_x0041_", "<&>", "&#13;\r")),
        fc.string({ unit: "binary" }),
      ),
      { maxLength: 5 },
    ),
    async (rows) => {
      const fit = rows.map((row) =>
        row.map((cell) =>
          cell.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, "")
            .replaceAll("_x005F_", "")
        )
      );
      const [[, ...read] = []] = await table(["a", "b"], fit);
      const bare = (cell: unknown) =>
        String(cell).replace(/^'(?=[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u, "");
      assertEquals(read.map((row) => row.map(bare)), fit.map((row) => row.map(bare)));
    },
  )));
