/** A thread that looks for QR codes in one picture, which is a stranger's; it has its time. */
import { logOf } from "../base/log.ts";
import { openThread } from "../base/thread.ts";
import type { Edges, GreyPixels } from "./grey_pixels.ts";
import type { QrQuestion } from "./qr_worker.ts";

/** Ends with the block it is opened in. */
export interface QrThread extends Disposable {
  /** What the codes say; takes the pixels over. Throws `ThreadOver` once there is no thread. */
  find(pixels: GreyPixels, edges?: Edges): Promise<string[]>;
}

export function openQrThread(limit_ms: number): QrThread {
  const log = logOf("cards");
  const thread = openThread<QrQuestion, string[]>(new URL("./qr_worker.ts", import.meta.url), {
    name: "qr",
    onBroken: (message) =>
      log.warn("A picture broke the thread that looked at it: {message}", { message }),
  });
  const timer = setTimeout(() => {
    log.info("A picture was given up after {limit_ms} ms", { limit_ms });
    thread.end("Its time is over");
  }, limit_ms);
  return {
    find: (pixels, edges) => thread.ask({ pixels, edges }, { buffers: [pixels.grey.buffer] }),
    [Symbol.dispose]() {
      clearTimeout(timer);
      thread[Symbol.dispose]();
    },
  };
}
