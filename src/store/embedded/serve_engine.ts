import { Bridge } from "./bridge.ts";
import type { Engine } from "./engine.ts";

/** What clients say over the port. */
export type ToEngine = { session: number; bytes: Uint8Array | null } | { close: true };
/** What they hear. `bytes: null`: the session is over. */
export type FromEngine =
  | { opened: true }
  | { session: number; bytes: Uint8Array | null }
  | { failed: string }
  | { closed: true };

/** Lets the clients at the other end of `port` use `engine`, until they say close. */
export function serveEngine(port: MessagePort, engine: Engine): void {
  const bridge = new Bridge(
    engine,
    (session, bytes) => say(port, { session, bytes }, bytes === null ? [] : [bytes.buffer]),
  );
  const failed = (error: unknown) => {
    say(port, { failed: error instanceof Error ? error.message : String(error) });
  };
  port.onmessage = ({ data }: MessageEvent<ToEngine>) => {
    if ("close" in data) {
      bridge.settled().catch(() => {}).then(() => say(port, { closed: true })).catch(failed);
    } else {
      bridge.receive(data.session, data.bytes).catch(failed);
    }
  };
  say(port, { opened: true });
}

/** Posts to the clients' side, giving `buffers` away. */
export function say(port: MessagePort, message: FromEngine, buffers: ArrayBufferLike[] = []): void {
  port.postMessage(message, buffers.filter((buffer) => buffer instanceof ArrayBuffer));
}
