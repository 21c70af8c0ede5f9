import type { CheckReport } from "./check_log.ts";
import type { CheckHooks, CheckInThread, Part } from "./check_parts.ts";
import type { FromChecker, ToChecker } from "./check_worker.ts";

/** More would only wait for the database. */
const THREADS_MAX = 4;

/** Threads that check parts of the log at `url`: one for each further processor. */
export function openCheckThreads(url: string): CheckInThread[] {
  const more = Math.min(THREADS_MAX, navigator.hardwareConcurrency) - 1;
  return Array.from(
    { length: more },
    () => (part: Part, told: CheckHooks, signal: AbortSignal) =>
      checkAside({ url, part }, told, signal),
  );
}

async function checkAside(
  task: ToChecker,
  { onProgress, onDivergence }: CheckHooks,
  signal: AbortSignal,
): Promise<CheckReport> {
  const worker = new Worker(new URL("./check_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<CheckReport>();
  const stop = () => reject(signal.reason);
  const take = (told: FromChecker) => {
    if (told.is === "progress") return onProgress(told.facts);
    if (told.is === "divergence") return onDivergence(told.divergence);
    if (told.is === "report") return resolve(told.report);
    reject(Object.assign(new Error(told.message), { name: told.name }));
  };
  worker.onmessage = ({ data }: MessageEvent<FromChecker>) => {
    try {
      take(data);
    } catch (error) {
      reject(error);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`Cannot check ${describe(task.part)}: ${event.message}`));
  };
  signal.addEventListener("abort", stop);
  try {
    worker.postMessage(task);
    return await promise;
  } finally {
    signal.removeEventListener("abort", stop);
    worker.terminate();
  }
}

function describe({ after, last }: Part): string {
  return `the streams from ${after ?? "the first"} to ${last ?? "the last"}`;
}
