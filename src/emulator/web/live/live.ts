/** What happens on the server, told as it happens. */
import type { PhoneEvent } from "../../model/phone_event.ts";
import type { ApiCall, TracedUpdate } from "./control.ts";

/** What concerns one person's phone. */
export type PersonEvent = Extract<PhoneEvent, { person: number }>;

export type LiveEvent =
  | PhoneEvent
  | { name: "call"; call: ApiCall }
  | { name: "update"; update: TracedUpdate };

const NAMES: readonly LiveEvent["name"][] = [
  ...["message", "edited", "deleted", "toast", "answered", "typing", "commands"] as const,
  ...["keyboard", "reactions", "inline_results", "person", "chat", "gone"] as const,
  ...["reset", "call", "update"] as const,
];

const retry_ms = 1000;

/**
 * Listens for as long as the page lives, connecting again whenever it breaks. `opened` is told of
 * every connection: what was missed must be read anew.
 */
export function listen(
  tell: { opened: () => void; lost: () => void; happened: (event: LiveEvent) => void },
): void {
  const source = new EventSource("/control/events?trace=1");
  source.addEventListener("open", () => tell.opened());
  source.addEventListener("error", () => {
    source.close();
    tell.lost();
    setTimeout(() => listen(tell), retry_ms);
  });
  for (const name of NAMES) {
    source.addEventListener(name, (event) => {
      // The stream speaks JSON objects only; the name says which.
      tell.happened({ name, ...JSON.parse(event.data) });
    });
  }
}
