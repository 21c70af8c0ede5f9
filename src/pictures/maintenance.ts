/** Does `work` again and again, a while after the last time, until it is closed. */
export function startMaintenance(
  every_ms: number,
  work: () => Promise<void>,
): { close(): Promise<void> } {
  let open = true;
  let working = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = () => {
    if (!open) return;
    timer = setTimeout(() => {
      working = work().finally(schedule);
    }, every_ms);
  };
  schedule();
  return {
    async close() {
      open = false;
      clearTimeout(timer);
      await working;
    },
  };
}
