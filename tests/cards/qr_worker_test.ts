/** The thread that reads a QR: begun for a photo, and over with it, whatever came of it. */
import { assertEquals, assertRejects } from "@std/assert";
import { drawQr, readQr } from "../../src/cards/qr.ts";
import { counts, countThreads } from "../base/count_threads.ts";
import { testPixels } from "./test_pixels.ts";

testPixels("a photo's thread ends with its reading, found or not", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const create = { width: 300, height: 300, channels: 3, background: "#446644" } as const;
  const blank = await sharp({ create }).jpeg().toBuffer();
  using threads = countThreads();
  assertEquals(await readQr(await drawQr("https://example.com")), ["https://example.com"]);
  assertEquals(counts(threads), { begun: 1, alive: 0 });
  assertEquals(await readQr(blank), []);
  assertEquals(counts(threads), { begun: 2, alive: 0 });
});

testPixels("a photo's thread ends also where its reading fails", async () => {
  using threads = countThreads({
    post: () => {
      throw new Error("No way to the thread");
    },
  });
  const photo = await drawQr("https://example.com");
  await assertRejects(() => readQr(photo), Error, "No way to the thread");
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

testPixels("what is no photo begins no thread", async () => {
  using threads = countThreads();
  await readQr(new TextEncoder().encode("<svg/>"));
  await readQr(new Uint8Array());
  assertEquals(counts(threads), { begun: 0, alive: 0 });
});

testPixels("of many photos at once, no thread stays", async () => {
  const photo = await drawQr("https://example.com");
  using threads = countThreads();
  const read = await Promise.all(Array.from({ length: 5 }, () => readQr(photo)));
  assertEquals(read, Array(5).fill(["https://example.com"]));
  assertEquals(counts(threads), { begun: 5, alive: 0 });
});

testPixels("a photo whose time is over is too hard, and its thread ended", async () => {
  const photo = await drawQr("https://example.com");
  using threads = countThreads({ program: "while (true) {}" });
  assertEquals(await readQr(photo, 1), { refused: "too_hard" });
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

testPixels("a photo that breaks its thread is too hard, and the next has another", async () => {
  const photo = await drawQr("https://example.com");
  for (const program of ["throw new Error('broken')", "onmessage = () => { throw 1 }"]) {
    using threads = countThreads({ program });
    assertEquals(await readQr(photo), { refused: "too_hard" });
    assertEquals(counts(threads), { begun: 1, alive: 0 });
  }
  assertEquals(await readQr(photo), ["https://example.com"]);
});

testPixels("what was found before the time was over counts", async () => {
  const photo = await drawLarge();
  const program = "let n = 0; onmessage = () => { if (n++ === 0) postMessage(['found']) }";
  using threads = countThreads({ program });
  assertEquals(await readQr(photo, 2_000), ["found"]);
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});

testPixels("a photo's thread may do nothing but look", async () => {
  using threads = countThreads();
  await readQr(await drawQr("https://example.com"));
  assertEquals(threads.permitted, ["none"]);
});

/** Larger than the first look is. */
async function drawLarge(): Promise<Uint8Array> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  return await sharp(await drawQr("https://example.com")).resize(1500).png().toBuffer();
}
