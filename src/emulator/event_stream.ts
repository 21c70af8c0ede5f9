/** What happens, as server-sent events: the name is the event's, the data its JSON. */
import { type ServerSentEventMessage, ServerSentEventStream } from "@std/http";
import type { Happenings } from "./happening.ts";

const heartbeat_ms = 15_000;

/** Ends when the reader goes or `closing` is aborted. */
export function eventStream(happenings: Happenings, closing: AbortSignal): Response {
  let stop = () => {};
  const source = new ReadableStream<ServerSentEventMessage>({
    start(controller) {
      const deaf = happenings.listen(({ name, ...data }) =>
        controller.enqueue({ event: name, data: JSON.stringify(data) })
      );
      const heartbeat = setInterval(() => controller.enqueue({ comment: "" }), heartbeat_ms);
      const end = () => {
        stop();
        controller.close();
      };
      stop = () => {
        deaf();
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
