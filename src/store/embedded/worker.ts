/// <reference lib="deno.worker" />
/** The embedded database's own thread: a slow query stops nothing but other queries. */
import { openCluster } from "./cluster.ts";
import { type Engine, openEngine } from "./engine.ts";
import {
  buffersOf,
  type FromEngine,
  type PostMessage,
  reasonOf,
  serveEngine,
  type ToEngine,
} from "./serve_engine.ts";

/** What the worker hears: first which folder to open, then what clients say. */
export type ToWorker = { folder: string } | ToEngine;

const post: PostMessage<FromEngine> = (message) => self.postMessage(message, buffersOf(message));

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (!("folder" in data)) return;
  openCluster(data.folder, openEngine).then(serve).catch((error) => {
    post({ failed: reasonOf(error) });
  });
};

function serve(engine: Engine): void {
  const hear = serveEngine(engine, post);
  self.onmessage = ({ data }: MessageEvent<ToEngine>) => hear(data);
}
