/// <reference lib="deno.worker" />
/** The embedded database's own thread: a slow query stops nothing but other queries. */
import { openEngine } from "./engine.ts";
import { openCluster } from "./cluster.ts";
import { say, serveEngine } from "./serve_engine.ts";

/** The one message that the worker gets by itself; all else goes over `port`. */
export interface Opening {
  folder: string;
  port: MessagePort;
}

self.onmessage = ({ data }: MessageEvent<Opening>) => {
  const { folder, port } = data;
  openCluster(folder, openEngine).then((engine) => serveEngine(port, engine)).catch((error) => {
    say(port, { failed: error instanceof Error ? error.message : String(error) });
  });
};
