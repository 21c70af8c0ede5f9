/** Writes an answer, for as long as somebody reads it. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** How an answer ended; an answer that breaks off by itself is `broken`. */
export type Reading = "read" | "unread" | "broken";

/** How much is handed to the connection at once. */
const SLICE = 64 * 1024;
/** How long what is still sent after a refusal is thrown away, so that the refusal is heard. */
const LINGER_MS = 1_000;

/** Who does not read for so long is dropped: the connection breaks. */
export async function writeAnswer(
  response: Response,
  to: ServerResponse,
  patience_ms: number,
): Promise<Reading> {
  try {
    const is_read = response.headers.get("content-type") === "text/event-stream"
      ? await writeEvents(response, to, patience_ms)
      : await writeBytes(response, to, patience_ms);
    if (is_read) to.end();
    else to.destroy();
    return is_read ? "read" : "unread";
  } catch {
    breakOff(to);
    return "broken";
  }
}

/** Ends in the midst of an answer: where none had begun, a client would ask again by itself. */
function breakOff(to: ServerResponse): void {
  if (to.headersSent) return void to.destroy();
  to.writeHead(200, { "content-length": "2" });
  to.write(" ", () => to.destroy());
}

async function writeBytes(
  response: Response,
  to: ServerResponse,
  patience_ms: number,
): Promise<boolean> {
  const bytes = await response.bytes();
  begin(to, response, bytes.length);
  for (let at = 0; at < bytes.length; at += SLICE) {
    if (!await write(to, bytes.subarray(at, at + SLICE), patience_ms)) return false;
  }
  return true;
}

async function writeEvents(
  response: Response,
  to: ServerResponse,
  patience_ms: number,
): Promise<boolean> {
  begin(to, response);
  to.flushHeaders();
  const reader = response.body?.getReader();
  if (reader === undefined) return true;
  const leave = () => void reader.cancel().catch(() => {});
  to.once("close", leave);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    if (await write(to, value, patience_ms)) continue;
    leave();
    return false;
  }
}

/** Refuses while the sender may still send: it hears the answer before the connection ends. */
export async function refuseSender(
  refusal: Response,
  request: IncomingMessage,
  to: ServerResponse,
  linger_ms = LINGER_MS,
): Promise<void> {
  const bytes = await refusal.bytes();
  refusal.headers.set("connection", "close");
  begin(to, refusal, bytes.length);
  to.write(bytes);
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, linger_ms);
  request.on("end", resolve).on("close", resolve).on("error", resolve).resume();
  await sent;
  clearTimeout(timer);
  to.end();
  if (!request.complete) to.once("finish", () => to.destroy());
}

function begin(to: ServerResponse, { status, headers }: Response, size?: number): void {
  const has_body = status !== 204 && status !== 304;
  to.writeHead(status, {
    ...Object.fromEntries(headers),
    ...size !== undefined && has_body && { "content-length": String(size) },
  });
}

/** Waits until the connection takes more; false when it takes too long, or is closed. */
async function write(to: ServerResponse, chunk: Uint8Array, patience_ms: number): Promise<boolean> {
  if (to.destroyed) return false;
  if (to.write(chunk)) return true;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patience_ms);
  const drained = () => resolve(true);
  const gone = () => resolve(false);
  to.once("drain", drained).once("close", gone);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    to.off("drain", drained).off("close", gone);
  }
}
