/** The thread that reads a QR: begun for a photo, and over with it, whatever came of it. */
import { assertEquals, assertRejects } from "@std/assert";
import { drawQr, readQr } from "../../src/cards/qr.ts";
import { testPixels } from "./test_pixels.ts";

/** Threads that were begun since, and those of them that go on. */
interface Threads extends Disposable {
  begun: number;
  alive: Set<Worker>;
}

/** Counts every worker until the end of the block; `post` may be another way to send to one. */
function countThreads(post?: () => never): Threads {
  const Original = Worker;
  const alive = new Set<Worker>();
  const threads: Threads = {
    begun: 0,
    alive,
    [Symbol.dispose]() {
      globalThis.Worker = Original;
      for (const worker of alive) worker.terminate();
    },
  };
  globalThis.Worker = class extends Original {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      threads.begun++;
      alive.add(this);
      if (post) this.postMessage = post;
    }

    override terminate(): void {
      super.terminate();
      alive.delete(this);
    }
  };
  return threads;
}

const counts = ({ begun, alive }: Threads) => ({ begun, alive: alive.size });

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
  using threads = countThreads(() => {
    throw new Error("No way to the thread");
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
