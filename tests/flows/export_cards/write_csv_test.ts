import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Cell, writeCsv } from "../../../src/flows/export_cards/write_csv.ts";

async function* pagesOf(rows: readonly (readonly Cell[])[]) {
  for (const row of rows) yield await Promise.resolve([row]);
}
const textOf = async (heading: readonly string[], rows: readonly (readonly Cell[])[]) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(await writeCsv(heading, pagesOf(rows)));

/** CSV as RFC 4180 has it, read strictly: what is left unread is an error. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let cells: string[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const [, quoted, plain, end] = field.exec(text) ?? [];
    assert(end !== undefined, `Cannot read on at ${JSON.stringify(text.slice(at, at + 20))}`);
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
}

Deno.test("table is UTF-8 with BOM, commas and CRLF", async () => {
  const bytes = await writeCsv(["Номер", "Название"], pagesOf([[1, "Море"], [2, null]]));
  assertEquals([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  const text = new TextDecoder().decode(bytes);
  assertEquals(text, "Номер,Название\r\n1,Море\r\n2,\r\n");
});

Deno.test("table quotes what would break it", async () => {
  const text = await textOf(["a"], [['one, "two"\nthree']]);
  assertEquals(text, '\ufeffa\r\n"one, ""two""\nthree"\r\n');
});

Deno.test("table defuses formulas, and leaves numbers alone", async () => {
  const formulas = ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\u200b=1"];
  const text = await textOf(["a"], formulas.map((formula) => [formula]));
  for (const [i, [cell]] of readCsv(text).slice(1).entries()) {
    assertEquals(cell, `'${formulas[i]}`);
  }
  assertEquals(await textOf(["a"], [[-5, "a=1", "1-2"]]), "\ufeffa\r\n-5,a=1,1-2\r\n");
});

Deno.test("any table is read back as it was, but for the apostrophes", () =>
  fc.assert(fc.asyncProperty(
    fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" })), {
      maxLength: 5,
    }),
    async (rows) => {
      const wellFormed = rows.map((row) => row.map((cell) => cell.toWellFormed()));
      const read = readCsv((await textOf(["a", "b"], wellFormed)).slice(1)).slice(1);
      const bare = (cell: string) => cell.replace(/^'(?=[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u, "");
      assertEquals(read.map((row) => row.map(bare)), wellFormed.map((row) => row.map(bare)));
    },
  )));
