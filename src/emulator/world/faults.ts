/** Faults on demand, and the ways a connection can fail. */
import type { Fault } from "../model/fault.ts";
import { Refusal } from "../model/refusal.ts";

const descriptions: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** The faults that wait for their call. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    if (!(fault.times >= 1)) throw new Error(`Cannot set a fault ${fault.times} times`);
    this.#waiting.push({ ...fault });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Those that wait, oldest first. */
  all(): Fault[] {
    return this.#waiting.map((fault) => ({ ...fault }));
  }

  /** The fault that this call meets, counted down. */
  take(method: string, chat_id: number | undefined): CallFault | undefined {
    return this.#take((fault): fault is CallFault =>
      !isOfUpdates(fault) &&
      (fault.method === "*" || fault.method.toLowerCase() === method.toLowerCase()) &&
      (fault.chat_id === undefined || fault.chat_id === chat_id)
    );
  }

  /** Whether an update of this kind, about these chats, meets the fault; counted down. */
  takeUpdate(kind: UpdateFault, update: string, chats: readonly number[]): boolean {
    return this.#take((fault): fault is Fault =>
      fault.kind === kind && (fault.method === "*" || fault.method === update) &&
      (fault.chat_id === undefined || chats.includes(fault.chat_id))
    ) !== undefined;
  }

  /** Whether such a fault waits for more. */
  waits(kind: UpdateFault): boolean {
    return this.#waiting.some((fault) => fault.kind === kind);
  }

  #take<F extends Fault>(fits: (fault: Fault) => fault is F): F | undefined {
    const fault = this.#waiting.find(fits);
    if (fault === undefined) return undefined;
    fault.times--;
    this.#waiting = this.#waiting.filter(({ times }) => times > 0);
    return fault;
  }
}

/** Faults that updates meet, not calls. */
export type UpdateFault = "duplicate" | "reorder";

/** Faults that calls meet. */
export type CallFault = Fault & { kind: Exclude<Fault["kind"], UpdateFault> };

function isOfUpdates({ kind }: Fault): boolean {
  return kind === "duplicate" || kind === "reorder";
}

/** What a fault of kind `status` answers. */
export function statusOf(fault: Fault): Refusal {
  const status = fault.status ?? 500;
  if (status !== 429) return new Refusal(status, descriptions[status] ?? "Unknown Error");
  const retry_after = fault.retry_after ?? 1;
  return new Refusal(status, `Too Many Requests: retry after ${retry_after}`, { retry_after });
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** An answer whose connection breaks before it is told: every client sees a network error. */
export function cutAnswer(): Response {
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new Error("Cut by a fault")),
  });
  return new Response(broken, { headers: { "content-type": "application/json" } });
}
