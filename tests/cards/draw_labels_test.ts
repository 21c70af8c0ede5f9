import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { groupCode } from "../../events/code.ts";
import { drawLabels } from "../../src/cards/draw_labels.ts";
import { type Label, LABELS_ON_SHEET } from "../../src/cards/draw_sheets.ts";
import { mintCode } from "../../src/cards/mint_code.ts";
import { readQr } from "../../src/cards/qr.ts";
import { pdfTest, readFonts, readPages, readWords } from "./pdf_reader.ts";

const LONG = "Полночный мухомор в золотой раме, найденный на поляне за старой мельницей у реки";
const UNBROKEN = "Ы".repeat(80);

const label = (number: number, name = "Зимнее море"): Label => {
  const code = mintCode();
  const link = `https://t.me/amanita_bot?start=v_${code}`;
  const title = `№ ${number} · ${number} из 500`;
  return { link, code: groupCode(code), title, name, cut: "не полностью" };
};
const labels = (count: number) => Array.from({ length: count }, (_, i) => label(i + 1));

pdfTest("sheet of 24 labels is one A4 page on which every QR is read", async () => {
  const sheet = labels(LABELS_ON_SHEET);
  const pages = await readPages(await drawLabels(sheet));
  assertEquals(pages.map(({ width, height }) => [width, height]), [[2481, 3508]]);
  const [page] = pages;
  assert(page);
  for (const [place, { link }] of sheet.entries()) {
    assertEquals(await readQr(await page.cut(place)), [link], `label ${place}`);
  }
});

pdfTest("sheet says number, name and code of every label in words", async () => {
  const sheet = labels(3);
  const words = await readWords(await drawLabels(sheet));
  for (const { title, code } of sheet) {
    assertStringIncludes(words, title);
    for (const group of code.split(" ")) assertStringIncludes(words, group);
  }
  assertStringIncludes(words, "Зимнее море");
});

pdfTest("labels bring their fonts along, Cyrillic letters and only what is used", async () => {
  const fonts = await readFonts(await drawLabels(labels(2)));
  assertEquals(fonts.map(({ name }) => name.replace(/^[A-Z]+\+/, "")), [
    "DejaVuSansCondensed",
    "DejaVuSansMono",
  ]);
  assert(fonts.every(({ embedded, subset }) => embedded && subset));
});

pdfTest(
  "long names are wrapped, or cut where they are too long, and stay on their label",
  async () => {
    const sheet = [label(1, LONG), label(2, UNBROKEN), label(3, "漢字 😀 \u202e مرحبا")];
    const pdf = await drawLabels(sheet);
    const words = (await readWords(pdf)).replace(/\s+/g, " ");
    assertStringIncludes(words, "Полночный мухомор");
    assertStringIncludes(words, "…");
    const pages = await readPages(pdf);
    assertEquals(pages.length, 1);
    for (const place of [0, 1, 2]) assert(await pages[0]!.hasCleanEdge(place), `label ${place}`);
    for (const [place, { link }] of sheet.entries()) {
      assertEquals(await readQr(await pages[0]!.cut(place)), [link]);
    }
  },
);

pdfTest("sheet of plain paper has marks to cut along, around its labels only", async () => {
  const [page] = await readPages(await drawLabels(labels(4)));
  const marked = [0, 1, 4, 5, 6, 9].map((place) => page!.hasCutMark(place));
  assertEquals(await Promise.all(marked), [true, true, true, true, true, false]);
  const corners = [{}, { right: true }, { lower: true }, { right: true, lower: true }];
  // The third is the last of its row; below the fourth, nothing else is.
  for (const place of [0, 1, 3]) {
    const found = await Promise.all(corners.map((corner) => page!.hasCutMark(place, corner)));
    assertEquals(found, [true, true, true, true], `label ${place}`);
  }
});

pdfTest("Arabic and Hebrew names are whole, and stay on their labels", async () => {
  const sheet = [label(1, "سفينة كبيرة في البحر الأبيض (12)"), label(2, "Море שלום עולם x")];
  const pdf = await drawLabels(sheet);
  const words = await readWords(pdf);
  assertEquals(words.includes("не полностью"), false);
  assertStringIncludes(words, "Море");
  const [page] = await readPages(pdf);
  for (const place of [0, 1]) assert(await page!.hasCleanEdge(place), `label ${place}`);
});

pdfTest("25 labels take two sheets, one takes one", async () => {
  assertEquals((await readPages(await drawLabels(labels(25)))).length, 2);
  assertEquals((await readPages(await drawLabels(labels(1)))).length, 1);
});

pdfTest("labels leave out what their font has no letters for", async () => {
  const sheet = [label(1, "Мухомор 🍄 северный"), label(2, "漢字 Sea")];
  const words = await readWords(await drawLabels(sheet));
  assertStringIncludes(words, "Мухомор северный");
  assertStringIncludes(words, "… Sea");
  assertEquals(words.split("не полностью").length - 1, 2);
  const whole = await readWords(await drawLabels([label(1), label(2, "Ёж  №\u00a05")]));
  assertEquals(whole.includes("не полностью"), false);
});

Deno.test("labels embed the letters that they use, not a whole font", async () => {
  const pdf = await drawLabels(labels(24));
  assertEquals(new TextDecoder().decode(pdf.subarray(0, 5)), "%PDF-");
  assert(pdf.length < 100_000, `${pdf.length} bytes`);
});
