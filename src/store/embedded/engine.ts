/** Postgres itself, compiled to WebAssembly, in this thread: one backend, no network. */
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import initdb from "@electric-sql/pglite/initdb.wasm" with { type: "bytes" };
import files from "@electric-sql/pglite/pglite.data" with { type: "bytes" };
import postgres from "@electric-sql/pglite/pglite.wasm" with { type: "bytes" };
import { fdatasyncSync } from "node:fs";

/** One backend that answers the frames of Postgres's protocol, one group at a time. */
export interface Engine {
  /**
   * Runs whole frames to their end. `answer` gets Postgres's bytes in pieces that it may keep.
   * Rejects when the engine itself is broken; SQL errors are answers.
   */
  run(frames: Uint8Array, answer: (bytes: Uint8Array) => void): Promise<void>;
  /** Whether a transaction is open, be it a failed one. */
  inTransaction(): boolean;
  /** The whole cluster as a tar. */
  image(): Promise<Blob>;
  close(): Promise<void>;
}

/**
 * Opens the cluster in `folder`, making it if there is none; without a folder, one in memory, which
 * is made from `image` much sooner than from nothing.
 */
export async function openEngine(folder?: string, image?: Blob): Promise<Engine> {
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([
    WebAssembly.compile(postgres),
    WebAssembly.compile(initdb),
  ]);
  const pglite = await PGlite.create({
    fsBundle: new Blob([files]),
    pgliteWasmModule,
    initdbWasmModule,
    // Segments of 1 MB instead of 16: a cluster of 31 MB, made and opened faster.
    initDbStartParams: ["--wal-segsize=1"],
    ...(folder === undefined ? { startParams } : durable(folder)),
    ...image && { loadDataDir: image },
  });
  if (folder !== undefined) syncFiles(pglite);
  const fault = watchFaults(pglite);
  return {
    async run(frames, answer) {
      await pglite.execProtocolRawStream(frames, {
        syncToFs: false,
        onRawData: (view) => answer(view.slice()), // the view is into the engine's own memory
      });
      fault.check();
    },
    inTransaction: () => pglite.isInTransaction(),
    image: () => pglite.dumpDataDir("none"),
    close: () => pglite.close(),
  };
}

// Postgres is to notice endless recursion before the stack of JavaScript ends, which kills it. The
// default of 2 MB is too late; at 500 kB it still happened.
// A cluster that was not shut down is told of every ten seconds, by a timer that nobody ends.
const startParams = [
  ...PGlite.defaultStartParams,
  ...["-c", "max_stack_depth=150kB"],
  ...["-c", "log_startup_progress_interval=0"],
];

/** PGlite starts with fsync off, and Emscripten's fdatasync does nothing: only fsync reaches us. */
function durable(dataDir: string): PGliteOptions {
  const synced = startParams.filter((param) => param !== "-F");
  return { dataDir, startParams: [...synced, "-c", "wal_sync_method=fsync"] };
}

/** Gives the engine's file system the fsync that it lacks. */
function syncFiles(pglite: PGlite): void {
  const operations: { fsync?: (stream: { nfd?: number }) => number } =
    pglite.Module.NODEFS.stream_ops;
  operations.fsync = ({ nfd }) => {
    if (nfd !== undefined) fdatasyncSync(nfd);
    return 0;
  };
}

/**
 * PGlite takes every exception of its code for Postgres's own jump to the error handler, and after
 * a trap goes round for ever. Here a trap ends the loop and is told.
 */
function watchFaults(pglite: PGlite): { check(): void } {
  const jump = 100; // how PGlite leaves the code for Postgres's error handler
  const module = pglite.Module;
  const step = module._PostgresMainLoopOnce;
  const restore = module.stackRestore;
  let fault: unknown;
  module._PostgresMainLoopOnce = () => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Object && "status" in error && error.status === jump)) fault ??= error;
      throw error;
    }
  };
  // Called first thing for every exception, and outside of any `try`.
  module.stackRestore = (pointer) => {
    check();
    return restore(pointer);
  };
  function check(): void {
    if (fault !== undefined) throw fault;
  }
  return { check };
}
