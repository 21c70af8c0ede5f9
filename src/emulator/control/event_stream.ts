/** What happens, as server-sent events: the name is the event's, the data its JSON. */
import { type ServerSentEventMessage, ServerSentEventStream } from "@std/http";
import type { World } from "../world/world.ts";

const heartbeat_ms = 15_000;

/** Ends when the reader goes or `closing` is aborted; with `traced`, calls and updates come too. */
export function eventStream(world: World, closing: AbortSignal, traced: boolean): Response {
  let stop = () => {};
  const source = new ReadableStream<ServerSentEventMessage>({
    start(controller) {
      const send = (event: string, data: unknown) =>
        controller.enqueue({ event, data: JSON.stringify(data) });
      const stopPhoneEvents = world.phoneEvents.listen(({ name, ...data }) => send(name, data));
      const stopTrace = traced
        ? world.trace.listen((news) => send("call" in news ? "call" : "update", news))
        : () => {};
      const heartbeat = setInterval(() => controller.enqueue({ comment: "" }), heartbeat_ms);
      const end = () => {
        stop();
        controller.close();
      };
      stop = () => {
        stopPhoneEvents();
        stopTrace();
        clearInterval(heartbeat);
        closing.removeEventListener("abort", end);
      };
      closing.addEventListener("abort", end, { once: true });
      // The reader learns at once that it is connected.
      controller.enqueue({ comment: "connected" });
    },
    cancel: () => stop(),
  });
  return new Response(source.pipeThrough(new ServerSentEventStream()), {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
  });
}
