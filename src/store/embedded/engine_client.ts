import { Buffer } from "node:buffer";
import { Duplex } from "node:stream";
import { setImmediate } from "node:timers";
import { DatabaseUnavailable } from "../database_unavailable.ts";
import type { FromEngine, PostMessage, ToEngine } from "./serve_engine.ts";

/** The clients of an engine, wherever it runs: makes what postgres.js takes for network sockets. */
export class EngineClient {
  /** Resolves when the engine is ready. Rejects with the reason when it cannot be. */
  readonly opened: Promise<void>;
  #post: PostMessage<ToEngine>;
  #sockets = new Map<number, EngineSocket>();
  #count = 0;
  #failure: DatabaseUnavailable | undefined;
  #opened = Promise.withResolvers<void>();
  #closed = Promise.withResolvers<void>();

  constructor(post: PostMessage<ToEngine>) {
    this.#post = post;
    this.opened = this.#opened.promise;
  }

  /** Takes what the engine's side says. */
  hear(message: FromEngine): void {
    if ("opened" in message) this.#opened.resolve();
    else if ("closed" in message) this.#closed.resolve();
    else if ("failed" in message) this.fail(message.failed);
    else this.#sockets.get(message.session)?.hear(message.bytes);
  }

  /** A new connection to the engine. */
  socket(): Duplex {
    const id = ++this.#count;
    const socket = new EngineSocket((bytes) => this.#send(id, bytes));
    this.#sockets.set(id, socket);
    // postgres.js waits for ever for a socket that throws when made, but not for one that breaks
    // once it listens.
    if (this.#failure !== undefined) setImmediate(() => socket.destroy(this.#failure));
    return socket;
  }

  /** Breaks every connection, now and later: the engine is gone. */
  fail(reason: string): void {
    this.#failure ??= new DatabaseUnavailable(
      `The embedded database stopped: ${reason}. Start the program again; nothing committed is lost.`,
    );
    this.#opened.reject(new Error(reason));
    this.#closed.resolve();
    for (const socket of this.#sockets.values()) socket.destroy(this.#failure);
  }

  /** Resolves when the engine has done all that it was given, or is gone. */
  async close(): Promise<void> {
    this.#post({ close: true });
    await this.#closed.promise;
  }

  #send(session: number, bytes: Uint8Array | null): void {
    if (bytes === null) this.#sockets.delete(session);
    this.#post({ session, bytes });
  }
}

/** One connection, as postgres.js expects it of node:net. */
class EngineSocket extends Duplex {
  #send: (bytes: Uint8Array | null) => void;
  #over = false;

  constructor(send: (bytes: Uint8Array | null) => void) {
    super();
    this.#send = send;
    this.on("error", () => {}); // one that nobody hears would end the process
  }

  get readyState(): "open" | "closed" {
    return this.#over || this.destroyed ? "closed" : "open";
  }

  hear(bytes: Uint8Array | null): void {
    if (bytes !== null) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    else this.destroy();
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    // A buffer of its own is given away; a slice of the pool is copied.
    const own = chunk.byteLength === chunk.buffer.byteLength;
    this.#send(own ? new Uint8Array(chunk.buffer) : new Uint8Array(chunk));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#over) this.#send(null);
    this.#over = true;
    done(error);
  }
}
