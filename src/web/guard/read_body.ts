/** Reads what is sent along: so many bytes and no more, and not for ever. */
import type { IncomingMessage } from "node:http";

/** Why a body was not read. */
export type BodyTrouble = "too large" | "too slow" | "no room" | "gone";

/** How much of all requests may wait in memory at once. */
export class Room {
  #free: number;

  constructor(bytes: number) {
    this.#free = bytes;
  }

  take(bytes: number): boolean {
    if (bytes > this.#free) return false;
    this.#free -= bytes;
    return true;
  }

  give(bytes: number): void {
    this.#free += bytes;
  }
}

interface BodyLimits {
  max: number;
  /** How long nothing may come, in ms. */
  patience_ms: number;
  room: Room;
}

/** Beyond the patience, a body may take the time of a line as slow as this, in bytes a second. */
const SLOWEST = 32 * 1024;

/** The whole body, or why it is not here; whoever is done with it gives its room back. */
export async function readBody(
  request: IncomingMessage,
  limits: BodyLimits,
): Promise<Uint8Array<ArrayBuffer> | BodyTrouble> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > limits.max) return "too large";
  const read = new Reading(request, limits);
  const trouble = await read.ended;
  if (trouble === null) return joined(read.chunks, read.size);
  limits.room.give(read.size);
  return trouble;
}

/** What has come of one body. */
class Reading {
  readonly chunks: Uint8Array[] = [];
  size = 0;
  /** Null when all is there. */
  readonly ended: Promise<BodyTrouble | null>;

  constructor(request: IncomingMessage, { max, patience_ms, room }: BodyLimits) {
    const { promise, resolve } = Promise.withResolvers<BodyTrouble | null>();
    this.ended = promise;
    const begun = performance.now();
    let heard = begun;
    // Neither silent for long, nor dripping.
    const left_ms = () =>
      patience_ms - performance.now() + Math.min(heard, begun + this.size / SLOWEST * 1_000);
    const watch = () => {
      if (left_ms() <= 0) return end("too slow");
      timer = setTimeout(watch, left_ms());
    };
    let timer = setTimeout(watch, patience_ms);
    const take = (chunk: Uint8Array) => {
      if (this.size + chunk.length > max) return end("too large");
      if (!room.take(chunk.length)) return end("no room");
      heard = performance.now();
      this.chunks.push(chunk);
      this.size += chunk.length;
    };
    const whole = () => end(null);
    const gone = () => end("gone");
    const end = (trouble: BodyTrouble | null) => {
      clearTimeout(timer);
      request.off("data", take).off("end", whole).off("error", gone).off("close", gone);
      // Nobody hears an error otherwise, and it would end the process.
      request.on("error", () => {});
      resolve(trouble);
    };
    request.on("data", take).on("end", whole).on("error", gone).on("close", gone);
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
