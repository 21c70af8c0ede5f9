import { deadline, delay } from "@std/async";
import type { Duplex } from "node:stream";
import { requireFolder } from "../../base/unfit_folder.ts";
import { DatabaseUnavailable } from "../database_unavailable.ts";
import { type Engine, openEngine } from "./engine.ts";
import { EngineClient } from "./engine_client.ts";
import { lockFolder } from "./folder_lock.ts";
import { buffersOf, type FromEngine, serveEngine } from "./serve_engine.ts";
import type { ToWorker } from "./worker.ts";

/** An engine, to be connected to. */
export interface Embedded {
  socket(): Duplex;
  /** To be called when every socket is closed. */
  close(): Promise<void>;
}

/** Making a cluster takes seconds, and so does mending one after a power cut. */
const OPENING_MS = 120_000;

const beginWorker = (): Worker =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "postgres" });

/**
 * Opens the cluster in `folder` in a thread of its own, making it if there is none; a thread that
 * says nothing for `opening_ms` is given up. Throws FolderInUse, UnfitFolder,
 * DatabaseUnavailable.
 */
export async function openInWorker(
  folder: string,
  { begin = beginWorker, opening_ms = OPENING_MS } = {},
): Promise<Embedded> {
  using stack = new DisposableStack();
  stack.use(lockFolder(folder));
  const worker = begin();
  stack.defer(() => worker.terminate());
  const post = (message: ToWorker) => {
    worker.postMessage(message, "folder" in message ? [] : buffersOf(message));
  };
  const client = new EngineClient(post);
  worker.onmessage = ({ data }: MessageEvent<FromEngine>) => client.hear(data);
  worker.onerror = (event) => {
    event.preventDefault(); // or it would end the whole process
    client.fail(event.message);
  };
  post({ folder });
  await deadline(client.opened, opening_ms).catch((error) => {
    // The engine does not say what the disk said.
    requireFolder(folder);
    throw new DatabaseUnavailable(
      error.name === "TimeoutError"
        ? `Cannot open ${folder}: the embedded database has said nothing for ` +
          `${opening_ms / 1_000} s. Start the program again; nothing committed is lost.`
        : `Cannot open ${folder}: ${error.message}. ` +
          "Restore it from a copy or choose another DATA_DIR.",
    );
  });
  const owned = stack.move();
  return {
    socket: () => client.socket(),
    async close() {
      using _ = owned;
      // A query that still runs is cut off like by a power cut: nothing committed is lost.
      await deadline(client.close(), 400).catch(() => undefined);
    },
  };
}

/** Opens an empty cluster in memory, in this thread: it needs no permission and dies with it. */
export async function openInMemory(): Promise<Embedded> {
  const engine = await openEngine();
  const embedded = await connectEngine(engine);
  return {
    socket: embedded.socket,
    async close() {
      await embedded.close();
      await engine.close();
    },
  };
}

/** Connects to an engine of this thread; closing leaves the engine open, for the next. */
export async function connectEngine(engine: Engine): Promise<Embedded> {
  const client = new EngineClient((message) => {
    queueMicrotask(() => hear(message)); // a socket never answers before it was written to
  });
  const hear = serveEngine(engine, (message) => client.hear(message));
  await client.opened;
  return {
    socket: () => client.socket(),
    async close() {
      await client.close();
      await delay(5); // for Postgres's own timer to end
    },
  };
}
