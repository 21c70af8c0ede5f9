import { delay } from "@std/async";

/** Resolves as soon as `holds`; looks again every `every_ms`, and gives up in the end. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeout_ms = 30_000,
  every_ms = 4,
): Promise<void> {
  const deadline = performance.now() + timeout_ms;
  while (!await holds()) {
    if (performance.now() > deadline) {
      throw new Error(`Cannot see within ${timeout_ms} ms that ${what}`);
    }
    await delay(every_ms);
  }
}
