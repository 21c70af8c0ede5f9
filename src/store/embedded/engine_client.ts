import { Buffer } from "node:buffer";
import { Duplex } from "node:stream";
import { DatabaseUnavailable } from "../database_unavailable.ts";
import type { FromEngine, ToEngine } from "./serve_engine.ts";

/** The clients' end of a port to an engine: makes what postgres.js takes for network sockets. */
export class EngineClient {
  /** Resolves when the engine is ready. Rejects with DatabaseUnavailable when it cannot be. */
  readonly opened: Promise<void>;
  #port: MessagePort;
  #sockets = new Map<number, EngineSocket>();
  #count = 0;
  #failure: DatabaseUnavailable | undefined;
  #opened = Promise.withResolvers<void>();
  #closed = Promise.withResolvers<void>();

  constructor(port: MessagePort) {
    this.#port = port;
    this.opened = this.#opened.promise;
    port.onmessage = ({ data }: MessageEvent<FromEngine>) => this.#hear(data);
  }

  /** A new connection to the engine. */
  socket(): Duplex {
    const id = ++this.#count;
    const socket = new EngineSocket((bytes) => this.#send(id, bytes));
    this.#sockets.set(id, socket);
    // postgres.js waits for ever for a socket that throws when made, but not for one that breaks.
    if (this.#failure !== undefined) socket.destroy(this.#failure);
    return socket;
  }

  /** Breaks every connection, now and later: the engine is gone. */
  fail(reason: string): void {
    this.#failure ??= new DatabaseUnavailable(
      `The embedded database stopped: ${reason}. Start the program again; nothing committed is lost.`,
    );
    this.#opened.reject(this.#failure);
    this.#closed.resolve();
    for (const socket of this.#sockets.values()) socket.destroy(this.#failure);
  }

  /** Resolves when the engine has done all that it was given, or is gone. */
  async close(): Promise<void> {
    this.#tell({ close: true });
    await this.#closed.promise;
    this.#port.close();
  }

  #send(id: number, bytes: Uint8Array | null): void {
    if (bytes === null) this.#sockets.delete(id);
    this.#tell({ session: id, bytes }, bytes === null ? [] : [bytes.buffer]);
  }

  #tell(message: ToEngine, buffers: ArrayBufferLike[] = []): void {
    this.#port.postMessage(message, buffers.filter((buffer) => buffer instanceof ArrayBuffer));
  }

  #hear(message: FromEngine): void {
    if ("opened" in message) this.#opened.resolve();
    else if ("closed" in message) this.#closed.resolve();
    else if ("failed" in message) this.fail(message.failed);
    else this.#sockets.get(message.session)?.hear(message.bytes);
  }
}

/** One connection, as postgres.js expects it of node:net. */
class EngineSocket extends Duplex {
  #send: (bytes: Uint8Array | null) => void;
  #over = false;

  constructor(send: (bytes: Uint8Array | null) => void) {
    super();
    this.#send = send;
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
