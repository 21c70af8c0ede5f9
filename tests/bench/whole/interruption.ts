/** What has to be ended where the bench is interrupted, since it would stay otherwise. */

export interface Interruption extends Disposable {
  /** Kills this process as well. */
  kills(pid: number): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Kills processes, and removes the folder that they worked in; whoever has the server exits. */
export function onInterruption(folder: string): Interruption {
  const pids: number[] = [];
  function interrupted(): void {
    for (const pid of pids) killIfThere(pid);
    Deno.removeSync(folder, { recursive: true });
  }
  for (const signal of SIGNALS) Deno.addSignalListener(signal, interrupted);
  return {
    kills: (pid) => void pids.push(pid),
    [Symbol.dispose]() {
      for (const signal of SIGNALS) Deno.removeSignalListener(signal, interrupted);
    },
  };
}

function killIfThere(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
