import { Bridge } from "./bridge.ts";
import type { Engine } from "./engine.ts";

/** What clients say. */
export type ToEngine = { session: number; bytes: Uint8Array | null } | { close: true };
/** What they hear. `bytes: null`: the session is over. */
export type FromEngine =
  | { opened: true }
  | { session: number; bytes: Uint8Array | null }
  | { failed: string }
  | { closed: true };
/** Sends a message to the other side, giving the buffers of its bytes away. */
export type PostMessage<Message> = (message: Message) => void;

/** Lets clients use `engine`: returns what takes their messages. */
export function serveEngine(engine: Engine, post: PostMessage<FromEngine>): PostMessage<ToEngine> {
  const bridge = new Bridge(engine, (session, bytes) => post({ session, bytes }));
  const failed = (error: unknown) => post({ failed: reasonOf(error) });
  post({ opened: true });
  return (message) => {
    if ("close" in message) {
      bridge.settled().catch(failed).then(() => post({ closed: true }));
    } else {
      bridge.receive(message.session, message.bytes).catch(failed);
    }
  };
}

/** The buffers to give away with `message`. */
export function buffersOf(message: ToEngine | FromEngine): ArrayBuffer[] {
  const buffer = "bytes" in message ? message.bytes?.buffer : undefined;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}

/** An error in words, for the other side. */
export function reasonOf(error: unknown): string {
  // PGlite throws plain objects as well.
  return error instanceof Object && "message" in error ? String(error.message) : String(error);
}
