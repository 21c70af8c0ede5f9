/** Faults on demand, and the ways a connection can fail. */
import type { Fault } from "../model/fault.ts";
import { Refusal } from "../model/refusal.ts";
import { checkedFault } from "./fault_schema.ts";

const descriptions: Record<number, string> = {
  400: "Bad Request",
  413: "Request Entity Too Large",
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

  /** Throws a `PersonError` where the fault is none. */
  add(fault: Fault): void {
    this.#waiting.push(checkedFault(fault));
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Those that wait, oldest first. */
  all(): Fault[] {
    return this.#waiting.map((fault) => ({ ...fault }));
  }

  /** The fault that this call meets, counted down. */
  take(
    method: string,
    chat_id: number | undefined,
    files: readonly CalledFile[] = [],
  ): CallFault | undefined {
    return this.#take((fault): fault is CallFault =>
      !isOfUpdates(fault) &&
      (fault.method === "*" || fault.method.toLowerCase() === method.toLowerCase()) &&
      (fault.chat_id === undefined || fault.chat_id === chat_id) &&
      (fault.file === undefined || files.some((file) => isFile(file, fault.file)))
    );
  }

  /** Whether a fault waits for a certain file. */
  waitsForFile(): boolean {
    return this.#waiting.some(({ file }) => file !== undefined);
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

/** A file that a call carries: the sha256 of its bytes in hex, and its id where it has one. */
export interface CalledFile {
  sha256?: string | undefined;
  file_id?: string;
}

/** Whether this is the file that a fault names. */
export function isFile({ sha256, file_id }: CalledFile, named: string | undefined): boolean {
  return named !== undefined && (sha256 === named || file_id === named);
}

/** What a fault of kind `status` answers; `place` is that of the file in an album, from 1 on. */
export function statusOf(fault: Fault, place?: number): Refusal {
  const status = fault.status ?? 500;
  if (status !== 429) return new Refusal(status, descriptionOf(fault, status, place));
  const retry_after = fault.retry_after ?? 1;
  return new Refusal(status, `Too Many Requests: retry after ${retry_after}`, { retry_after });
}

function descriptionOf({ description }: Fault, status: number, place?: number): string {
  const general = descriptions[status] ?? "Unknown Error";
  if (description === undefined) return general;
  const reason = description.startsWith(`${general}: `)
    ? description.slice(general.length + 2)
    : description;
  const shown = place === undefined || status !== 400
    ? reason
    : `failed to send message #${place} with the error message "${reason}"`;
  // Only these begin with the status.
  return status === 400 || status === 403 ? `${general}: ${shown}` : shown;
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
