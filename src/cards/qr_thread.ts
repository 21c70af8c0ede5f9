/** A thread that looks for QR codes in one picture. It may do nothing else, and has its time. */
import { logOf } from "../base/log.ts";
import type { Edges, GreyPixels } from "./grey_pixels.ts";
import type { QrQuestion } from "./qr_worker.ts";

/** Ends with the block it is opened in. */
export interface QrThread extends Disposable {
  /** What the codes say; takes the pixels over. Throws `ThreadOver` once there is no thread. */
  find(pixels: GreyPixels, edges?: Edges): Promise<string[]>;
}

/** The thread broke, or its time was over. */
export class ThreadOver extends Error {
  override name = "ThreadOver";
}

export function openQrThread(limit_ms: number): QrThread {
  const { promise: over, reject: end } = Promise.withResolvers<never>();
  // Also where nothing is asked just then.
  over.catch(() => undefined);
  const worker = new Worker(new URL("./qr_worker.ts", import.meta.url), {
    type: "module",
    name: "qr",
    // What is looked at is a stranger's: no disk, no network, no environment.
    deno: { permissions: "none" },
  });
  worker.onerror = (event) => {
    event.preventDefault();
    logOf("cards").warn("A picture broke the thread that looked at it: {message}", {
      message: event.message,
    });
    end(new ThreadOver(event.message));
  };
  const timer = setTimeout(() => {
    logOf("cards").info("A picture was given up after {limit_ms} ms", { limit_ms });
    end(new ThreadOver("Its time is over"));
  }, limit_ms);
  return {
    find: (pixels, edges) => Promise.race([over, ask(worker, { pixels, edges })]),
    [Symbol.dispose]() {
      clearTimeout(timer);
      worker.terminate();
    },
  };
}

/** One question at a time. */
function ask(worker: Worker, question: QrQuestion): Promise<string[]> {
  return new Promise((resolve) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.postMessage(question, [question.pixels.grey.buffer]);
  });
}
