/** What happens, as server-sent events: the name is the event's, the data its JSON. */
import type { World } from "../world/world.ts";

const heartbeat_ms = 15_000;
/** How much may wait for one reader, in bytes: all share the same ones. */
const waiting_max = 1024 * 1024;
/** More pages than anybody looks at. */
const readers_max = 500;

interface Reader {
  traced: boolean;
  controller: ReadableStreamDefaultController<Uint8Array>;
}

/** Everybody who reads events; each event is written once for all of them. */
export class EventReaders {
  readonly #readers = new Set<Reader>();
  readonly #warn: ((sentence: string) => void) | undefined;

  /** All are let go when `closing` is aborted; `warn` is told of who does not read. */
  constructor(world: World, closing: AbortSignal, warn?: (sentence: string) => void) {
    this.#warn = warn;
    const stopPhoneEvents = world.phoneEvents.listen(({ name, ...data }) => this.#tell(name, data));
    const stopTrace = world.trace.listen((news) =>
      this.#tell("call" in news ? "call" : "update", news, true)
    );
    const heartbeat = setInterval(() => this.#send(":\n\n", false), heartbeat_ms);
    const stop = () => {
      stopPhoneEvents();
      stopTrace();
      clearInterval(heartbeat);
      for (const { controller } of this.#readers) controller.close();
      this.#readers.clear();
    };
    closing.addEventListener("abort", stop, { once: true });
  }

  /** One more reader; with `traced`, calls and updates come too. Null when there are too many. */
  open(traced: boolean): Response | null {
    if (this.#readers.size >= readers_max) return null;
    let reader: Reader;
    const source = new ReadableStream<Uint8Array>({
      start: (controller) => {
        reader = { traced, controller };
        this.#readers.add(reader);
        // The reader learns at once that it is connected.
        controller.enqueue(new TextEncoder().encode(": connected\n\n"));
      },
      cancel: () => void this.#readers.delete(reader),
    }, new ByteLengthQueuingStrategy({ highWaterMark: waiting_max }));
    return new Response(source, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
    });
  }

  #tell(event: string, data: unknown, of_trace = false): void {
    if (this.#readers.size === 0) return;
    this.#send(`event:${event}\ndata:${JSON.stringify(data)}\n\n`, of_trace);
  }

  #send(text: string, of_trace: boolean): void {
    const bytes = new TextEncoder().encode(text);
    for (const reader of [...this.#readers]) {
      if (of_trace && !reader.traced) continue;
      if ((reader.controller.desiredSize ?? 0) > 0) reader.controller.enqueue(bytes);
      else this.#drop(reader);
    }
  }

  /** It may connect again, and reads anew what it missed. */
  #drop(reader: Reader): void {
    this.#readers.delete(reader);
    reader.controller.error(new Error("Dropped: this reader does not read"));
    this.#warn?.("Dropped a reader of events who does not read");
  }
}
