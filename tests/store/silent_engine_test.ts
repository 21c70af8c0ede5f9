/** A thread of the embedded database that says nothing, or not enough, is given up by name. */
import { assertEquals, assertRejects } from "@std/assert";
import { DatabaseUnavailable } from "../../src/store/database_unavailable.ts";
import { openInWorker } from "../../src/store/embedded/open_embedded.ts";
import { needs, unless } from "../permissions.ts";

const reason = needs({ name: "read" }, { name: "write" });

/** A thread that does this, and whether it was ended. */
function threadThat(script: string) {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  let ended = false;
  const begin = (): Worker => {
    const worker = new Worker(url, { type: "module" });
    const terminate = worker.terminate.bind(worker);
    worker.terminate = () => {
      ended = true;
      terminate();
    };
    return worker;
  };
  return { begin, isEnded: () => ended, [Symbol.dispose]: () => URL.revokeObjectURL(url) };
}

function folderTest(name: string, test: (folder: string) => Promise<void>): void {
  Deno.test({
    ...unless(reason, name),
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        await test(`${folder}/postgres`);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

folderTest(
  "database whose thread stays silent is refused, and its thread ended",
  async (folder) => {
    using silent = threadThat("onmessage = () => {};");
    const { begin } = silent;
    await assertRejects(
      () => openInWorker(folder, { begin, opening_ms: 100 }),
      DatabaseUnavailable,
      `Cannot open ${folder}: the embedded database has said nothing for 0.1 s. ` +
        "Start the program again; nothing committed is lost.",
    );
    assertEquals(silent.isEnded(), true);
    // The folder is free again: the next attempt is told the same, not that it is in use.
    await assertRejects(
      () => openInWorker(folder, { begin, opening_ms: 100 }),
      DatabaseUnavailable,
      "has said nothing",
    );
  },
);

folderTest("database whose thread tells of a failure is refused at once", async (folder) => {
  using failing = threadThat('onmessage = () => postMessage({ failed: "no room" });');
  await assertRejects(
    () => openInWorker(folder, failing),
    DatabaseUnavailable,
    `Cannot open ${folder}: no room. `,
  );
  assertEquals(failing.isEnded(), true);
});

folderTest("database whose thread breaks before a word is refused at once", async (folder) => {
  using broken = threadThat('throw new Error("no thread");');
  await assertRejects(
    () => openInWorker(folder, broken),
    DatabaseUnavailable,
    "no thread",
  );
  assertEquals(broken.isEnded(), true);
});

folderTest(
  "database that opens in time is closed in time, though it says no more",
  async (folder) => {
    using open = threadThat("onmessage = () => postMessage({ opened: true });");
    const embedded = await openInWorker(folder, open);
    assertEquals(open.isEnded(), false);
    await embedded.close();
    assertEquals(open.isEnded(), true);
  },
);
