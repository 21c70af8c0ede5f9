import type { Duplex } from "node:stream";
import { openEngine } from "./engine.ts";
import type { Engine } from "./engine.ts";
import { EngineClient } from "./engine_client.ts";
import { lockFolder } from "./folder_lock.ts";
import { serveEngine } from "./serve_engine.ts";
import type { Opening } from "./worker.ts";

/** An engine, to be connected to. */
export interface Embedded {
  socket(): Duplex;
  /** To be called when every socket is closed. */
  close(): Promise<void>;
}

/**
 * Opens the cluster in `folder` in a thread of its own, making it if there is none.
 * Throws FolderInUse, DatabaseUnavailable.
 */
export async function openInWorker(folder: string): Promise<Embedded> {
  using stack = new DisposableStack();
  stack.use(lockFolder(folder));
  const { port1, port2 } = new MessageChannel();
  const client = new EngineClient(port1);
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "postgres",
  });
  stack.defer(() => worker.terminate());
  worker.onerror = (event) => {
    event.preventDefault(); // or it would end the whole process
    client.fail(event.message);
  };
  const opening: Opening = { folder, port: port2 };
  worker.postMessage(opening, [port2]);
  try {
    await client.opened;
  } catch (error) {
    await client.close();
    throw error;
  }
  const owned = stack.move();
  return {
    socket: () => client.socket(),
    async close() {
      using _ = owned;
      await client.close();
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
  const { port1, port2 } = new MessageChannel();
  const client = new EngineClient(port1);
  serveEngine(port2, engine);
  await client.opened;
  return {
    socket: () => client.socket(),
    async close() {
      await client.close();
      port2.close();
    },
  };
}
